package io.millrace.engine.security;

import io.millrace.base.json.JsonObject;
import io.millrace.engine.security.Expression.Binary;
import io.millrace.engine.security.Expression.Choice;
import io.millrace.engine.security.Expression.Constant;
import io.millrace.engine.security.Expression.Element;
import io.millrace.engine.security.Expression.ListLiteral;
import io.millrace.engine.security.Expression.Member;
import io.millrace.engine.security.Expression.Minus;
import io.millrace.engine.security.Expression.Not;
import io.millrace.engine.security.Expression.PatternLiteral;
import io.millrace.engine.security.Expression.Variable;
import io.millrace.store.realtime.TreePath;

/// Evaluates checked expressions, strictly: what has the wrong type fails, nothing is converted.
final class Evaluator {
  private static final int TEXT_LENGTH_MAX = 20_000_000;
  private final Scope scope;
  private final StepBudget budget;

  /// @param budget shared by all rules of one decision
  Evaluator(Scope scope, StepBudget budget) {
    this.scope = scope;
    this.budget = budget;
  }

  /// @throws RuleFailure when it cannot be evaluated
  boolean isTrue(Expression rule) {
    return flag(rule);
  }

  private RuleValue value(Expression expression) {
    return switch (expression) {
      case Constant(_, var value) -> value;
      case Variable variable -> variable(variable);
      case Not(_, var operand) -> RuleValue.of(!flag(operand));
      case Minus(int at, var operand) ->
          RuleValue.of(-number(value(operand), at, "The operand of -"));
      case Binary binary -> binary(binary);
      case Choice(_, var condition, var yes, var no) -> value(flag(condition) ? yes : no);
      case Member member -> member(member);
      case Element element -> element(element);
      case Expression.Call call -> call(call);
      case PatternLiteral _, ListLiteral _ ->
          throw new IllegalStateException("Only stands as an argument: " + expression);
    };
  }

  private RuleValue variable(Variable variable) {
    return switch (variable.name()) {
      case "auth" -> scope.auth();
      case "now" -> RuleValue.of(scope.now());
      case "root" -> scope.root();
      case "data" -> scope.data();
      case "newData" -> scope.newData().orElseThrow();
      default -> RuleValue.of(scope.wildcards().getOrDefault(variable.name(), ""));
    };
  }

  private boolean flag(Expression expression) {
    if (value(expression) instanceof RuleValue.Flag(boolean flag)) {
      return flag;
    }
    throw new RuleFailure(expression.at(), "This is no boolean");
  }

  private RuleValue binary(Binary binary) {
    return switch (binary.operator()) {
      case OR -> RuleValue.of(flag(binary.left()) || flag(binary.right()));
      case AND -> RuleValue.of(flag(binary.left()) && flag(binary.right()));
      case EQUAL -> RuleValue.of(isEqual(value(binary.left()), value(binary.right())));
      case NOT_EQUAL -> RuleValue.of(!isEqual(value(binary.left()), value(binary.right())));
      case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> RuleValue.of(isOrdered(binary));
      case PLUS -> sum(binary, value(binary.left()), value(binary.right()));
      case MINUS, TIMES, DIVIDE, REMAINDER -> RuleValue.of(arithmetic(binary));
    };
  }

  private static boolean isEqual(RuleValue left, RuleValue right) {
    if (left instanceof RuleValue.Numeric(double a)
        && right instanceof RuleValue.Numeric(double b)) {
      return a == b; // NaN is not itself, and 0 is -0
    }
    return left.equals(right);
  }

  private boolean isOrdered(Binary binary) {
    var left = value(binary.left());
    var right = value(binary.right());
    if (left instanceof RuleValue.Numeric(double a)
        && right instanceof RuleValue.Numeric(double b)) {
      return isOrdered(binary, a, b);
    }
    if (left instanceof RuleValue.Text(var a) && right instanceof RuleValue.Text(var b)) {
      return isOrdered(binary, a.compareTo(b), 0);
    }
    if (left instanceof RuleValue.Nothing && right instanceof RuleValue.Nothing) {
      return isOrdered(binary, 0, 0);
    }
    throw new RuleFailure(
        binary.at(),
        "%s compares two numbers or two strings, not %s and %s"
            .formatted(binary.operator().sign, left.kind(), right.kind()));
  }

  private static boolean isOrdered(Binary binary, double left, double right) {
    return switch (binary.operator()) {
      case LESS -> left < right;
      case LESS_EQUAL -> left <= right;
      case GREATER -> left > right;
      default -> left >= right;
    };
  }

  private RuleValue sum(Binary binary, RuleValue left, RuleValue right) {
    if (left instanceof RuleValue.Numeric(double a)
        && right instanceof RuleValue.Numeric(double b)) {
      return RuleValue.of(a + b);
    }
    var text = added(binary, left) + added(binary, right);
    return RuleValue.of(checked(text, binary.at()));
  }

  private static String added(Binary binary, RuleValue value) {
    return switch (value) {
      case RuleValue.Text(var text) -> text;
      case RuleValue.Numeric(double number) -> NumberText.of(number);
      default ->
          throw new RuleFailure(binary.at(), "+ adds numbers and strings, this is " + value.kind());
    };
  }

  private double arithmetic(Binary binary) {
    var sign = binary.operator().sign;
    double left = number(value(binary.left()), binary.at(), "The left side of " + sign);
    double right = number(value(binary.right()), binary.at(), "The right side of " + sign);
    return switch (binary.operator()) {
      case MINUS -> left - right;
      case TIMES -> left * right;
      case DIVIDE -> right == 0 ? Double.NaN : left / right; // RTDB: 1/0 is NaN
      default -> left % right;
    };
  }

  private static double number(RuleValue value, int at, String what) {
    if (value instanceof RuleValue.Numeric(double number)) {
      return number;
    }
    throw new RuleFailure(at, what + " is " + value.kind() + ", not a number");
  }

  private RuleValue member(Member member) {
    if (member.object() instanceof Variable(_, var name) && name.equals("query")) {
      return scope.query().property(member.name());
    }
    return switch (value(member.object())) {
      case RuleValue.Claims claims -> property(claims, member.name());
      case RuleValue.Text(var text) when member.name().equals("length") ->
          RuleValue.of(text.length());
      case RuleValue.Nothing _ when !member.name().equals("length") -> RuleValue.Nothing.NULL;
      case RuleValue.Text _, RuleValue.Numeric _, RuleValue.Flag _
          when !member.name().equals("length") ->
          RuleValue.Nothing.NULL; // RTDB: what has no such property has null
      case RuleValue other ->
          throw new RuleFailure(member.at(), other.kind() + " has no " + member.name());
    };
  }

  private RuleValue element(Element element) {
    var object = value(element.object());
    if (!(value(element.key()) instanceof RuleValue.Text(var name))) {
      throw new RuleFailure(element.at(), "The name of a property must be a string");
    }
    return object instanceof RuleValue.Claims claims
        ? property(claims, name)
        : RuleValue.Nothing.NULL;
  }

  private static RuleValue property(RuleValue.Claims claims, String name) {
    var value = claims.json() instanceof JsonObject object ? object.get(name) : null;
    return value == null ? RuleValue.Nothing.NULL : RuleValue.of(value);
  }

  private RuleValue call(Expression.Call call) {
    return switch (value(call.object())) {
      case Snapshot snapshot -> ofSnapshot(call, snapshot);
      case RuleValue.Text(var text) -> ofString(call, text);
      case RuleValue other ->
          throw new RuleFailure(
              call.at(), call.method() + " is a method of strings, this is " + other.kind());
    };
  }

  private RuleValue ofSnapshot(Expression.Call call, Snapshot snapshot) {
    return switch (call.method()) {
      case "child" -> snapshot.at(TreePath.parse(text(call, 0)));
      case "parent" ->
          snapshot.above().orElseThrow(() -> new RuleFailure(call.at(), "The root has no parent"));
      case "hasChild" -> RuleValue.of(hasChild(snapshot, text(call, 0)));
      case "hasChildren" -> RuleValue.of(hasChildren(call, snapshot));
      default -> ofPlace(call, budget.looked(snapshot));
    };
  }

  private static RuleValue ofPlace(Expression.Call call, Snapshot snapshot) {
    return switch (call.method()) {
      case "val" -> RuleValue.of(snapshot.node());
      case "exists" -> RuleValue.of(snapshot.exists());
      case "getPriority" -> RuleValue.of(snapshot.node().priority());
      case "isString" -> RuleValue.of(snapshot.isString());
      case "isNumber" -> RuleValue.of(snapshot.isNumber());
      case "isBoolean" -> RuleValue.of(snapshot.isBoolean());
      default -> throw new RuleFailure(call.at(), "A snapshot has no method " + call.method());
    };
  }

  private boolean hasChildren(Expression.Call call, Snapshot snapshot) {
    if (call.arguments().isEmpty()) {
      return budget.looked(snapshot).hasChildren();
    }
    boolean hasAll = true;
    for (var item : ((ListLiteral) call.arguments().getFirst()).items()) {
      hasAll &= hasChild(snapshot, text(item, call)); // also those after a missing one may fail
    }
    return hasAll;
  }

  private boolean hasChild(Snapshot snapshot, String path) {
    return budget.looked(snapshot.at(TreePath.parse(path))).exists();
  }

  private RuleValue ofString(Expression.Call call, String text) {
    return switch (call.method()) {
      case "contains" -> RuleValue.of(text.contains(text(call, 0)));
      case "beginsWith" -> RuleValue.of(text.startsWith(text(call, 0)));
      case "endsWith" -> RuleValue.of(text.endsWith(text(call, 0)));
      case "replace" -> replace(call, text, text(call, 0), text(call, 1));
      case "toLowerCase" -> RuleValue.of(text.toLowerCase(java.util.Locale.ROOT));
      case "toUpperCase" -> RuleValue.of(text.toUpperCase(java.util.Locale.ROOT));
      case "matches" -> matches(call, text);
      default -> throw new RuleFailure(call.at(), "A string has no method " + call.method());
    };
  }

  private RuleValue matches(Expression.Call call, String text) {
    var pattern = ((PatternLiteral) call.arguments().getFirst()).pattern();
    if (!budget.spend((long) text.length() * pattern.size())) {
      throw new RuleFailure(call.at(), "The string is too long for this pattern");
    }
    return RuleValue.of(pattern.matches(text));
  }

  private static RuleValue replace(Expression.Call call, String text, String from, String to) {
    long growth = from.isEmpty() ? text.length() + 1L : text.length() / from.length();
    if (text.length() + growth * to.length() > TEXT_LENGTH_MAX) {
      throw new RuleFailure(call.at(), "The text would be longer than " + TEXT_LENGTH_MAX);
    }
    return RuleValue.of(text.replace(from, to));
  }

  private static String checked(String text, int at) {
    if (text.length() > TEXT_LENGTH_MAX) {
      throw new RuleFailure(at, "The text would be longer than " + TEXT_LENGTH_MAX);
    }
    return text;
  }

  private String text(Expression.Call call, int argument) {
    return text(call.arguments().get(argument), call);
  }

  private String text(Expression argument, Expression.Call call) {
    var value = value(argument);
    if (value instanceof RuleValue.Text(var text)) {
      return text;
    }
    throw new RuleFailure(
        argument.at(), call.method() + " needs a string, this is " + value.kind());
  }
}
