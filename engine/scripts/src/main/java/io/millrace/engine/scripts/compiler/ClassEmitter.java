package io.millrace.engine.scripts.compiler;

import static io.millrace.engine.scripts.compiler.Linkage.CELLS;
import static io.millrace.engine.scripts.compiler.Linkage.CODE;
import static io.millrace.engine.scripts.compiler.Linkage.INT;
import static io.millrace.engine.scripts.compiler.Linkage.OBJECT;
import static io.millrace.engine.scripts.compiler.Linkage.OBJECTS;
import static io.millrace.engine.scripts.compiler.Linkage.RUN;
import static io.millrace.engine.scripts.compiler.Linkage.SCRIPT;
import static io.millrace.engine.scripts.compiler.Linkage.type;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes the class of a script: one method per function, and the two ways in, `main` and `call`.
final class ClassEmitter {
  private static final int MAIN_ARGUMENTS = 3;
  private static final int FINAL = ClassFile.ACC_FINAL;

  private final Dialect dialect;
  private final Function script;
  private final Names names;
  private final Vocabulary vocabulary;
  private final List<Object> constants = new ArrayList<>();
  private final Map<Object, Integer> constantNumbers = new HashMap<>();
  private final List<Integer> offsets = new ArrayList<>();
  private final Map<Integer, Integer> lines = new HashMap<>();

  ClassEmitter(Dialect dialect, Function script, Names names, Vocabulary vocabulary) {
    this.dialect = dialect;
    this.script = script;
    this.names = names;
    this.vocabulary = vocabulary;
  }

  Dialect dialect() {
    return dialect;
  }

  Names names() {
    return names;
  }

  void requireGlobal(String name, int at) {
    if (!vocabulary.globals().test(name)) {
      throw SourceException.notTaken(name, at);
    }
  }

  void requireMethod(String name, int at) {
    if (!vocabulary.methods().test(name)) {
      throw SourceException.notTaken("." + name + "()", at);
    }
    requireMember(name, at);
  }

  void requireMember(String name, int at) {
    if (!vocabulary.members().test(name)) {
      throw SourceException.notTaken("." + name, at);
    }
  }

  CompiledUnit emit() {
    var bytes =
        ClassFile.of(
                ClassFile.ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(ClassEmitter.class.getClassLoader())
                        .orElse(ClassHierarchyResolver.defaultResolver())))
            .build(SCRIPT, this::emit);
    return new CompiledUnit(bytes, constants, offsets);
  }

  private void emit(ClassBuilder builder) {
    builder.withSuperclass(CODE).withFlags(FINAL | ClassFile.ACC_SUPER);
    builder.withMethodBody(
        ConstantDescs.INIT_NAME,
        ConstantDescs.MTD_void,
        0,
        code ->
            code.aload(0)
                .invokespecial(CODE, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .return_());
    builder.withMethodBody("main", type(OBJECT, RUN, OBJECT, OBJECT, OBJECT), FINAL, this::main);
    builder.withMethodBody("call", type(OBJECT, RUN, INT, CELLS, OBJECTS), FINAL, this::dispatch);
    for (var scope : names.functions()) {
      builder.withMethodBody(
          methodName(scope),
          methodType(scope),
          FINAL,
          code -> new FunctionEmitter(this, scope, code).emit());
    }
  }

  /// `Object main(Run, Object, Object, Object)`: the script with its first three arguments.
  private void main(CodeBuilder code) {
    code.aload(0).aload(1).aconst_null();
    for (int i = 0; i < script.parameters().size(); i++) {
      if (i < MAIN_ARGUMENTS) {
        code.aload(2 + i);
      } else {
        nothing(code);
      }
    }
    invoke(code, names.scope(script));
    code.areturn();
  }

  /// `Object call(Run, int function, Cell[], Object[] arguments)`: any function, by its number.
  private void dispatch(CodeBuilder code) {
    var labels = new ArrayList<Label>();
    var cases = new ArrayList<SwitchCase>();
    for (var scope : names.functions()) {
      var label = code.newLabel();
      labels.add(label);
      cases.add(SwitchCase.of(scope.number(), label));
    }
    code.iload(2).tableswitch(0, labels.size() - 1, labels.getFirst(), cases);
    for (var scope : names.functions()) {
      code.labelBinding(labels.get(scope.number()));
      code.aload(0).aload(1).aload(3);
      unpack(code, scope);
      invoke(code, scope);
      code.areturn();
    }
  }

  private void unpack(CodeBuilder code, FunctionScope scope) {
    var parameters = scope.function().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      code.aload(4).loadConstant(i);
      if (parameters.get(i).rest()) {
        code.aload(1).invokestatic(dialect.operations(), "rest", type(OBJECT, OBJECTS, INT, RUN));
      } else {
        code.invokestatic(dialect.operations(), "argument", type(OBJECT, OBJECTS, INT));
      }
    }
  }

  void invoke(CodeBuilder code, FunctionScope scope) {
    code.invokevirtual(SCRIPT, methodName(scope), methodType(scope));
  }

  /// What a missing value is: undefined in JavaScript, null in TBEL.
  void nothing(CodeBuilder code) {
    switch (dialect) {
      case JAVA_SCRIPT -> code.getstatic(Linkage.UNDEFINED, "UNDEFINED", Linkage.UNDEFINED);
      case TBEL -> code.getstatic(Linkage.JSON_NULL, "NULL", Linkage.JSON_NULL);
    }
  }

  /// The number of a constant in the class data.
  int constant(Object value) {
    return constantNumbers.computeIfAbsent(
        value,
        each -> {
          constants.add(each);
          return constants.size() - 1;
        });
  }

  /// The line number that stands for a source offset; 0 when there are too many.
  int line(int offset) {
    return lines.computeIfAbsent(
        offset,
        each -> {
          if (offsets.size() >= ScriptCompiler.offsetsMax()) {
            return 0;
          }
          offsets.add(each);
          return offsets.size();
        });
  }

  private static String methodName(FunctionScope scope) {
    return "f" + scope.number();
  }

  private static MethodTypeDesc methodType(FunctionScope scope) {
    var parameters = new ArrayList<ClassDesc>(List.of(RUN, CELLS));
    scope.function().parameters().forEach(_ -> parameters.add(OBJECT));
    return MethodTypeDesc.of(OBJECT, parameters);
  }
}
