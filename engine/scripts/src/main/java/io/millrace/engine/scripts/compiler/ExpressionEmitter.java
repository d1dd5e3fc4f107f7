package io.millrace.engine.scripts.compiler;

import static io.millrace.engine.scripts.compiler.Linkage.BOOLEAN;
import static io.millrace.engine.scripts.compiler.Linkage.DOUBLE;
import static io.millrace.engine.scripts.compiler.Linkage.OBJECT;
import static io.millrace.engine.scripts.compiler.Linkage.OBJECTS;
import static io.millrace.engine.scripts.compiler.Linkage.STRING;
import static io.millrace.engine.scripts.compiler.Linkage.type;

import io.millrace.engine.scripts.compiler.CompiledUnit.RegexSource;
import io.millrace.engine.scripts.compiler.Expression.Assign;
import io.millrace.engine.scripts.compiler.Expression.Binary;
import io.millrace.engine.scripts.compiler.Expression.Call;
import io.millrace.engine.scripts.compiler.Expression.Chain;
import io.millrace.engine.scripts.compiler.Expression.Conditional;
import io.millrace.engine.scripts.compiler.Expression.Index;
import io.millrace.engine.scripts.compiler.Expression.Lambda;
import io.millrace.engine.scripts.compiler.Expression.ListLiteral;
import io.millrace.engine.scripts.compiler.Expression.Literal;
import io.millrace.engine.scripts.compiler.Expression.Logical;
import io.millrace.engine.scripts.compiler.Expression.MapLiteral;
import io.millrace.engine.scripts.compiler.Expression.Member;
import io.millrace.engine.scripts.compiler.Expression.Name;
import io.millrace.engine.scripts.compiler.Expression.New;
import io.millrace.engine.scripts.compiler.Expression.Regex;
import io.millrace.engine.scripts.compiler.Expression.Sequence;
import io.millrace.engine.scripts.compiler.Expression.Spread;
import io.millrace.engine.scripts.compiler.Expression.Template;
import io.millrace.engine.scripts.compiler.Expression.Unary;
import io.millrace.engine.scripts.compiler.Expression.Update;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ConstantDescs;
import java.util.ArrayDeque;
import java.util.Deque;

/// Writes expressions. Each leaves its value on the operand stack: as an object, or as a double or
/// a boolean where that is all that is asked for.
final class ExpressionEmitter {
  private final ClassEmitter owner;
  private final CodeBuilder code;
  private final Instructions out;
  private final Storage storage;
  private final Kinds kinds;
  private final ConditionEmitter conditions;
  private final AssignmentEmitter assignments;
  private final LiteralEmitter literals;
  private final CallEmitter calls;
  private final Deque<Label> chainEnds = new ArrayDeque<>();

  ExpressionEmitter(ClassEmitter owner, CodeBuilder code, Instructions out, Storage storage) {
    this.owner = owner;
    this.code = code;
    this.out = out;
    this.storage = storage;
    this.kinds = new Kinds(owner.dialect());
    this.conditions = new ConditionEmitter(code, out, kinds, this);
    this.assignments = new AssignmentEmitter(owner, code, out, storage, this);
    this.literals = new LiteralEmitter(code, out, this, assignments);
    this.calls = new CallEmitter(owner, code, out, literals, this);
  }

  ConditionEmitter conditions() {
    return conditions;
  }

  AssignmentEmitter assignments() {
    return assignments;
  }

  /// Evaluates for what it does, and leaves nothing.
  void effect(Expression expression) {
    switch (expression) {
      case Assign assign -> assignments.assign(assign, false);
      case Update update -> assignments.update(update, false);
      case Sequence(var parts, _) -> parts.forEach(this::effect);
      default -> {
        value(expression);
        code.pop();
      }
    }
  }

  /// Leaves the value as an object.
  void value(Expression expression) {
    switch (kinds.of(expression)) {
      case NUMBER -> {
        if (expression instanceof Literal(var constant, _)) {
          out.constant(constant);
        } else {
          number(expression);
          out.box();
        }
      }
      case BOOLEAN -> {
        if (expression instanceof Literal(Boolean constant, _)) {
          code.getstatic(
              ConstantDescs.CD_Boolean, constant ? "TRUE" : "FALSE", ConstantDescs.CD_Boolean);
        } else {
          conditions.truth(expression);
          code.invokestatic(
              ConstantDescs.CD_Boolean, "valueOf", type(ConstantDescs.CD_Boolean, BOOLEAN));
        }
      }
      case ANY -> any(expression);
    }
  }

  /// Leaves the value as a double, converted as JavaScript does.
  void number(Expression expression) {
    if (kinds.of(expression) != Kinds.Kind.NUMBER) {
      value(expression);
      out.toNumber();
      return;
    }
    switch (expression) {
      case Literal(Double constant, _) -> code.loadConstant(constant);
      case Unary(var operator, var operand, int at) -> {
        number(operand);
        out.mark(at);
        switch (operator) {
          case "-" -> code.dneg();
          case "~" -> out.operation("bitNot", DOUBLE, DOUBLE);
          default -> {} // plus
        }
      }
      case Update update -> assignments.update(update, true);
      case Binary(var operator, var left, var right, int at) -> {
        number(left);
        number(right);
        out.mark(at);
        out.arithmetic(operator);
      }
      default -> throw new IllegalStateException("No number: " + expression);
    }
  }

  private void any(Expression expression) {
    switch (expression) {
      case Literal(var constant, _) -> out.constant(constant);
      case Name name -> name(name);
      case Template template -> template(template);
      case Member(var object, var name, boolean optional, int at) -> {
        owner.requireMember(name, at);
        value(object);
        stopIfNothing(optional);
        code.loadConstant(name);
        out.mark(at);
        out.operationInRun("get", OBJECT, OBJECT, STRING);
      }
      case Index(var object, var key, boolean optional, int at) -> {
        value(object);
        stopIfNothing(optional);
        value(key);
        out.mark(at);
        out.operationInRun("getAt", OBJECT, OBJECT, OBJECT);
      }
      case Call call -> calls.call(call);
      case Chain(var whole, _) -> chain(whole);
      case New(var type, var arguments, int at) -> {
        code.loadConstant(type);
        calls.arguments(arguments);
        out.mark(at);
        out.operationInRun("construct", OBJECT, STRING, OBJECTS);
      }
      case Unary unary -> unary(unary);
      case Update update -> assignments.update(update, true);
      case Binary(var operator, var left, var right, int at) -> {
        value(left);
        value(right);
        out.mark(at);
        out.operationInRun(Operators.method(operator), OBJECT, OBJECT, OBJECT);
      }
      case Logical logical -> logical(logical);
      case Conditional(var test, var yes, var no, _) -> {
        var other = code.newLabel();
        var end = code.newLabel();
        conditions.jumpUnless(test, other);
        value(yes);
        code.goto_(end).labelBinding(other);
        value(no);
        code.labelBinding(end);
      }
      case Assign assign -> assignments.assign(assign, true);
      case ListLiteral(var items, int at) -> {
        out.mark(at);
        literals.list(items);
      }
      case MapLiteral(var entries, int at) -> {
        out.mark(at);
        literals.map(entries);
      }
      case Lambda(var function, _) -> storage.closure(owner.names().scope(function));
      case Regex(var pattern, var flags, int at) -> {
        out.classData(new RegexSource(pattern, flags, at));
        out.operationInRun("regex", OBJECT, OBJECT);
      }
      case Sequence(var parts, _) -> {
        parts.subList(0, parts.size() - 1).forEach(this::effect);
        value(parts.getLast());
      }
      case Spread(_, int at) -> throw SourceException.syntax("'...' has no place here", "...", at);
    }
  }

  void name(Name name) {
    var variable = owner.names().variable(name);
    if (variable != null) {
      out.mark(name.at());
      storage.load(variable);
    } else if (name.name().equals("undefined")) {
      owner.nothing(code);
    } else {
      if (owner.dialect().hasOnlyDoubles()) {
        owner.requireGlobal(name.name(), name.at());
      }
      code.loadConstant(name.name());
      out.mark(name.at());
      out.operationInRun("global", OBJECT, STRING);
    }
  }

  private void template(Template template) {
    code.loadConstant(template.texts().getFirst());
    for (int i = 0; i < template.values().size(); i++) {
      value(template.values().get(i));
      out.mark(template.at());
      out.operationInRun("text", OBJECT, OBJECT);
      out.operationInRun("add", OBJECT, OBJECT, OBJECT);
      code.loadConstant(template.texts().get(i + 1));
      out.operationInRun("add", OBJECT, OBJECT, OBJECT);
    }
  }

  private void chain(Expression whole) {
    var nothing = code.newLabel();
    var end = code.newLabel();
    chainEnds.push(nothing);
    value(whole);
    chainEnds.pop();
    code.goto_(end).labelBinding(nothing).pop();
    owner.nothing(code);
    code.labelBinding(end);
  }

  /// Leaves the chain when what is on the stack is null or undefined.
  void stopIfNothing(boolean optional) {
    if (optional) {
      code.dup();
      out.operation("isNothing", BOOLEAN, OBJECT);
      code.ifne(chainEnds.getFirst());
    }
  }

  private void unary(Unary unary) {
    switch (unary.operator()) {
      case "typeof" -> {
        if (unary.operand() instanceof Name name && owner.names().variable(name) == null) {
          code.loadConstant(name.name());
          out.operationInRun("typeOfGlobal", STRING, STRING);
        } else if (unary.operand() instanceof Name name) {
          loadForTypeOf(variable(name));
          out.operation("typeOf", STRING, OBJECT);
        } else {
          value(unary.operand());
          out.operation("typeOf", STRING, OBJECT);
        }
      }
      case "isdef" -> {
        boolean isKnown =
            unary.operand() instanceof Name name && owner.names().variable(name) != null;
        value(new Literal(isKnown, unary.at()));
      }
      case "void" -> {
        effect(unary.operand());
        owner.nothing(code);
      }
      default -> {
        value(unary.operand());
        out.mark(unary.at());
        out.operationInRun(Operators.unaryMethod(unary.operator()), OBJECT, OBJECT);
      }
    }
  }

  private void logical(Logical logical) {
    var end = code.newLabel();
    value(logical.left());
    code.dup();
    out.mark(logical.at());
    switch (logical.operator()) {
      case "&&" -> {
        out.operation("truth", BOOLEAN, OBJECT);
        code.ifeq(end);
      }
      case "||" -> {
        out.operation("truth", BOOLEAN, OBJECT);
        code.ifne(end);
      }
      default -> {
        out.operation("isNothing", BOOLEAN, OBJECT);
        code.ifeq(end);
      }
    }
    code.pop();
    value(logical.right());
    code.labelBinding(end);
  }

  /// An unknown variable has a type, one that is declared further down has none yet.
  private void loadForTypeOf(Variable variable) {
    if (variable.isBlockScoped()) {
      storage.load(variable);
    } else {
      storage.loadIfAny(variable);
    }
  }

  Variable variable(Name name) {
    var variable = owner.names().variable(name);
    if (variable == null) {
      throw new IllegalStateException("Name at " + name.at() + " was not resolved");
    }
    return variable;
  }
}
