package io.millrace.engine.scripts.compiler;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// The names by which generated code calls the classes of [io.millrace.engine.scripts].
final class Linkage {
  private static final String PACKAGE = "io.millrace.engine.scripts";

  static final ClassDesc SCRIPT = named("Script");
  static final ClassDesc CODE = named("Code");
  static final ClassDesc RUN = named("Run");
  static final ClassDesc CELL = named("Cell");
  static final ClassDesc CELLS = CELL.arrayType();
  static final ClassDesc WALK = named("Walk");
  static final ClassDesc THROWN = named("Thrown");
  static final ClassDesc SCRIPT_FUNCTION = named("ScriptFunction");
  static final ClassDesc UNDEFINED = named("Undefined");
  static final ClassDesc JSON_NULL = ClassDesc.of("io.millrace.base.json.JsonNull");
  static final ClassDesc OBJECT = ConstantDescs.CD_Object;
  static final ClassDesc OBJECTS = OBJECT.arrayType();
  static final ClassDesc STRING = ConstantDescs.CD_String;
  static final ClassDesc DOUBLE = ConstantDescs.CD_double;
  static final ClassDesc BOOLEAN = ConstantDescs.CD_boolean;
  static final ClassDesc INT = ConstantDescs.CD_int;
  static final ClassDesc VOID = ConstantDescs.CD_void;

  private Linkage() {}

  static ClassDesc named(String simpleName) {
    return ClassDesc.of(PACKAGE, simpleName);
  }

  static MethodTypeDesc type(ClassDesc result, ClassDesc... parameters) {
    return MethodTypeDesc.of(result, parameters);
  }
}
