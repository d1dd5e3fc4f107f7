package io.millrace.engine.scripts.compiler;

import static io.millrace.engine.scripts.compiler.Linkage.BOOLEAN;
import static io.millrace.engine.scripts.compiler.Linkage.DOUBLE;
import static io.millrace.engine.scripts.compiler.Linkage.OBJECT;

import io.millrace.engine.scripts.compiler.Expression.Binary;
import io.millrace.engine.scripts.compiler.Expression.Index;
import io.millrace.engine.scripts.compiler.Expression.Literal;
import io.millrace.engine.scripts.compiler.Expression.Logical;
import io.millrace.engine.scripts.compiler.Expression.Member;
import io.millrace.engine.scripts.compiler.Expression.Unary;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/// Writes conditions: as jumps wherever it can, so that `a && b` makes no value of `a`.
final class ConditionEmitter {
  private final CodeBuilder code;
  private final Instructions out;
  private final Kinds kinds;
  private final ExpressionEmitter expressions;

  ConditionEmitter(CodeBuilder code, Instructions out, Kinds kinds, ExpressionEmitter expressions) {
    this.code = code;
    this.out = out;
    this.kinds = kinds;
    this.expressions = expressions;
  }

  /// Leaves the value as a boolean.
  void truth(Expression expression) {
    var yes = code.newLabel();
    var end = code.newLabel();
    jumpIf(expression, yes);
    code.iconst_0().goto_(end).labelBinding(yes).iconst_1().labelBinding(end);
  }

  void jumpUnless(Expression test, Label target) {
    jump(test, target, false);
  }

  private void jumpIf(Expression test, Label target) {
    jump(test, target, true);
  }

  private void jump(Expression test, Label target, boolean when) {
    switch (test) {
      case Literal(Boolean constant, _) -> {
        if (constant == when) {
          code.goto_(target);
        }
      }
      case Unary(var operator, var operand, _) when operator.equals("!") ->
          jump(operand, target, !when);
      case Logical(var operator, var left, var right, _) when !operator.equals("??") -> {
        if (operator.equals("||") == when) {
          jump(left, target, when);
          jump(right, target, when);
        } else {
          var skip = code.newLabel();
          jump(left, skip, !when);
          jump(right, target, when);
          code.labelBinding(skip);
        }
      }
      case Binary binary when Operators.isComparison(binary.operator()) -> {
        comparison(binary);
        branch(target, when);
      }
      default -> {
        bool(test);
        branch(target, when);
      }
    }
  }

  private void branch(Label target, boolean when) {
    if (when) {
      code.ifne(target);
    } else {
      code.ifeq(target);
    }
  }

  /// A boolean that is no jump by nature.
  private void bool(Expression test) {
    if (kinds.of(test) == Kinds.Kind.BOOLEAN) {
      switch (test) {
        case Binary(var operator, var left, var right, int at) -> {
          expressions.value(left);
          expressions.value(right);
          out.mark(at);
          out.operationInRun(Operators.method(operator), BOOLEAN, OBJECT, OBJECT);
        }
        case Unary(_, var operand, int at) -> delete(operand, at);
        default -> throw new IllegalStateException("No boolean: " + test);
      }
    } else if (kinds.of(test) == Kinds.Kind.NUMBER) {
      expressions.number(test);
      out.operation("truth", BOOLEAN, DOUBLE);
    } else {
      expressions.value(test);
      out.mark(test.at());
      out.operation("truth", BOOLEAN, OBJECT);
    }
  }

  private void comparison(Binary binary) {
    if (kinds.isNumeric(binary)) {
      expressions.number(binary.left());
      expressions.number(binary.right());
      out.operation(Operators.method(binary.operator()), BOOLEAN, DOUBLE, DOUBLE);
    } else {
      expressions.value(binary.left());
      expressions.value(binary.right());
      out.mark(binary.at());
      out.operation(Operators.method(binary.operator()), BOOLEAN, OBJECT, OBJECT);
    }
  }

  private void delete(Expression operand, int at) {
    switch (operand) {
      case Member(var object, var name, _, _) -> {
        expressions.value(object);
        code.loadConstant(name);
        out.mark(at);
        out.operationInRun("delete", BOOLEAN, OBJECT, OBJECT);
      }
      case Index(var object, var key, _, _) -> {
        expressions.value(object);
        expressions.value(key);
        out.mark(at);
        out.operationInRun("delete", BOOLEAN, OBJECT, OBJECT);
      }
      default -> throw SourceException.notTaken("delete of a variable", at);
    }
  }
}
