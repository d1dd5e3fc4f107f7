package io.millrace.engine.security;

import io.millrace.engine.security.Expression.Binary;
import io.millrace.engine.security.Expression.Call;
import io.millrace.engine.security.Expression.Choice;
import io.millrace.engine.security.Expression.Constant;
import io.millrace.engine.security.Expression.Element;
import io.millrace.engine.security.Expression.ListLiteral;
import io.millrace.engine.security.Expression.Member;
import io.millrace.engine.security.Expression.Minus;
import io.millrace.engine.security.Expression.Not;
import io.millrace.engine.security.Expression.PatternLiteral;
import io.millrace.engine.security.Expression.Variable;
import java.util.Set;

/// Refuses, before anything is evaluated, what can never be right.
///
/// What may turn out right, as `auth.x + 1`, is left to the [Evaluator].
final class TypeCheck {
  private final SourceText source;
  private final boolean hasNewData;
  private final Set<String> wildcards;

  /// @param hasNewData whether the rule is about writing
  /// @param wildcards the `$names` on the rule's path
  TypeCheck(SourceText source, boolean hasNewData, Set<String> wildcards) {
    this.source = source;
    this.hasNewData = hasNewData;
    this.wildcards = wildcards;
  }

  /// @throws RulesException when the expression is wrong or no boolean
  void checkRule(Expression rule) {
    if (!Types.must(types(rule), Types.BOOLEAN)) {
      throw source.wrong(0, "The rule must be a boolean, this is a " + Types.names(types(rule)));
    }
  }

  private int types(Expression expression) {
    return switch (expression) {
      case Constant constant -> constant(constant);
      case Variable variable -> variable(variable);
      case PatternLiteral _ -> Types.PATTERN;
      case ListLiteral list -> list(list);
      case Not not -> {
        checkBoolean(not.operand(), not.at(), "! needs a boolean");
        yield Types.BOOLEAN;
      }
      case Minus minus -> {
        checkMay(types(minus.operand()), Types.NUMBER, minus.at(), "Operand of - is not a number");
        yield Types.NUMBER;
      }
      case Binary binary -> binary(binary);
      case Choice choice -> {
        checkBoolean(choice.condition(), choice.at(), "The condition before ? must be a boolean");
        yield types(choice.yes()) | types(choice.no());
      }
      case Member member -> member(member);
      case Element element -> element(element);
      case Call call -> call(call);
    };
  }

  private static int constant(Constant constant) {
    return switch (constant.value()) {
      case RuleValue.Nothing _ -> Types.NULL;
      case RuleValue.Flag _ -> Types.BOOLEAN;
      case RuleValue.Numeric _ -> Types.NUMBER;
      case RuleValue.Text _ -> Types.STRING;
      case RuleValue.Claims _, RuleValue.Tree _ -> Types.OBJECT;
      case Snapshot _ -> Types.SNAPSHOT;
    };
  }

  private int variable(Variable variable) {
    return switch (variable.name()) {
      case "auth" -> Types.CLAIM;
      case "now" -> Types.NUMBER;
      case "root", "data" -> Types.SNAPSHOT;
      case "query" -> Types.QUERY;
      case "newData" -> {
        if (!hasNewData) {
          throw source.wrong(
              variable.at(), "Unknown variable 'newData': only .write and .validate have it.");
        }
        yield Types.SNAPSHOT;
      }
      default -> {
        if (!wildcards.contains(variable.name())) {
          throw source.wrong(variable.at(), "Unknown variable '" + variable.name() + "'.");
        }
        yield Types.STRING;
      }
    };
  }

  private int list(ListLiteral list) {
    for (var item : list.items()) {
      checkMay(types(item), Types.STRING, item.at(), "An array holds strings only");
    }
    return Types.LIST;
  }

  private int binary(Binary binary) {
    int left = types(binary.left());
    int right = types(binary.right());
    return switch (binary.operator()) {
      case OR, AND -> logical(binary, left, right);
      case EQUAL, NOT_EQUAL -> both(binary, left, right, Types.VALUE, Types.BOOLEAN);
      case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> compared(binary, left, right);
      case PLUS -> sum(binary, left, right);
      case MINUS, TIMES, DIVIDE, REMAINDER -> both(binary, left, right, Types.NUMBER, Types.NUMBER);
    };
  }

  private int logical(Binary binary, int left, int right) {
    var sign = binary.operator().sign;
    checkMust(left, binary.at(), "Left operand of " + sign + " must be boolean.");
    checkMust(right, binary.at(), "Right operand of " + sign + " must be boolean.");
    return Types.BOOLEAN;
  }

  private int compared(Binary binary, int left, int right) {
    both(binary, left, right, Types.NUMBER | Types.STRING | Types.NULL, Types.BOOLEAN);
    if (Types.isCertain(left) && Types.isCertain(right) && left != right) {
      throw source.wrong(
          binary.at(),
          "Invalid %s expression: Left and right sides types are different."
              .formatted(binary.operator().sign));
    }
    return Types.BOOLEAN;
  }

  private int sum(Binary binary, int left, int right) {
    both(binary, left, right, Types.NUMBER | Types.STRING, Types.NUMBER);
    if (Types.must(left, Types.STRING) || Types.must(right, Types.STRING)) {
      return Types.STRING;
    }
    boolean areNumbers = Types.must(left, Types.NUMBER) && Types.must(right, Types.NUMBER);
    return areNumbers ? Types.NUMBER : Types.NUMBER | Types.STRING;
  }

  private int both(Binary binary, int left, int right, int wanted, int result) {
    var start = "Invalid " + binary.operator().sign + " expression: ";
    var end = " operand is not a " + Types.names(wanted);
    checkMay(left, wanted, binary.at(), start + "Left" + end);
    checkMay(right, wanted, binary.at(), start + "Right" + end);
    return result;
  }

  private int member(Member member) {
    int object = types(member.object());
    if (Types.may(object, Types.PROPERTIES)) {
      return Types.CLAIM;
    }
    if (Types.must(object, Types.QUERY)) {
      var type = Methods.QUERY_PROPERTIES.get(member.name());
      if (type != null) {
        return type;
      }
    } else if (Types.may(object, Types.STRING) && member.name().equals("length")) {
      return Types.NUMBER;
    } else if (signatures(object).containsKey(member.name())) {
      throw source.wrong(
          member.at(), member.name() + " is a method: write " + member.name() + "()");
    }
    throw source.wrong(member.at(), "No such method/property '" + member.name() + "'.");
  }

  private int element(Element element) {
    if (!Types.may(types(element.object()), Types.PROPERTIES)) {
      throw source.wrong(element.at(), "Invalid property access.");
    }
    checkMay(
        types(element.key()), Types.STRING, element.key().at(), "A property's name is a string");
    return Types.CLAIM;
  }

  private int call(Call call) {
    int object = types(call.object());
    var signature = signatures(object).get(call.method());
    if (signature == null) {
      throw source.wrong(call.at(), "No such method/property '" + call.method() + "'.");
    }
    int given = call.arguments().size();
    boolean mayBeLeftOut = call.method().equals(Methods.HAS_CHILDREN) && given == 0;
    if (given != signature.arguments().size() && !mayBeLeftOut) {
      throw source.wrong(
          call.at(),
          "%s takes %d arguments, here are %d"
              .formatted(call.method(), signature.arguments().size(), given));
    }
    for (int i = 0; i < given; i++) {
      argument(call, i, signature.arguments().get(i));
    }
    return signature.result();
  }

  private void argument(Call call, int i, int wanted) {
    var argument = call.arguments().get(i);
    checkMay(
        types(argument),
        wanted,
        argument.at(),
        "%s needs %s as argument %d"
            .formatted(
                call.method(),
                wanted == Types.LIST ? "an array of strings" : "a " + Types.names(wanted),
                i + 1));
    if (argument instanceof ListLiteral(int at, var items) && items.isEmpty()) {
      throw source.wrong(at, "hasChildren needs at least one key in its array");
    }
  }

  private static java.util.Map<String, Methods.Signature> signatures(int object) {
    if (Types.must(object, Types.SNAPSHOT)) {
      return Methods.OF_SNAPSHOTS;
    }
    return Types.may(object, Types.STRING) ? Methods.OF_STRINGS : java.util.Map.of();
  }

  private void checkBoolean(Expression operand, int at, String problem) {
    checkMust(types(operand), at, problem);
  }

  private void checkMust(int types, int at, String problem) {
    if (!Types.must(types, Types.BOOLEAN)) {
      throw source.wrong(at, problem);
    }
  }

  private void checkMay(int types, int wanted, int at, String problem) {
    if (!Types.may(types, wanted)) {
      throw source.wrong(at, problem);
    }
  }
}
