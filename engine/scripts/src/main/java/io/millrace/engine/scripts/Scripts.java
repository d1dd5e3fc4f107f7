package io.millrace.engine.scripts;

import io.millrace.base.runtime.Clock;
import io.millrace.engine.scripts.compiler.Dialect;
import io.millrace.engine.scripts.compiler.SourceException;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Compiles scripts. Any thread.
///
/// Our own compiler takes the language that rule scripts use. JavaScript beyond it goes to a full
/// engine, which is started when the first such script comes; TBEL beyond it is refused.
public final class Scripts implements AutoCloseable {
  private final World world;
  private final OwnCompiler compiler;
  private @Nullable GraalEngine graal;

  /// @param clock what scripts see as the time of day, and what measures their time
  /// @param random what `Math.random()` draws from; must take any thread
  public Scripts(Config config, Clock clock, RandomGenerator random) {
    this.world = World.of(config, clock, random);
    this.compiler = new OwnCompiler(world);
  }

  private Scripts(World world) {
    this.world = world;
    this.compiler = new OwnCompiler(world);
  }

  /// Scripts that see another time of day and draw other chance, within the same limits, which
  /// are measured as before. The caller closes them.
  public Scripts at(Clock timeOfDay, RandomGenerator random) {
    return new Scripts(world.at(timeOfDay, random));
  }

  /// The script whose text is the body of a function with these parameters.
  ///
  /// @param parameters names of the arguments, as in `msg`, `metadata`, `msgType`
  /// @throws ScriptSyntaxException when the text is not a script of that language, naming line,
  ///     column and the construct that is not taken
  public CompiledScript compile(ScriptLanguage language, String body, List<String> parameters) {
    checkLength(body);
    try {
      return compiler.compile(dialect(language), body, parameters);
    } catch (SourceException e) {
      var refusal = new Source(body, List.of()).refusal(e);
      if (language == ScriptLanguage.TBEL) {
        throw refusal;
      }
      return compileFully(body, parameters, e.isNotTaken() ? null : refusal);
    }
  }

  /// @param refusal why our own compiler thinks that the text is no script; when the full engine
  ///     agrees, this is the better message
  private CompiledScript compileFully(
      String body, List<String> parameters, @Nullable ScriptSyntaxException refusal) {
    try {
      return GraalScript.compile(graal(), body, parameters);
    } catch (ScriptSyntaxException e) {
      throw refusal == null ? e : refusal;
    }
  }

  private void checkLength(String body) {
    int most = world.config().sourceChars();
    if (body.length() > most) {
      throw new ScriptSyntaxException(
          "The script has " + body.length() + " characters; the setting sourceChars allows " + most,
          "script",
          1,
          1);
    }
  }

  private static Dialect dialect(ScriptLanguage language) {
    return switch (language) {
      case JS -> Dialect.JAVA_SCRIPT;
      case TBEL -> Dialect.TBEL;
    };
  }

  private synchronized GraalEngine graal() {
    var known = graal;
    if (known == null) {
      known = new GraalEngine(world);
      graal = known;
    }
    return known;
  }

  @Override
  public synchronized void close() {
    if (graal != null) {
      graal.close();
      graal = null;
    }
  }
}
