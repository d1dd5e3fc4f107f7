package io.millrace.wire.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/// The words that go with a status, which HTTP/2 no longer sends.
final class StatusText {
  private StatusText() {}

  static String of(int status) {
    return HttpResponseStatus.valueOf(status).reasonPhrase();
  }
}
