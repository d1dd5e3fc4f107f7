package io.millrace.engine.scripts.compiler;

import static io.millrace.engine.scripts.compiler.Linkage.OBJECT;
import static io.millrace.engine.scripts.compiler.Linkage.OBJECTS;
import static io.millrace.engine.scripts.compiler.Linkage.STRING;

import io.millrace.engine.scripts.compiler.Expression.Call;
import io.millrace.engine.scripts.compiler.Expression.Index;
import io.millrace.engine.scripts.compiler.Expression.Member;
import io.millrace.engine.scripts.compiler.Expression.Name;
import io.millrace.engine.scripts.compiler.Expression.Spread;
import java.lang.classfile.CodeBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes calls: of the script's own functions directly where a name can mean nothing else, of
/// methods, and of what is global by its name.
final class CallEmitter {
  private final ClassEmitter owner;
  private final CodeBuilder code;
  private final Instructions out;
  private final LiteralEmitter literals;
  private final ExpressionEmitter expressions;

  CallEmitter(
      ClassEmitter owner,
      CodeBuilder code,
      Instructions out,
      LiteralEmitter literals,
      ExpressionEmitter expressions) {
    this.owner = owner;
    this.code = code;
    this.out = out;
    this.literals = literals;
    this.expressions = expressions;
  }

  void call(Call call) {
    var direct = directTarget(call);
    if (direct != null) {
      callDirectly(direct, call);
      return;
    }
    switch (call.callee()) {
      case Name name when owner.names().variable(name) == null -> {
        owner.requireGlobal(name.name(), name.at());
        code.loadConstant(name.name());
        arguments(call.arguments());
        out.mark(call.at());
        out.operationInRun("callGlobal", OBJECT, STRING, OBJECTS);
      }
      case Member(var object, var name, boolean optional, int at) when !call.optional() -> {
        owner.requireMethod(name, at);
        expressions.value(object);
        expressions.stopIfNothing(optional);
        code.loadConstant(name);
        arguments(call.arguments());
        out.mark(call.at());
        out.operationInRun("callMethod", OBJECT, OBJECT, OBJECT, OBJECTS);
      }
      case Index(var object, var key, boolean optional, _) when !call.optional() -> {
        expressions.value(object);
        expressions.stopIfNothing(optional);
        expressions.value(key);
        arguments(call.arguments());
        out.mark(call.at());
        out.operationInRun("callMethod", OBJECT, OBJECT, OBJECT, OBJECTS);
      }
      case Member(_, var name, _, int at) -> throw SourceException.notTaken(name + "?.(", at);
      default -> {
        expressions.value(call.callee());
        expressions.stopIfNothing(call.optional());
        arguments(call.arguments());
        out.mark(call.at());
        out.operationInRun("call", OBJECT, OBJECT, OBJECTS);
      }
    }
  }

  /// The function that a call can only mean, when it needs nothing from around it.
  private @Nullable FunctionScope directTarget(Call call) {
    if (!(call.callee() instanceof Name name)
        || call.arguments().stream().anyMatch(Spread.class::isInstance)) {
      return null;
    }
    var variable = owner.names().variable(name);
    var target = variable == null ? null : variable.function();
    boolean isDirect =
        target != null
            && owner.names().isFree(target)
            && !target.usesReceiver()
            && target.function().parameters().stream().noneMatch(Function.Parameter::rest);
    return isDirect ? target : null;
  }

  private void callDirectly(FunctionScope target, Call call) {
    code.aload(0).aload(Storage.RUN_SLOT).aconst_null();
    int wanted = target.function().parameters().size();
    var arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      if (i < wanted) {
        expressions.value(arguments.get(i));
      } else {
        expressions.effect(arguments.get(i));
      }
    }
    for (int i = arguments.size(); i < wanted; i++) {
      owner.nothing(code);
    }
    out.mark(call.at());
    owner.invoke(code, target);
  }

  void arguments(List<Expression> arguments) {
    if (arguments.stream().anyMatch(Spread.class::isInstance)) {
      literals.list(arguments);
      out.operation("arguments", OBJECTS, OBJECT);
    } else {
      literals.array(arguments);
    }
  }
}
