package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.Name;
import io.millrace.engine.scripts.compiler.Function.Parameter;
import java.util.List;
import java.util.Optional;

/// The door of the compiler.
public final class ScriptCompiler {
  private static final int OFFSETS_MAX = 65_535; // a line number of a class file has 16 bits

  private ScriptCompiler() {}

  /// Compiles the body of a function with these parameters.
  ///
  /// @throws SourceException when the text is no such body, or uses what is not taken
  public static CompiledUnit compile(
      Dialect dialect, String source, List<String> parameters, Vocabulary vocabulary) {
    try {
      var script = parse(dialect, source, parameters);
      var names = Resolver.resolve(script);
      return new ClassEmitter(dialect, script, names, vocabulary).emit();
    } catch (StackOverflowError e) {
      throw SourceException.syntax("The script is nested too deep", "script", 0);
    } catch (IllegalArgumentException e) { // a method of more than 64 KB
      throw SourceException.notTaken("a script of this size", 0);
    }
  }

  private static Function parse(Dialect dialect, String source, List<String> parameters) {
    var declared =
        parameters.stream()
            .map(each -> new Parameter(new Name(each, 0), Optional.empty(), false))
            .toList();
    return new Function("", declared, dialect.parse(source), 0);
  }

  static int offsetsMax() {
    return OFFSETS_MAX;
  }
}
