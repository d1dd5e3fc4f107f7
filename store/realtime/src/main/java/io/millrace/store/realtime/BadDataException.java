package io.millrace.store.realtime;

import io.millrace.store.realtime.WriteResult.Invalid;

/// Carries an [Invalid] from the depth of a value to the one place that answers with it.
final class BadDataException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Invalid result;

  private BadDataException(Invalid result) {
    super(result.reason(), null, false, false);
    this.result = result;
  }

  /// Firebase's own words, which clients know.
  static BadDataException badNames() {
    return data(
        "Invalid data; couldn't parse JSON object."
            + " Are you sending a JSON object with valid key names?");
  }

  static BadDataException data(String reason) {
    return new BadDataException(new Invalid(Invalid.Kind.DATA, reason));
  }

  static BadDataException path(String reason) {
    return new BadDataException(new Invalid(Invalid.Kind.PATH, "Invalid path: " + reason));
  }

  static BadDataException tooBig(String reason) {
    return new BadDataException(new Invalid(Invalid.Kind.TOO_BIG, reason));
  }

  Invalid result() {
    return result;
  }
}
