package io.millrace.engine.scripts;

/// A value on its way from `throw` to `catch`.
final class Thrown extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Object value;
  private final int place;

  Thrown(Object value) {
    super(null, null, false, false);
    this.value = value;
    this.place = Place.here();
  }

  Object value() {
    return value;
  }

  /// Where it was thrown, as [Place] counts.
  int place() {
    return place;
  }
}
