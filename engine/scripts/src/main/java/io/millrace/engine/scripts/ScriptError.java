package io.millrace.engine.scripts;

import org.jspecify.annotations.Nullable;

/// An `Error` object. Its message and its name do not show in JSON, as in JavaScript.
final class ScriptError implements Thing {
  private final ScriptObject members = new ScriptObject(true);
  private final String type;
  private Object name;
  private Object message;

  ScriptError(String name, String message) {
    this.type = name;
    this.name = name;
    this.message = message;
  }

  /// The name it was made with.
  String type() {
    return type;
  }

  ScriptObject members() {
    return members;
  }

  String text(Run run) {
    var before = Conversions.text(name, run);
    var after = Conversions.text(message, run);
    return before.isEmpty() ? after : after.isEmpty() ? before : before + ": " + after;
  }

  /// What people see of it.
  String summary() {
    return name + ": " + message;
  }

  @Override
  public @Nullable Object member(String member) {
    return switch (member) {
      case "name" -> name;
      case "message" -> message;
      case "stack" -> summary();
      default -> members.member(member);
    };
  }

  @Override
  public void member(String member, Object value, Run run) {
    switch (member) {
      case "name" -> name = value;
      case "message" -> message = value;
      default -> members.member(member, value, run);
    }
  }

  @Override
  public @Nullable Object method(String method, Object[] arguments, Run run) {
    return method.equals("toString") ? text(run) : members.method(method, arguments, run);
  }

  @Override
  public String className() {
    return "Error";
  }
}
