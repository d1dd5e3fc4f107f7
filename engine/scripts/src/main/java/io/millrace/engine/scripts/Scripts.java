package io.millrace.engine.scripts;

import io.millrace.base.runtime.Clock;
import java.util.List;
import java.util.random.RandomGenerator;

/// Compiles scripts. Any thread.
public final class Scripts implements AutoCloseable {
  private final Config config;
  private final Clock clock;
  private final RandomGenerator random;

  /// @param clock what scripts see as the time of day
  /// @param random what `Math.random()` draws from; must take any thread
  public Scripts(Config config, Clock clock, RandomGenerator random) {
    this.config = config;
    this.clock = clock;
    this.random = random;
  }

  /// The script whose text is the body of a function with these parameters.
  ///
  /// @param parameters names of the arguments, as in `msg`, `metadata`, `msgType`
  /// @throws ScriptSyntaxException when the text is not a script of that language, naming line,
  ///     column and the construct that is not taken
  public CompiledScript compile(ScriptLanguage language, String body, List<String> parameters) {
    if (body.length() > config.sourceChars()) {
      throw new ScriptSyntaxException("The script is too long", "script", 1, 1);
    }
    throw new IllegalStateException("not built yet: " + clock + random + language);
  }

  @Override
  public void close() {}
}
