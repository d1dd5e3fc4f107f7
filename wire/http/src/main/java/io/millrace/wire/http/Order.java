package io.millrace.wire.http;

/// In which order a port's own routes come before those that rooms add (which count from 0).
final class Order {
  static final int ERRORS = -40;
  static final int CORS = -30;
  static final int WEB_SOCKET = -20;
  static final int BODY_BUDGET = -11;
  static final int BODY = -10;

  private Order() {}
}
