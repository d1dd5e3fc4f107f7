package io.millrace.engine.scripts.compiler;

import static io.millrace.engine.scripts.compiler.Linkage.INT;
import static io.millrace.engine.scripts.compiler.Linkage.OBJECT;
import static io.millrace.engine.scripts.compiler.Linkage.RUN;
import static io.millrace.engine.scripts.compiler.Linkage.THROWN;
import static io.millrace.engine.scripts.compiler.Linkage.VOID;
import static io.millrace.engine.scripts.compiler.Linkage.WALK;
import static io.millrace.engine.scripts.compiler.Linkage.type;

import io.millrace.engine.scripts.compiler.Statement.Binding;
import io.millrace.engine.scripts.compiler.Statement.Block;
import io.millrace.engine.scripts.compiler.Statement.Break;
import io.millrace.engine.scripts.compiler.Statement.Case;
import io.millrace.engine.scripts.compiler.Statement.Continue;
import io.millrace.engine.scripts.compiler.Statement.Declare;
import io.millrace.engine.scripts.compiler.Statement.DoWhile;
import io.millrace.engine.scripts.compiler.Statement.Evaluate;
import io.millrace.engine.scripts.compiler.Statement.For;
import io.millrace.engine.scripts.compiler.Statement.ForEach;
import io.millrace.engine.scripts.compiler.Statement.If;
import io.millrace.engine.scripts.compiler.Statement.Labelled;
import io.millrace.engine.scripts.compiler.Statement.Return;
import io.millrace.engine.scripts.compiler.Statement.Switch;
import io.millrace.engine.scripts.compiler.Statement.Throw;
import io.millrace.engine.scripts.compiler.Statement.Try;
import io.millrace.engine.scripts.compiler.Statement.Variables;
import io.millrace.engine.scripts.compiler.Statement.While;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the method of one function: its variables and statements. Between statements the operand
/// stack is empty.
final class FunctionEmitter {
  private final FunctionScope scope;
  private final CodeBuilder code;
  private final Storage storage;
  private final Jumps jumps;
  private final Instructions out;
  private final ExpressionEmitter expressions;
  private final ConditionEmitter conditions;
  private final AssignmentEmitter assignments;
  private final Names names;
  private final ClassEmitter owner;

  FunctionEmitter(ClassEmitter owner, FunctionScope scope, CodeBuilder code) {
    this.owner = owner;
    this.scope = scope;
    this.code = code;
    this.names = owner.names();
    this.storage = new Storage(owner, scope, code);
    this.jumps = new Jumps(code, this::block);
    this.out = new Instructions(owner, code);
    this.expressions = new ExpressionEmitter(owner, code, out, storage);
    this.conditions = expressions.conditions();
    this.assignments = expressions.assignments();
  }

  void emit() {
    out.mark(scope.function().at());
    if (scope.number() > 0) {
      onRun("enter");
    }
    storage.takeParameters();
    scope.hoisted().forEach(storage::open);
    scope.function().body().forEach(this::declare);
    standards();
    statements(scope.function().body());
    owner.nothing(code);
    leave();
  }

  private void declare(Statement statement) {
    if (statement instanceof Declare(var name, var function, _)) {
      var variable = names.variable(name);
      var declared = names.scope(function);
      if (variable != null && !(variable.function() == declared && names.isFree(declared))) {
        storage.closure(declared);
        storage.store(variable);
      }
    }
  }

  /// Parameters that were not given take their default.
  private void standards() {
    var parameters = scope.function().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      var variable = scope.parameters().get(i);
      parameters
          .get(i)
          .standard()
          .ifPresent(
              value -> {
                var given = code.newLabel();
                storage.load(variable);
                owner.nothing(code);
                code.if_acmpne(given);
                expressions.value(value);
                storage.store(variable);
                code.labelBinding(given);
              });
    }
  }

  private void leave() {
    if (scope.number() > 0) {
      onRun("leave");
    }
    code.areturn();
  }

  private void onRun(String method) {
    code.aload(Storage.RUN_SLOT).invokevirtual(RUN, method, type(VOID));
  }

  private void statements(List<Statement> statements) {
    statements.forEach(this::statement);
  }

  private void block(Block block) {
    names.of(block).forEach(storage::open);
    statements(block.statements());
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Variables variables -> variables(variables);
      case Evaluate(var expression, _) -> expressions.effect(expression);
      case If choice -> choice(choice);
      case While(var test, var body, int at) -> loop(test, body, Optional.empty(), at);
      case DoWhile loop -> doWhile(loop);
      case For loop -> forLoop(loop);
      case ForEach loop -> forEach(loop);
      case Return(var value, _) -> returnValue(value);
      case Break(var label, int at) -> jumps.breakTo(label, at);
      case Continue(var label, int at) -> jumps.continueTo(label, at);
      case Throw(var value, int at) -> throwValue(value, at);
      case Try attempt -> attempt(attempt);
      case Switch choice -> switchCase(choice);
      case Block block -> block(block);
      case Declare _ -> {} // done at the start of the function
      case Labelled labelled -> labelled(labelled);
    }
  }

  private void variables(Variables variables) {
    for (var each : variables.declarators()) {
      var variable = names.variable(each.name());
      if (variable == null) {
        throw new IllegalStateException("Variable at " + each.name().at() + " was not resolved");
      }
      if (each.value().isPresent()) {
        expressions.value(each.value().get());
        storage.store(variable);
      } else if (variables.binding() != Binding.VAR) {
        owner.nothing(code);
        storage.store(variable);
      }
    }
  }

  private void choice(If choice) {
    var no = code.newLabel();
    conditions.jumpUnless(choice.test(), no);
    statement(choice.yes());
    if (choice.no().isEmpty()) {
      code.labelBinding(no);
      return;
    }
    var end = code.newLabel();
    code.goto_(end).labelBinding(no);
    statement(choice.no().get());
    code.labelBinding(end);
  }

  private void loop(Expression test, Statement body, Optional<Runnable> afterBody, int at) {
    var top = code.newLabel();
    var next = code.newLabel();
    var end = code.newLabel();
    code.labelBinding(top);
    turn(at);
    conditions.jumpUnless(test, end);
    jumps.inLoop(next, end, () -> statement(body));
    code.labelBinding(next);
    afterBody.ifPresent(Runnable::run);
    code.goto_(top).labelBinding(end);
  }

  /// Every turn of every loop passes here.
  private void turn(int at) {
    out.mark(at);
    onRun("step");
  }

  private void doWhile(DoWhile loop) {
    var top = code.newLabel();
    var next = code.newLabel();
    var end = code.newLabel();
    code.labelBinding(top);
    turn(loop.at());
    jumps.inLoop(next, end, () -> statement(loop.body()));
    code.labelBinding(next);
    conditions.jumpUnless(loop.test(), end);
    code.goto_(top).labelBinding(end);
  }

  private void forLoop(For loop) {
    names.of(loop).forEach(storage::open);
    loop.first().ifPresent(this::statement);
    var test = loop.test().orElse(new Expression.Literal(true, loop.at()));
    loop(
        test,
        loop.body(),
        Optional.of(
            () -> {
              names.of(loop).forEach(storage::renew);
              loop.update().ifPresent(expressions::effect);
            }),
        loop.at());
  }

  private void forEach(ForEach loop) {
    int walk = code.allocateLocal(TypeKind.REFERENCE);
    expressions.value(loop.source());
    out.mark(loop.at());
    code.aload(Storage.RUN_SLOT)
        .invokestatic(
            owner.dialect().operations(),
            loop.keys() ? "keysOf" : "valuesOf",
            type(WALK, OBJECT, RUN))
        .astore(walk);
    var top = code.newLabel();
    var end = code.newLabel();
    code.labelBinding(top);
    turn(loop.at());
    code.aload(walk).invokevirtual(WALK, "next", type(Linkage.BOOLEAN)).ifeq(end);
    names.of(loop).forEach(storage::open);
    assign(loop, walk);
    jumps.inLoop(top, end, () -> statement(loop.body()));
    code.goto_(top).labelBinding(end);
  }

  private void assign(ForEach loop, int walk) {
    var bound = names.of(loop);
    Runnable value = () -> code.aload(walk).invokevirtual(WALK, "value", type(OBJECT));
    if (!bound.isEmpty()) {
      value.run();
      storage.store(bound.getFirst());
    } else {
      assignments.assignTo(loop.target(), value);
    }
  }

  private void returnValue(Optional<Expression> value) {
    value.ifPresentOrElse(expressions::value, () -> owner.nothing(code));
    if (jumps.hasWorkBeforeReturn()) {
      int held = code.allocateLocal(TypeKind.REFERENCE);
      code.astore(held);
      jumps.leaveAll(
          () -> {
            code.aload(held);
            leave();
          });
    } else {
      leave();
    }
  }

  private void throwValue(Expression value, int at) {
    expressions.value(value);
    out.mark(at);
    code.invokestatic(owner.dialect().operations(), "thrown", type(THROWN, OBJECT)).athrow();
  }

  private void attempt(Try attempt) {
    int depth = code.allocateLocal(TypeKind.INT);
    code.aload(Storage.RUN_SLOT).invokevirtual(RUN, "depth", type(INT)).istore(depth);
    if (attempt.last().isEmpty()) {
      tryCatch(attempt, depth);
      return;
    }
    var region = jumps.open(attempt.last());
    if (attempt.handler().isPresent()) {
      tryCatch(attempt, depth);
    } else {
      block(attempt.body());
    }
    jumps.close(region);
    var end = code.newLabel();
    var handler = code.newLabel();
    block(attempt.last().get());
    code.goto_(end).labelBinding(handler);
    int thrown = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(thrown);
    restoreDepth(depth);
    block(attempt.last().get());
    code.aload(thrown).athrow().labelBinding(end);
    jumps.guard(region, handler);
  }

  private void tryCatch(Try attempt, int depth) {
    var region = jumps.open(Optional.empty());
    block(attempt.body());
    jumps.close(region);
    var end = code.newLabel();
    var handler = code.newLabel();
    code.goto_(end).labelBinding(handler);
    caught(attempt);
    restoreDepth(depth);
    attempt.handler().ifPresent(this::block);
    code.labelBinding(end);
    jumps.guard(region, handler);
  }

  private void caught(Try attempt) {
    var bound = names.of(attempt);
    if (bound.isEmpty()) {
      code.pop();
      return;
    }
    int thrown = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(thrown);
    storage.open(bound.getFirst());
    code.aload(thrown)
        .aload(Storage.RUN_SLOT)
        .invokestatic(owner.dialect().operations(), "caught", type(OBJECT, THROWN, RUN));
    storage.store(bound.getFirst());
  }

  private void restoreDepth(int depth) {
    code.aload(Storage.RUN_SLOT).iload(depth).invokevirtual(RUN, "depth", type(VOID, INT));
  }

  private void switchCase(Switch choice) {
    names.of(choice).forEach(storage::open);
    int value = code.allocateLocal(TypeKind.REFERENCE);
    expressions.value(choice.value());
    code.astore(value);
    var labels = new ArrayList<Label>();
    choice.cases().forEach(_ -> labels.add(code.newLabel()));
    var end = code.newLabel();
    var other = end;
    for (int i = 0; i < labels.size(); i++) {
      var test = choice.cases().get(i).test();
      if (test.isEmpty()) {
        other = labels.get(i);
      } else {
        code.aload(value);
        expressions.value(test.get());
        out.operation("isCase", Linkage.BOOLEAN, OBJECT, OBJECT);
        code.ifne(labels.get(i));
      }
    }
    code.goto_(other);
    jumps.inSwitch(end, () -> bodies(choice.cases(), labels));
    code.labelBinding(end);
  }

  private void bodies(List<Case> cases, List<Label> labels) {
    for (int i = 0; i < cases.size(); i++) {
      code.labelBinding(labels.get(i));
      statements(cases.get(i).body());
    }
  }

  private void labelled(Labelled labelled) {
    var end = code.newLabel();
    jumps.inLabelled(labelled.label(), end, () -> statement(labelled.body()));
    code.labelBinding(end);
  }
}
