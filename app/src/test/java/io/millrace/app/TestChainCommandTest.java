package io.millrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class TestChainCommandTest {
  private static final String TEST =
      """
      {"chain":{"firstNodeIndex":0,"nodes":[
         {"type":"org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode","name":"save","configurationVersion":1,"configuration":{}}],
        "connections":[]},
       "steps":[{"send":[{"body":{"t":21}}],"expect":[{"kind":"telemetry","key":"t","value":%d}],"only":true}]}
      """;
  @TempDir Path directory;

  @Test
  void theExitCodeSaysWhetherAllTestsPassed() throws Exception {
    var passes = Files.writeString(directory.resolve("passes.json"), TEST.formatted(21));
    var fails = Files.writeString(directory.resolve("fails.json"), TEST.formatted(22));
    var noTest = Files.writeString(directory.resolve("no-test.json"), "{}");

    assertThat(run(passes)).isZero();
    assertThat(run(fails)).isEqualTo(1);
    assertThat(run(noTest)).isEqualTo(1);
  }

  private static int run(Path file) {
    return new CommandLine(new TestChainCommand()).execute(file.toString());
  }
}
