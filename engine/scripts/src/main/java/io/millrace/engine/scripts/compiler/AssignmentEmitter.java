package io.millrace.engine.scripts.compiler;

import static io.millrace.engine.scripts.compiler.Linkage.OBJECT;
import static io.millrace.engine.scripts.compiler.Linkage.STRING;
import static io.millrace.engine.scripts.compiler.Linkage.VOID;

import io.millrace.engine.scripts.compiler.Expression.Assign;
import io.millrace.engine.scripts.compiler.Expression.Index;
import io.millrace.engine.scripts.compiler.Expression.Logical;
import io.millrace.engine.scripts.compiler.Expression.Member;
import io.millrace.engine.scripts.compiler.Expression.Name;
import io.millrace.engine.scripts.compiler.Expression.Update;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/// Writes assignments and `++`: plain ones, joined ones as `+=`, and those that look first as
// `??=`.
final class AssignmentEmitter {
  private final ClassEmitter owner;
  private final CodeBuilder code;
  private final Instructions out;
  private final Storage storage;
  private final ExpressionEmitter expressions;

  AssignmentEmitter(
      ClassEmitter owner,
      CodeBuilder code,
      Instructions out,
      Storage storage,
      ExpressionEmitter expressions) {
    this.owner = owner;
    this.code = code;
    this.out = out;
    this.storage = storage;
    this.expressions = expressions;
  }

  void assign(Assign assign, boolean used) {
    switch (assign.operator()) {
      case "" -> assignPlainly(assign, used);
      case "&&", "||", "??" -> assignIfNeeded(assign, used);
      default -> assignJoined(assign, used);
    }
  }

  private void assignPlainly(Assign assign, boolean used) {
    switch (assign.target()) {
      case Name name -> {
        expressions.value(assign.value());
        if (used) {
          code.dup();
        }
        storeName(name);
      }
      case Member(var object, var name, _, int at) -> {
        requireSettable(name, at);
        expressions.value(object);
        code.loadConstant(name);
        expressions.value(assign.value());
        if (used) {
          code.dup_x2();
        }
        out.mark(at);
        out.operationInRun("set", VOID, OBJECT, STRING, OBJECT);
      }
      case Index(var object, var key, _, int at) -> {
        expressions.value(object);
        expressions.value(key);
        expressions.value(assign.value());
        if (used) {
          code.dup_x2();
        }
        out.mark(at);
        out.operationInRun("setAt", VOID, OBJECT, OBJECT, OBJECT);
      }
      default -> throw SourceException.syntax("Not a target", "=", assign.at());
    }
  }

  /// Objects with a conversion of their own are left to the full engine.
  void requireSettable(String name, int at) {
    owner.requireMember(name, at);
    if (owner.dialect().hasOnlyDoubles() && (name.equals("toString") || name.equals("valueOf"))) {
      throw SourceException.notTaken(name, at);
    }
  }

  private void storeName(Name name) {
    var variable = expressions.variable(name);
    switch (variable.kind()) {
      case CONST -> {
        code.loadConstant(name.name());
        out.mark(name.at());
        out.operation("refuseConstant", Linkage.THROWN, OBJECT, STRING);
        code.athrow();
      }
      case SELF, RECEIVER -> code.pop(); // JavaScript: silently ignored
      case PARAMETER, VAR, LET, FUNCTION, IMPLICIT -> {
        if (variable.isBlockScoped() && variable.isChecked()) {
          storage.load(variable); // an error when it has no value yet
          code.pop();
        }
        storage.store(variable);
      }
    }
  }

  /// Assigns to a target that is not a plain variable.
  void assignTo(Expression target, Runnable value) {
    switch (target) {
      case Name name -> {
        value.run();
        storeName(name);
      }
      case Member(var object, var name, _, int at) -> {
        expressions.value(object);
        code.loadConstant(name);
        value.run();
        out.mark(at);
        out.operationInRun("set", VOID, OBJECT, STRING, OBJECT);
      }
      case Index(var object, var key, _, int at) -> {
        expressions.value(object);
        expressions.value(key);
        value.run();
        out.mark(at);
        out.operationInRun("setAt", VOID, OBJECT, OBJECT, OBJECT);
      }
      default -> throw SourceException.syntax("Not a target", "=", target.at());
    }
  }

  /// `a ??= b` is `a ?? (a = b)`; only where reading `a` twice does nothing twice.
  private void assignIfNeeded(Assign assign, boolean used) {
    if (!Operators.isSimple(assign.target())) {
      throw SourceException.notTaken(assign.operator() + "=", assign.at());
    }
    var plain = new Assign("", assign.target(), assign.value(), assign.at());
    expressions.value(new Logical(assign.operator(), assign.target(), plain, assign.at()));
    if (!used) {
      code.pop();
    }
  }

  private void assignJoined(Assign assign, boolean used) {
    var target = place(assign.target());
    target.read();
    join(assign);
    int held = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(held);
    target.write(() -> code.aload(held));
    if (used) {
      code.aload(held);
    }
  }

  /// On the stack: the old value. Afterwards: the new one, as an object.
  private void join(Assign assign) {
    boolean numeric = owner.dialect().hasOnlyDoubles() && !assign.operator().equals("+");
    if (numeric) {
      out.toNumber();
      expressions.number(assign.value());
      out.mark(assign.at());
      out.arithmetic(assign.operator());
      out.box();
    } else {
      expressions.value(assign.value());
      out.mark(assign.at());
      out.operationInRun(Operators.method(assign.operator()), OBJECT, OBJECT, OBJECT);
    }
  }

  /// Leaves the old or the new value when `used`: a double in JavaScript, an object in TBEL.
  void update(Update update, boolean used) {
    var target = place(update.target());
    target.read();
    out.mark(update.at());
    if (owner.dialect().hasOnlyDoubles()) {
      out.toNumber();
      int old = code.allocateLocal(TypeKind.DOUBLE);
      code.dstore(old);
      target.write(
          () -> {
            code.dload(old).loadConstant((double) update.by()).dadd();
            out.box();
          });
      if (used) {
        code.dload(old);
        if (update.prefix()) {
          code.loadConstant((double) update.by()).dadd();
        }
      }
      return;
    }
    int old = code.allocateLocal(TypeKind.REFERENCE);
    int changed = code.allocateLocal(TypeKind.REFERENCE);
    code.dup().astore(old);
    out.constant(update.by());
    out.operationInRun("add", OBJECT, OBJECT, OBJECT);
    code.astore(changed);
    target.write(() -> code.aload(changed));
    if (used) {
      code.aload(update.prefix() ? changed : old);
    }
  }

  private Place place(Expression target) {
    return switch (target) {
      case Name name -> new NamePlace(name);
      case Member member -> new MemberPlace(member);
      case Index index -> new IndexPlace(index);
      default -> throw SourceException.syntax("Not a target", "=", target.at());
    };
  }

  /// What a target needs on the stack between its reading and its writing stays there.
  private interface Place {
    void read();

    void write(Runnable value);
  }

  private final class NamePlace implements Place {
    private final Name name;

    NamePlace(Name name) {
      this.name = name;
    }

    @Override
    public void read() {
      expressions.name(name);
    }

    @Override
    public void write(Runnable value) {
      value.run();
      storeName(name);
    }
  }

  private final class MemberPlace implements Place {
    private final Member member;

    MemberPlace(Member member) {
      this.member = member;
    }

    @Override
    public void read() {
      expressions.value(member.object());
      code.dup().loadConstant(member.name());
      out.mark(member.at());
      out.operationInRun("get", OBJECT, OBJECT, STRING);
    }

    @Override
    public void write(Runnable value) {
      code.loadConstant(member.name());
      value.run();
      out.mark(member.at());
      out.operationInRun("set", VOID, OBJECT, STRING, OBJECT);
    }
  }

  private final class IndexPlace implements Place {
    private final Index index;

    IndexPlace(Index index) {
      this.index = index;
    }

    @Override
    public void read() {
      expressions.value(index.object());
      expressions.value(index.key());
      code.dup2();
      out.mark(index.at());
      out.operationInRun("getAt", OBJECT, OBJECT, OBJECT);
    }

    @Override
    public void write(Runnable value) {
      value.run();
      out.mark(index.at());
      out.operationInRun("setAt", VOID, OBJECT, OBJECT, OBJECT);
    }
  }
}
