package io.millrace.wire.realtime;

/// Ends a request with `{"error": message}`; the message is in Firebase's words where it has some.
final class RestException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int status;
  private final String reason;

  RestException(int status, String reason) {
    super(reason, null, false, false); // an answer, not a defect: no stack trace
    this.status = status;
    this.reason = reason;
  }

  static RestException bad(String reason) {
    return new RestException(400, reason);
  }

  RestReply reply() {
    return RestReply.error(status, reason);
  }
}
