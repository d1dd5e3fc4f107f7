package io.millrace.engine.scripts.compiler;

import static io.millrace.engine.scripts.compiler.Linkage.CELL;
import static io.millrace.engine.scripts.compiler.Linkage.CELLS;
import static io.millrace.engine.scripts.compiler.Linkage.CODE;
import static io.millrace.engine.scripts.compiler.Linkage.INT;
import static io.millrace.engine.scripts.compiler.Linkage.OBJECT;
import static io.millrace.engine.scripts.compiler.Linkage.RUN;
import static io.millrace.engine.scripts.compiler.Linkage.SCRIPT_FUNCTION;
import static io.millrace.engine.scripts.compiler.Linkage.STRING;
import static io.millrace.engine.scripts.compiler.Linkage.VOID;
import static io.millrace.engine.scripts.compiler.Linkage.type;

import io.millrace.engine.scripts.compiler.Variable.Kind;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where the variables of one function live: in a local of the method; in a cell when an inner
/// function uses them; in a cell handed in when they belong to a function outside.
final class Storage {
  /// Slots of every method: 0 the code, 1 the run, 2 the cells from outside, then the parameters.
  static final int RUN_SLOT = 1;

  private static final int CELLS_SLOT = 2;
  private static final int PARAMETERS_SLOT = 3;

  private final ClassEmitter owner;
  private final FunctionScope scope;
  private final CodeBuilder code;
  private final List<Variable> cells;
  private final Map<Variable, Integer> slots = new HashMap<>();

  Storage(ClassEmitter owner, FunctionScope scope, CodeBuilder code) {
    this.owner = owner;
    this.scope = scope;
    this.code = code;
    this.cells = owner.names().cells(scope);
  }

  void takeParameters() {
    for (int i = 0; i < scope.parameters().size(); i++) {
      var variable = scope.parameters().get(i);
      slots.put(variable, PARAMETERS_SLOT + i);
      if (variable.isCaptured()) {
        newCell();
        code.dup().aload(PARAMETERS_SLOT + i);
        putCell();
        code.astore(PARAMETERS_SLOT + i);
      }
    }
  }

  /// Gives a variable a place and its first value.
  void open(Variable variable) {
    if (!slots.containsKey(variable)) {
      slots.put(variable, code.allocateLocal(TypeKind.REFERENCE));
    }
    if (variable.isCaptured()) {
      newCell();
      code.dup();
      first(variable);
      putCell();
    } else {
      first(variable);
    }
    code.astore(slot(variable));
  }

  /// Java null stands for "no value yet" in variables whose reads are checked.
  private void first(Variable variable) {
    if (variable.kind() == Kind.SELF) {
      self();
    } else if (variable.kind() == Kind.RECEIVER) {
      code.aload(RUN_SLOT).invokevirtual(RUN, "takeReceiver", type(OBJECT));
    } else if (variable.isChecked()) {
      code.aconst_null();
    } else {
      owner.nothing(code);
    }
  }

  /// JavaScript: each turn of a `for` has its own `let`, starting with the value of the last turn.
  void renew(Variable variable) {
    if (variable.isCaptured()) {
      int slot = slot(variable);
      newCell();
      code.dup().aload(slot).getfield(CELL, "value", OBJECT);
      putCell();
      code.astore(slot);
    }
  }

  void load(Variable variable) {
    loadIfAny(variable);
    if (variable.isChecked()) {
      code.loadConstant(variable.name())
          .invokestatic(owner.dialect().operations(), "assigned", type(OBJECT, OBJECT, STRING));
    }
  }

  /// Leaves Java null when the variable has no value yet: `typeof` may ask.
  void loadIfAny(Variable variable) {
    var function = variable.function();
    if (function != null && owner.names().isFree(function)) {
      closure(function);
    } else if (isOwn(variable) && !variable.isCaptured()) {
      code.aload(slot(variable));
    } else {
      cell(variable);
      code.getfield(CELL, "value", OBJECT);
    }
  }

  /// Stores what is on the stack.
  void store(Variable variable) {
    if (isOwn(variable) && !variable.isCaptured()) {
      code.astore(slot(variable));
    } else {
      cell(variable);
      code.swap();
      putCell();
    }
  }

  private int slot(Variable variable) {
    var slot = slots.get(variable);
    if (slot == null) {
      throw new IllegalStateException("Variable " + variable.name() + " has no place");
    }
    return slot;
  }

  private boolean isOwn(Variable variable) {
    return variable.owner() == scope;
  }

  private void cell(Variable variable) {
    if (isOwn(variable)) {
      code.aload(slot(variable));
    } else {
      code.aload(CELLS_SLOT).loadConstant(cells.indexOf(variable)).aaload();
    }
  }

  /// The function as a value.
  void closure(FunctionScope function) {
    var captured = owner.names().cells(function);
    begin(function);
    if (captured.isEmpty()) {
      code.aconst_null();
    } else {
      code.loadConstant(captured.size()).anewarray(CELL);
      for (int i = 0; i < captured.size(); i++) {
        code.dup().loadConstant(i);
        cell(captured.get(i));
        code.aastore();
      }
    }
    finish(function);
  }

  private void self() {
    begin(scope);
    code.aload(CELLS_SLOT);
    finish(scope);
  }

  private void begin(FunctionScope function) {
    code.new_(SCRIPT_FUNCTION).dup().aload(0).loadConstant(function.number());
  }

  private void finish(FunctionScope function) {
    code.loadConstant(function.function().name())
        .loadConstant(function.function().parameters().size())
        .aload(RUN_SLOT)
        .invokespecial(
            SCRIPT_FUNCTION,
            ConstantDescs.INIT_NAME,
            type(VOID, CODE, INT, CELLS, STRING, INT, RUN));
  }

  private void newCell() {
    code.new_(CELL).dup().invokespecial(CELL, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
  }

  private void putCell() {
    code.putfield(CELL, "value", OBJECT);
  }
}
