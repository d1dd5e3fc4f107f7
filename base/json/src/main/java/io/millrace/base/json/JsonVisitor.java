package io.millrace.base.json;

/// Hears of a JSON text part by part, so that it never stands in memory as a whole.
///
/// See [Json#walk].
public interface JsonVisitor {
  /// An object begins.
  void object();

  /// The name of the next member.
  void name(String name);

  /// An array begins.
  void array();

  /// The innermost object or array ends.
  void end();

  /// A string, number, boolean or null.
  void scalar(JsonValue value);
}
