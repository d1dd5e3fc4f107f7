package io.millrace.engine.scripts;

import io.millrace.engine.scripts.compiler.CompiledUnit;
import io.millrace.engine.scripts.compiler.CompiledUnit.RegexSource;
import io.millrace.engine.scripts.compiler.Dialect;
import io.millrace.engine.scripts.compiler.ScriptCompiler;
import io.millrace.engine.scripts.compiler.SourceException;
import io.millrace.engine.scripts.compiler.Vocabulary;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/// Makes a script into a hidden class of this package, which lives as long as the script.
final class OwnCompiler {
  private final World world;

  OwnCompiler(World world) {
    this.world = world;
  }

  /// @throws SourceException when the compiler does not take it
  OwnScript compile(Dialect dialect, String body, List<String> parameters) {
    var unit = ScriptCompiler.compile(dialect, body, parameters, vocabulary(dialect));
    return new OwnScript(
        load(unit), new Source(body, unit.offsets()), world, dialect == Dialect.JAVA_SCRIPT);
  }

  private static Vocabulary vocabulary(Dialect dialect) {
    return switch (dialect) {
      case JAVA_SCRIPT -> JavaScriptVocabulary.taken();
      case TBEL -> TbelVocabulary.taken();
    };
  }

  private static Code load(CompiledUnit unit) {
    var constants = new ArrayList<Object>();
    unit.constants().forEach(each -> constants.add(link(each)));
    try {
      var defined =
          MethodHandles.lookup().defineHiddenClassWithClassData(unit.bytes(), constants, true);
      return (Code) defined.lookupClass().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The class of a script cannot be loaded", e);
    }
  }

  private static Object link(Object constant) {
    return switch (constant) {
      case RegexSource(var pattern, var flags, int at) -> regex(pattern, flags, at);
      case List<?> names -> names.toArray(String[]::new);
      default -> constant;
    };
  }

  private static RegexProgram regex(String pattern, String flags, int at) {
    try {
      return RegexProgram.of(pattern, flags);
    } catch (SourceException e) {
      throw e.at(at);
    }
  }
}
