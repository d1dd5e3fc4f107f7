package io.millrace.engine.scripts.compiler;

import static io.millrace.engine.scripts.compiler.Linkage.DOUBLE;
import static io.millrace.engine.scripts.compiler.Linkage.OBJECT;
import static io.millrace.engine.scripts.compiler.Linkage.RUN;
import static io.millrace.engine.scripts.compiler.Linkage.type;

import io.millrace.engine.scripts.compiler.Expression.Special;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.util.ArrayList;
import java.util.List;

/// The instructions that every part of an expression is made of: operations, constants,
/// arithmetic, and where in the source they are from.
final class Instructions {
  private static final DirectMethodHandleDesc CLASS_DATA =
      ConstantDescs.ofConstantBootstrap(
          ClassDesc.of("java.lang.invoke.MethodHandles"),
          "classDataAt",
          OBJECT,
          ConstantDescs.CD_int);
  private static final int STRING_MAX = 10_000; // a constant of a class file holds 64 KB

  private final ClassEmitter owner;
  private final CodeBuilder code;

  Instructions(ClassEmitter owner, CodeBuilder code) {
    this.owner = owner;
    this.code = code;
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
  void operationInRun(String name, ClassDesc result, ClassDesc... parameters) {
    code.aload(Storage.RUN_SLOT);
    var all = new ArrayList<>(List.of(parameters));
    all.add(RUN);
    operation(name, result, all.toArray(ClassDesc[]::new));
  }

  void box() {
    code.invokestatic(ConstantDescs.CD_Double, "valueOf", type(ConstantDescs.CD_Double, DOUBLE));
  }

  void toNumber() {
    operation("number", DOUBLE, OBJECT);
  }

  void arithmetic(String operator) {
    switch (operator) {
      case "+" -> code.dadd();
      case "-" -> code.dsub();
      case "*" -> code.dmul();
      case "/" -> code.ddiv();
      case "%" -> code.drem();
      default -> operation(Operators.method(operator), DOUBLE, DOUBLE, DOUBLE);
    }
  }

  void constant(Object constant) {
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

  void classData(Object constant) {
    code.loadConstant(
        DynamicConstantDesc.ofNamed(
            CLASS_DATA, ConstantDescs.DEFAULT_NAME, OBJECT, owner.constant(constant)));
  }
}
