package io.millrace.wire.mqtt;

/// From where clients without a user name are let in.
public enum AllowAnonymous {
  NONE,
  LOOPBACK,
  ALL
}
