package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.Index;
import io.millrace.engine.scripts.compiler.Expression.Literal;
import io.millrace.engine.scripts.compiler.Expression.Member;
import io.millrace.engine.scripts.compiler.Expression.Name;

/// The methods that stand behind the operators.
final class Operators {
  private Operators() {}

  /// Takes two values and answers yes or no, without needing the run.
  static boolean isComparison(String operator) {
    return switch (operator) {
      case "<", "<=", ">", ">=", "==", "!=", "===", "!==" -> true;
      default -> false;
    };
  }

  /// Answers yes or no and may have to work for it.
  static boolean isTest(String operator) {
    return switch (operator) {
      case "in", "instanceof", "contains", "is", "~=", "strsim", "soundslike" -> true;
      default -> false;
    };
  }

  static String method(String operator) {
    return switch (operator) {
      case "+" -> "add";
      case "-" -> "subtract";
      case "*" -> "multiply";
      case "/" -> "divide";
      case "%" -> "remainder";
      case "**" -> "power";
      case "&" -> "bitAnd";
      case "|" -> "bitOr";
      case "^" -> "bitXor";
      case "<<" -> "shiftLeft";
      case ">>" -> "shiftRight";
      case ">>>" -> "shiftRightUnsigned";
      case "<" -> "less";
      case "<=" -> "atMost";
      case ">" -> "greater";
      case ">=" -> "atLeast";
      case "==" -> "equal";
      case "!=" -> "unequal";
      case "===" -> "same";
      case "!==" -> "different";
      case "in" -> "isIn";
      case "instanceof", "is" -> "isInstance";
      case "contains" -> "contains";
      case "~=" -> "matches";
      default -> throw new IllegalStateException("No operator " + operator);
    };
  }

  static String unaryMethod(String operator) {
    return switch (operator) {
      case "-" -> "negate";
      case "+" -> "plus";
      case "~" -> "bitNot";
      case "items", "present" -> operator;
      default -> throw new IllegalStateException("No operator " + operator);
    };
  }

  /// Reading it twice is reading it once.
  static boolean isSimple(Expression target) {
    return switch (target) {
      case Name _ -> true;
      case Member(var object, _, _, _) -> isSimple(object);
      case Index(var object, var key, _, _) ->
          isSimple(object) && (key instanceof Name || key instanceof Literal);
      default -> false;
    };
  }
}
