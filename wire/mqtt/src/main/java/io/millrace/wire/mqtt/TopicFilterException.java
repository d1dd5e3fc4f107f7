package io.millrace.wire.mqtt;

/// A topic filter that is none. Has no stack trace: peers can cause it.
final class TopicFilterException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final boolean malformed;

  TopicFilterException(String filter, String what, boolean malformed) {
    super("topic filter '%s': %s".formatted(filter, what), null, false, false);
    this.malformed = malformed;
  }

  /// True: malformed packet; false: protocol error.
  boolean isMalformed() {
    return malformed;
  }
}
