package io.millrace.wire.mosquitto;

/// One option of mosquitto.conf(5) and what becomes of it here.
///
/// @param says for the reference page: how it is honoured, or what to do instead
record ConfOption(String name, Scope scope, Fate fate, String says, Handler handler) {

  enum Scope {
    GLOBAL,
    SECURITY,
    LISTENER,
    BRIDGE
  }

  enum Fate {
    /// Does what it says.
    HONOURED,
    /// Holds anyway here; another value is warned of.
    ALWAYS,
    /// Named in a warning, with what to do instead.
    WARNED
  }

  @FunctionalInterface
  interface Handler {
    void take(ConfModel to, ConfLine line);
  }
}
