package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.FaultyDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// A minute of `./millrace torture`.
class TortureIT {
  private static final long SEED = 20_261_122;

  @Test
  void whatWasAcknowledgedSurvivesAMinuteOfFaults() throws IOException, InterruptedException {
    var launcher = Path.of(System.getProperty("basedir", "."), "..", "millrace").normalize();
    var built = launcher.resolveSibling("app").resolve("target/millrace/built");
    Assumptions.assumeTrue(FaultyDisk.isPossible(), "needs Linux and a C compiler");
    Assumptions.assumeTrue(Files.exists(built), "needs a built Millrace: ./millrace build");
    var report = Torture.run(List.of(launcher.toString()), Duration.ofSeconds(60), 0, SEED);
    assertThat(report).contains("all stored, none twice", "kills");
  }
}
