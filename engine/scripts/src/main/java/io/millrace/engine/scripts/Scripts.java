package io.millrace.engine.scripts;

import io.millrace.base.runtime.Clock;
import io.millrace.engine.scripts.compiler.Dialect;
import io.millrace.engine.scripts.compiler.SourceException;
import java.util.List;
import java.util.random.RandomGenerator;

/// Compiles scripts. Any thread.
public final class Scripts implements AutoCloseable {
  private final Config config;
  private final OwnCompiler compiler;

  /// @param clock what scripts see as the time of day
  /// @param random what `Math.random()` draws from; must take any thread
  public Scripts(Config config, Clock clock, RandomGenerator random) {
    this.config = config;
    this.compiler = new OwnCompiler(World.of(config, clock, random));
  }

  /// The script whose text is the body of a function with these parameters.
  ///
  /// @param parameters names of the arguments, as in `msg`, `metadata`, `msgType`
  /// @throws ScriptSyntaxException when the text is not a script of that language, naming line,
  ///     column and the construct that is not taken
  public CompiledScript compile(ScriptLanguage language, String body, List<String> parameters) {
    if (body.length() > config.sourceChars()) {
      throw new ScriptSyntaxException(
          "The script has "
              + body.length()
              + " characters; scripts.sourceChars allows "
              + config.sourceChars(),
          "script",
          1,
          1);
    }
    try {
      return compiler.compile(dialect(language), body, parameters);
    } catch (SourceException e) {
      throw new Source(body, List.of()).refusal(e);
    }
  }

  private static Dialect dialect(ScriptLanguage language) {
    return switch (language) {
      case JS -> Dialect.JAVA_SCRIPT;
      case TBEL -> Dialect.TBEL;
    };
  }

  @Override
  public void close() {}
}
