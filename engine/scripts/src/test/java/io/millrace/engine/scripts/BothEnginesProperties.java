package io.millrace.engine.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.scripts.compiler.Dialect;
import io.millrace.engine.scripts.compiler.SourceException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The same script gives the same result in our compiler and in the full engine.
class BothEnginesProperties {
  /// More with `-Dprograms=10000`; the seeds follow each other.
  private static final int PROGRAMS = Integer.getInteger("programs", 400);

  private static final long FIRST_SEED = Long.getLong("seed", 1);

  private final World world =
      World.of(
          new Config(
              Duration.ofSeconds(30), 50_000_000, 500_000_000, 150, 10_000_000, 100_000, "UTC", 2),
          new Bed().time,
          new Random(1));

  @Test
  void agree() {
    var own = new OwnCompiler(world);
    int taken = 0;
    try (var engine = new GraalEngine(world)) {
      for (long seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
        var program = new Programs(new Random(seed)).next();
        taken += compare(own, engine, program, seed);
      }
    }
    assertThat(taken).isGreaterThan(PROGRAMS * 9 / 10);
  }

  private static int compare(OwnCompiler own, GraalEngine engine, String program, long seed) {
    OwnScript compiled;
    try {
      compiled = own.compile(Dialect.JAVA_SCRIPT, program, Bed.PARAMETERS);
    } catch (SourceException e) {
      assertThat(e.isNotTaken()).describedAs("seed %d: %s\n%s", seed, e, program).isTrue();
      return 0;
    }
    var result = result(compiled);
    if (result.startsWith("DEPTH")) {
      return 0; // where ours stops, JavaScript throws what can be caught
    }
    var other = result(GraalScript.compile(engine, program, Bed.PARAMETERS));
    if (other.startsWith("ERROR java.lang.AssertionError")) {
      return 0; // the engine's own, seen under -ea only
    }
    assertThat(result).describedAs("seed %d\n%s", seed, program).isEqualTo(other);
    return 1;
  }

  /// The JSON, or the kind and the type of the error: messages may differ.
  private static String result(CompiledScript script) {
    try {
      return script.run(Bed.MSG, Bed.METADATA, Bed.TYPE).toString();
    } catch (ScriptException e) {
      return e.kind() + " " + String.valueOf(e.getMessage()).split(":")[0];
    }
  }
}
