package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.base.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShadowTest {
  private static final String CHAIN =
      """
      {"firstNodeIndex":0,
       "nodes":[
        {"type":"org.thingsboard.rule.engine.filter.TbJsFilterNode","name":"hot","configuration":{"scriptLang":"JS","jsScript":"return msg.t > %d;"}},
        {"type":"org.thingsboard.rule.engine.rest.TbRestApiCallNode","name":"call","id":{"entityType":"RULE_NODE","id":"00000000-0000-0000-0000-00000000000a"},"configuration":{"restEndpointUrlPattern":"http://x.example","requestMethod":"POST"}},
        {"type":"org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode","name":"save","configurationVersion":1,"configuration":{}}],
       "connections":[{"fromIndex":0,"toIndex":1,"type":"True"},{"fromIndex":1,"toIndex":2,"type":"Success"}]}
      """;
  @TempDir private Path directory;
  private ChainBed bed;
  private Shadows shadows;

  @BeforeEach
  void open() {
    bed = new ChainBed(directory);
    bed.root(ChainBed.json(CHAIN.formatted(20)));
    shadows = bed.engine.shadows();
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void whatTheChangeWouldDoOtherwiseIsSeenAndNothingOfItHappens() {
    start(25, 1_000);
    bed.send(bed.telemetry("{\"t\":30}"), bed.telemetry("{\"t\":22}"), bed.telemetry("{\"t\":1}"));
    bed.answer(new Answer(true, ChainBed.json("{\"status\":200,\"body\":\"{\\\"a\\\":1}\"}")));

    var report = await().atMost(Duration.ofSeconds(30)).until(this::report, r -> r.messages() == 3);

    assertThat(report.different()).isEqualTo(1);
    var difference = report.latest().getFirst();
    assertThat(difference.message().body()).hasToString("{\"t\":22}");
    assertThat(difference.effects().onlyAfter()).isEmpty();
    assertThat(difference.effects().onlyBefore())
        .singleElement()
        .satisfies(effect -> assertThat(effect.kind()).isEqualTo("call"));
    assertThat(bed.asked).as("calls of the live chain alone").hasSize(1);
    assertThat(bed.timeseries.keys(ChainBed.DEVICE)).containsExactly("a");
  }

  @Test
  void itEndsByItselfAndWhenTheChainIsChanged() {
    start(25, 1);
    bed.send(bed.telemetry("{\"t\":30}"));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(report().ended()).contains("1 messages"));

    start(26, 1_000);
    bed.root(ChainBed.json(CHAIN.formatted(21)));
    assertThat(report().ended()).contains("changed");

    start(27, 1_000);
    assertThat(shadows.end(ChainBed.ROOT).orElseThrow().ended()).isEqualTo("It was ended.");
    assertThat(shadows.find(new UUID(9, 9))).isEmpty();
  }

  @Test
  void noMoreRunThanMay() {
    for (int i = 0; i < 4; i++) {
      var id = new UUID(5, i);
      bed.deploy(id, "Chain " + i, false, ChainBed.json(CHAIN.formatted(20)));
      shadows.start(ChainBed.TENANT, id, JsonObject.EMPTY, 10);
    }
    assertThatThrownBy(() -> start(25, 10)).hasMessageContaining("rules.shadowsMax");
  }

  private void start(int limit, long messages) {
    shadows.start(ChainBed.TENANT, ChainBed.ROOT, ChainBed.json(CHAIN.formatted(limit)), messages);
  }

  private Shadow.Report report() {
    return shadows.find(ChainBed.ROOT).orElseThrow();
  }
}
