package io.millrace.engine.scripts.compiler;

import static io.millrace.engine.scripts.compiler.Linkage.BOOLEAN;
import static io.millrace.engine.scripts.compiler.Linkage.DOUBLE;
import static io.millrace.engine.scripts.compiler.Linkage.OBJECT;
import static io.millrace.engine.scripts.compiler.Linkage.OBJECTS;
import static io.millrace.engine.scripts.compiler.Linkage.RUN;
import static io.millrace.engine.scripts.compiler.Linkage.STRING;
import static io.millrace.engine.scripts.compiler.Linkage.VOID;
import static io.millrace.engine.scripts.compiler.Linkage.type;

import io.millrace.engine.scripts.compiler.CompiledUnit.RegexSource;
import io.millrace.engine.scripts.compiler.Expression.Assign;
import io.millrace.engine.scripts.compiler.Expression.Binary;
import io.millrace.engine.scripts.compiler.Expression.Call;
import io.millrace.engine.scripts.compiler.Expression.Chain;
import io.millrace.engine.scripts.compiler.Expression.Conditional;
import io.millrace.engine.scripts.compiler.Expression.Entry;
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
import io.millrace.engine.scripts.compiler.Expression.Special;
import io.millrace.engine.scripts.compiler.Expression.Spread;
import io.millrace.engine.scripts.compiler.Expression.Template;
import io.millrace.engine.scripts.compiler.Expression.Unary;
import io.millrace.engine.scripts.compiler.Expression.Update;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes expressions. Each leaves its value on the operand stack: as an object, or as a double or
/// a boolean where that is all that is asked for.
final class ExpressionEmitter {
  private static final DirectMethodHandleDesc CLASS_DATA =
      ConstantDescs.ofConstantBootstrap(
          ClassDesc.of("java.lang.invoke.MethodHandles"),
          "classDataAt",
          OBJECT,
          ConstantDescs.CD_int);
  private static final int STRING_MAX = 10_000; // a constant of a class file holds 64 KB

  private final ClassEmitter owner;
  private final CodeBuilder code;
  private final Storage storage;
  private final Kinds kinds;
  private final Deque<Label> chainEnds = new ArrayDeque<>();

  ExpressionEmitter(ClassEmitter owner, CodeBuilder code, Storage storage) {
    this.owner = owner;
    this.code = code;
    this.storage = storage;
    this.kinds = new Kinds(owner.dialect());
  }

  /// Errors of what follows are at this offset.
  void mark(int at) {
    int line = owner.line(at);
    if (line > 0) {
      code.lineNumber(line);
    }
  }

  /// A static method of the language's operations, taking what is on the stack.
  void operation(String name, ClassDesc result, ClassDesc... parameters) {
    code.invokestatic(owner.dialect().operations(), name, type(result, parameters));
  }

  /// Like [#operation], with the run as a last argument.
  private void operationInRun(String name, ClassDesc result, ClassDesc... parameters) {
    code.aload(Storage.RUN_SLOT);
    var all = new ArrayList<>(List.of(parameters));
    all.add(RUN);
    operation(name, result, all.toArray(ClassDesc[]::new));
  }

  /// Evaluates for what it does, and leaves nothing.
  void effect(Expression expression) {
    switch (expression) {
      case Assign assign -> assign(assign, false);
      case Update update -> update(update, false);
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
          constant(constant);
        } else {
          number(expression);
          box();
        }
      }
      case BOOLEAN -> {
        if (expression instanceof Literal(Boolean constant, _)) {
          code.getstatic(
              ConstantDescs.CD_Boolean, constant ? "TRUE" : "FALSE", ConstantDescs.CD_Boolean);
        } else {
          truth(expression);
          code.invokestatic(
              ConstantDescs.CD_Boolean, "valueOf", type(ConstantDescs.CD_Boolean, BOOLEAN));
        }
      }
      case ANY -> any(expression);
    }
  }

  private void box() {
    code.invokestatic(ConstantDescs.CD_Double, "valueOf", type(ConstantDescs.CD_Double, DOUBLE));
  }

  /// Leaves the value as a double, converted as JavaScript does.
  private void number(Expression expression) {
    if (kinds.of(expression) != Kinds.Kind.NUMBER) {
      value(expression);
      toNumber();
      return;
    }
    switch (expression) {
      case Literal(Double constant, _) -> code.loadConstant(constant);
      case Unary(var operator, var operand, int at) -> {
        number(operand);
        mark(at);
        switch (operator) {
          case "-" -> code.dneg();
          case "~" -> operation("bitNot", DOUBLE, DOUBLE);
          default -> {} // plus
        }
      }
      case Update update -> update(update, true);
      case Binary(var operator, var left, var right, int at) -> {
        number(left);
        number(right);
        mark(at);
        arithmetic(operator);
      }
      default -> throw new IllegalStateException("No number: " + expression);
    }
  }

  private void toNumber() {
    operation("number", DOUBLE, OBJECT);
  }

  private void arithmetic(String operator) {
    switch (operator) {
      case "+" -> code.dadd();
      case "-" -> code.dsub();
      case "*" -> code.dmul();
      case "/" -> code.ddiv();
      case "%" -> code.drem();
      default -> operation(Operators.method(operator), DOUBLE, DOUBLE, DOUBLE);
    }
  }

  /// Leaves the value as a boolean.
  private void truth(Expression expression) {
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
          value(left);
          value(right);
          mark(at);
          operationInRun(Operators.method(operator), BOOLEAN, OBJECT, OBJECT);
        }
        case Unary(_, var operand, int at) -> delete(operand, at);
        default -> throw new IllegalStateException("No boolean: " + test);
      }
    } else if (kinds.of(test) == Kinds.Kind.NUMBER) {
      number(test);
      operation("truth", BOOLEAN, DOUBLE);
    } else {
      value(test);
      mark(test.at());
      operation("truth", BOOLEAN, OBJECT);
    }
  }

  private void comparison(Binary binary) {
    if (kinds.isNumeric(binary)) {
      number(binary.left());
      number(binary.right());
      operation(Operators.method(binary.operator()), BOOLEAN, DOUBLE, DOUBLE);
    } else {
      value(binary.left());
      value(binary.right());
      mark(binary.at());
      operation(Operators.method(binary.operator()), BOOLEAN, OBJECT, OBJECT);
    }
  }

  private void delete(Expression operand, int at) {
    switch (operand) {
      case Member(var object, var name, _, _) -> {
        value(object);
        code.loadConstant(name);
        mark(at);
        operationInRun("delete", BOOLEAN, OBJECT, OBJECT);
      }
      case Index(var object, var key, _, _) -> {
        value(object);
        value(key);
        mark(at);
        operationInRun("delete", BOOLEAN, OBJECT, OBJECT);
      }
      default -> throw SourceException.notTaken("delete of a variable", at);
    }
  }

  private void any(Expression expression) {
    switch (expression) {
      case Literal(var constant, _) -> constant(constant);
      case Name name -> name(name);
      case Template template -> template(template);
      case Member(var object, var name, boolean optional, int at) -> {
        owner.requireMember(name, at);
        value(object);
        stopIfNothing(optional);
        code.loadConstant(name);
        mark(at);
        operationInRun("get", OBJECT, OBJECT, STRING);
      }
      case Index(var object, var key, boolean optional, int at) -> {
        value(object);
        stopIfNothing(optional);
        value(key);
        mark(at);
        operationInRun("getAt", OBJECT, OBJECT, OBJECT);
      }
      case Call call -> call(call);
      case Chain(var whole, _) -> chain(whole);
      case New(var type, var arguments, int at) -> {
        code.loadConstant(type);
        arguments(arguments);
        mark(at);
        operationInRun("construct", OBJECT, STRING, OBJECTS);
      }
      case Unary unary -> unary(unary);
      case Update update -> update(update, true);
      case Binary(var operator, var left, var right, int at) -> {
        value(left);
        value(right);
        mark(at);
        operationInRun(Operators.method(operator), OBJECT, OBJECT, OBJECT);
      }
      case Logical logical -> logical(logical);
      case Conditional(var test, var yes, var no, _) -> {
        var other = code.newLabel();
        var end = code.newLabel();
        jumpUnless(test, other);
        value(yes);
        code.goto_(end).labelBinding(other);
        value(no);
        code.labelBinding(end);
      }
      case Assign assign -> assign(assign, true);
      case ListLiteral(var items, int at) -> {
        mark(at);
        list(items);
      }
      case MapLiteral(var entries, int at) -> {
        mark(at);
        map(entries);
      }
      case Lambda(var function, _) -> storage.closure(owner.names().scope(function));
      case Regex(var pattern, var flags, int at) -> {
        classData(new RegexSource(pattern, flags, at));
        operationInRun("regex", OBJECT, OBJECT);
      }
      case Sequence(var parts, _) -> {
        parts.subList(0, parts.size() - 1).forEach(this::effect);
        value(parts.getLast());
      }
      case Spread(_, int at) -> throw SourceException.syntax("'...' has no place here", "...", at);
    }
  }

  private void constant(Object constant) {
    switch (constant) {
      case Special special -> {
        if (special == Special.NULL) {
          code.getstatic(Linkage.JSON_NULL, "NULL", Linkage.JSON_NULL);
        } else {
          owner.nothing(code);
        }
      }
      case String text when text.length() < STRING_MAX -> code.loadConstant(text);
      default -> classData(constant);
    }
  }

  private void classData(Object constant) {
    code.loadConstant(
        DynamicConstantDesc.ofNamed(
            CLASS_DATA, ConstantDescs.DEFAULT_NAME, OBJECT, owner.constant(constant)));
  }

  private void name(Name name) {
    var variable = owner.names().variable(name);
    if (variable != null) {
      mark(name.at());
      storage.load(variable);
    } else if (name.name().equals("undefined")) {
      owner.nothing(code);
    } else {
      if (owner.dialect().hasOnlyDoubles()) {
        owner.requireGlobal(name.name(), name.at());
      }
      code.loadConstant(name.name());
      mark(name.at());
      operationInRun("global", OBJECT, STRING);
    }
  }

  private void template(Template template) {
    code.loadConstant(template.texts().getFirst());
    for (int i = 0; i < template.values().size(); i++) {
      value(template.values().get(i));
      mark(template.at());
      operationInRun("text", OBJECT, OBJECT);
      operationInRun("add", OBJECT, OBJECT, OBJECT);
      code.loadConstant(template.texts().get(i + 1));
      operationInRun("add", OBJECT, OBJECT, OBJECT);
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
  private void stopIfNothing(boolean optional) {
    if (optional) {
      code.dup();
      operation("isNothing", BOOLEAN, OBJECT);
      code.ifne(chainEnds.getFirst());
    }
  }

  private void call(Call call) {
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
        mark(call.at());
        operationInRun("callGlobal", OBJECT, STRING, OBJECTS);
      }
      case Member(var object, var name, boolean optional, int at) when !call.optional() -> {
        owner.requireMethod(name, at);
        value(object);
        stopIfNothing(optional);
        code.loadConstant(name);
        arguments(call.arguments());
        mark(call.at());
        operationInRun("callMethod", OBJECT, OBJECT, OBJECT, OBJECTS);
      }
      case Index(var object, var key, boolean optional, _) when !call.optional() -> {
        value(object);
        stopIfNothing(optional);
        value(key);
        arguments(call.arguments());
        mark(call.at());
        operationInRun("callMethod", OBJECT, OBJECT, OBJECT, OBJECTS);
      }
      case Member(_, var name, _, int at) -> throw SourceException.notTaken(name + "?.(", at);
      default -> {
        value(call.callee());
        stopIfNothing(call.optional());
        arguments(call.arguments());
        mark(call.at());
        operationInRun("call", OBJECT, OBJECT, OBJECTS);
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
            && target.function().parameters().stream().noneMatch(Function.Parameter::rest);
    return isDirect ? target : null;
  }

  private void callDirectly(FunctionScope target, Call call) {
    code.aload(0).aload(Storage.RUN_SLOT).aconst_null();
    int wanted = target.function().parameters().size();
    var arguments = call.arguments();
    for (int i = 0; i < arguments.size(); i++) {
      if (i < wanted) {
        value(arguments.get(i));
      } else {
        effect(arguments.get(i));
      }
    }
    for (int i = arguments.size(); i < wanted; i++) {
      owner.nothing(code);
    }
    mark(call.at());
    owner.invoke(code, target);
  }

  private void arguments(List<Expression> arguments) {
    if (arguments.stream().anyMatch(Spread.class::isInstance)) {
      list(arguments);
      operation("arguments", OBJECTS, OBJECT);
    } else {
      array(arguments);
    }
  }

  private void array(List<Expression> items) {
    code.loadConstant(items.size()).anewarray(OBJECT);
    for (int i = 0; i < items.size(); i++) {
      code.dup().loadConstant(i);
      value(items.get(i));
      code.aastore();
    }
  }

  private void list(List<Expression> items) {
    int plain = 0;
    while (plain < items.size() && !(items.get(plain) instanceof Spread)) {
      plain++;
    }
    array(items.subList(0, plain));
    operationInRun("list", OBJECT, OBJECTS);
    for (var item : items.subList(plain, items.size())) {
      if (item instanceof Spread(var list, int at)) {
        value(list);
        mark(at);
        operationInRun("addAll", OBJECT, OBJECT, OBJECT);
      } else {
        value(item);
        operationInRun("addItem", OBJECT, OBJECT, OBJECT);
      }
    }
  }

  private void map(List<Entry> entries) {
    for (var entry : entries) {
      if (entry.key() instanceof Literal(String name, int at)) {
        requireSettable(name, at);
      }
    }
    int plain = 0;
    while (plain < entries.size() && isPlain(entries.subList(0, plain), entries.get(plain))) {
      plain++;
    }
    var names =
        entries.subList(0, plain).stream()
            .map(each -> ((Literal) each.key()).value().toString())
            .toList();
    classData(names);
    array(entries.subList(0, plain).stream().map(Entry::value).toList());
    operationInRun("map", OBJECT, OBJECT, OBJECTS);
    for (var entry : entries.subList(plain, entries.size())) {
      if (entry.value() instanceof Spread(var other, int at)) {
        value(other);
        mark(at);
        operationInRun("putAll", OBJECT, OBJECT, OBJECT);
      } else {
        value(entry.key());
        value(entry.value());
        mark(entry.key().at());
        operationInRun("put", OBJECT, OBJECT, OBJECT, OBJECT);
      }
    }
  }

  private static boolean isPlain(List<Entry> before, Entry entry) {
    return entry.key() instanceof Literal(String name, _)
        && !name.equals("__proto__")
        && before.stream().noneMatch(each -> ((Literal) each.key()).value().equals(name));
  }

  private void unary(Unary unary) {
    switch (unary.operator()) {
      case "typeof" -> {
        if (unary.operand() instanceof Name name && owner.names().variable(name) == null) {
          code.loadConstant(name.name());
          operationInRun("typeOfGlobal", STRING, STRING);
        } else if (unary.operand() instanceof Name name) {
          loadForTypeOf(variable(name));
          operation("typeOf", STRING, OBJECT);
        } else {
          value(unary.operand());
          operation("typeOf", STRING, OBJECT);
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
        mark(unary.at());
        operationInRun(Operators.unaryMethod(unary.operator()), OBJECT, OBJECT);
      }
    }
  }

  private void logical(Logical logical) {
    var end = code.newLabel();
    value(logical.left());
    code.dup();
    mark(logical.at());
    switch (logical.operator()) {
      case "&&" -> {
        operation("truth", BOOLEAN, OBJECT);
        code.ifeq(end);
      }
      case "||" -> {
        operation("truth", BOOLEAN, OBJECT);
        code.ifne(end);
      }
      default -> {
        operation("isNothing", BOOLEAN, OBJECT);
        code.ifeq(end);
      }
    }
    code.pop();
    value(logical.right());
    code.labelBinding(end);
  }

  private void assign(Assign assign, boolean used) {
    switch (assign.operator()) {
      case "" -> assignPlainly(assign, used);
      case "&&", "||", "??" -> assignIfNeeded(assign, used);
      default -> assignJoined(assign, used);
    }
  }

  private void assignPlainly(Assign assign, boolean used) {
    switch (assign.target()) {
      case Name name -> {
        value(assign.value());
        if (used) {
          code.dup();
        }
        storeName(name);
      }
      case Member(var object, var name, _, int at) -> {
        requireSettable(name, at);
        value(object);
        code.loadConstant(name);
        value(assign.value());
        if (used) {
          code.dup_x2();
        }
        mark(at);
        operationInRun("set", VOID, OBJECT, STRING, OBJECT);
      }
      case Index(var object, var key, _, int at) -> {
        value(object);
        value(key);
        value(assign.value());
        if (used) {
          code.dup_x2();
        }
        mark(at);
        operationInRun("setAt", VOID, OBJECT, OBJECT, OBJECT);
      }
      default -> throw SourceException.syntax("Not a target", "=", assign.at());
    }
  }

  /// Objects with a conversion of their own are left to the full engine.
  private void requireSettable(String name, int at) {
    owner.requireMember(name, at);
    if (owner.dialect().hasOnlyDoubles() && (name.equals("toString") || name.equals("valueOf"))) {
      throw SourceException.notTaken(name, at);
    }
  }

  /// An unknown variable has a type, one that is declared further down has none yet.
  private void loadForTypeOf(Variable variable) {
    if (variable.isBlockScoped()) {
      storage.load(variable);
    } else {
      storage.loadIfAny(variable);
    }
  }

  private Variable variable(Name name) {
    var variable = owner.names().variable(name);
    if (variable == null) {
      throw new IllegalStateException("Name at " + name.at() + " was not resolved");
    }
    return variable;
  }

  private void storeName(Name name) {
    var variable = variable(name);
    switch (variable.kind()) {
      case CONST -> {
        code.loadConstant(name.name());
        mark(name.at());
        operation("refuseConstant", Linkage.THROWN, OBJECT, STRING);
        code.athrow();
      }
      case SELF -> code.pop(); // JavaScript: silently ignored
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
        value(object);
        code.loadConstant(name);
        value.run();
        mark(at);
        operationInRun("set", VOID, OBJECT, STRING, OBJECT);
      }
      case Index(var object, var key, _, int at) -> {
        value(object);
        value(key);
        value.run();
        mark(at);
        operationInRun("setAt", VOID, OBJECT, OBJECT, OBJECT);
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
    value(new Logical(assign.operator(), assign.target(), plain, assign.at()));
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
      toNumber();
      number(assign.value());
      mark(assign.at());
      arithmetic(assign.operator());
      box();
    } else {
      value(assign.value());
      mark(assign.at());
      operationInRun(Operators.method(assign.operator()), OBJECT, OBJECT, OBJECT);
    }
  }

  /// Leaves the old or the new value when `used`: a double in JavaScript, an object in TBEL.
  private void update(Update update, boolean used) {
    var target = place(update.target());
    target.read();
    mark(update.at());
    if (owner.dialect().hasOnlyDoubles()) {
      toNumber();
      int old = code.allocateLocal(TypeKind.DOUBLE);
      code.dstore(old);
      target.write(
          () -> {
            code.dload(old).loadConstant((double) update.by()).dadd();
            box();
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
    constant(update.by());
    operationInRun("add", OBJECT, OBJECT, OBJECT);
    code.astore(changed);
    target.write(() -> code.aload(changed));
    if (used) {
      code.aload(update.prefix() ? changed : old);
    }
  }

  /// What a target needs on the stack between its reading and its writing stays there.
  private interface Place {
    void read();

    void write(Runnable value);
  }

  private Place place(Expression target) {
    return switch (target) {
      case Name name -> new NamePlace(name);
      case Member member -> new MemberPlace(member);
      case Index index -> new IndexPlace(index);
      default -> throw SourceException.syntax("Not a target", "=", target.at());
    };
  }

  private final class NamePlace implements Place {
    private final Name name;

    NamePlace(Name name) {
      this.name = name;
    }

    @Override
    public void read() {
      name(name);
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
      value(member.object());
      code.dup().loadConstant(member.name());
      mark(member.at());
      operationInRun("get", OBJECT, OBJECT, STRING);
    }

    @Override
    public void write(Runnable value) {
      code.loadConstant(member.name());
      value.run();
      mark(member.at());
      operationInRun("set", VOID, OBJECT, STRING, OBJECT);
    }
  }

  private final class IndexPlace implements Place {
    private final Index index;

    IndexPlace(Index index) {
      this.index = index;
    }

    @Override
    public void read() {
      value(index.object());
      value(index.key());
      code.dup2();
      mark(index.at());
      operationInRun("getAt", OBJECT, OBJECT, OBJECT);
    }

    @Override
    public void write(Runnable value) {
      value.run();
      mark(index.at());
      operationInRun("setAt", VOID, OBJECT, OBJECT, OBJECT);
    }
  }
}
