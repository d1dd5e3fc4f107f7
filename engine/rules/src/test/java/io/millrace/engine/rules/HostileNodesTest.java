package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A node whose script means harm is stopped by its limits (`scripts.runTime`, `scripts.steps`,
/// `scripts.memoryBytes`, `scripts.callDepth`), says why, and the next message of the same batch
/// runs.
class HostileNodesTest {
  private static final EntityId OTHER_TENANT = new EntityId(EntityType.TENANT, new UUID(1, 2));
  private static final UUID OTHER_ROOT = new UUID(3, 4);
  private static final UUID SECRET_CHAIN = new UUID(3, 5);

  @TempDir Path directory;
  private ChainBed bed;

  @BeforeEach
  void open() {
    bed = new ChainBed(directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¬',
      textBlock =
          """
          endless loop § JS § while (true) {} § steps
          endless loop § TBEL § while (true) { } § steps
          huge string § JS § var s = 'x'; while (true) { s += s; } § bytes
          huge string § TBEL § var s = "x"; while (true) { s = s + s; } § bytes
          deep recursion § JS § function f() { return f(); } return f(); § deeper
          deep recursion § TBEL § function f() { return f(); } return f(); § deeper
          regex bomb § JS § return /(x*x*x*)*y/.test('x'.repeat(3000)); § steps
          regex bomb § TBEL § return "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".matches("(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)y"); § steps
          Java classes § JS § return Java.type('java.lang.System').exit(1) == null; § Java
          """)
  void isStoppedSaysWhyAndTheNextMessageRuns(
      String attack, String language, String script, String why) {
    bed.root(filter(language, "if (msg.good == 1) { return true; } " + script));

    bed.send(message(0), message(1));

    var node = bed.engine.figures(ChainBed.ROOT).getFirst();
    assertThat(node.received()).as(attack).isEqualTo(2);
    assertThat(node.failed()).isOne();
    assertThat(node.lastError()).contains(why);
    assertThat(node.emitted()).containsEntry("True", 1L);
    assertThat(bed.engine.troubles(ChainBed.TENANT))
        .extracting(each -> each.figures().lastError())
        .containsExactly(node.lastError());
  }

  @Test
  void aPrototypeThatOneScriptSpoilsIsNotThatOfTheNextMessage() {
    bed.root(
        filter(
            "JS",
            "var before = ({}).polluted === undefined; Object.prototype.polluted = 1; return"
                + " before;"));

    bed.send(message(0), message(1), message(2));

    assertThat(bed.engine.figures(ChainBed.ROOT).getFirst().emitted()).containsEntry("True", 3L);
  }

  @Test
  void nothingOfOneTenantIsSeenByAnother() {
    var script = "if (typeof leak !== 'undefined') { return true; } leak = msg; return false;";
    bed.root(filter("JS", script));
    bed.deploy(SECRET_CHAIN, "Secret", false, filter("JS", "return true;"));
    bed.engine.deploy(
        List.of(
            new ChainDefinition(
                OTHER_ROOT,
                OTHER_TENANT,
                "Root",
                true,
                RuleChainJson.withIds(enter(SECRET_CHAIN), OTHER_ROOT, UUID::randomUUID))));

    bed.send(message(0), message(1));
    try (var commit = bed.store.begin()) {
      var _ = bed.engine.run(message(2), OTHER_TENANT, bed.batch(commit));
    }

    assertThat(bed.engine.figures(ChainBed.ROOT).getFirst().emitted())
        .as("not even of its own former message")
        .containsEntry("False", 2L);
    assertThat(bed.engine.figures(SECRET_CHAIN).getFirst().received()).isZero();
    assertThat(bed.engine.figures(OTHER_ROOT).getFirst().lastError()).contains("does not exist");
  }

  private static RuleMessage message(int good) {
    return new RuleMessage(
        new UUID(7, good),
        1,
        "POST_TELEMETRY_REQUEST",
        ChainBed.DEVICE,
        JsonObject.EMPTY,
        Json.parse("{\"good\":" + good + "}"));
  }

  private static JsonObject filter(String language, String script) {
    var configuration =
        JsonObject.builder()
            .put("scriptLang", language)
            .put("jsScript", script)
            .put("tbelScript", script)
            .build();
    return chain("org.thingsboard.rule.engine.filter.TbJsFilterNode", configuration);
  }

  private static JsonObject enter(UUID chain) {
    return chain(
        "org.thingsboard.rule.engine.flow.TbRuleChainInputNode",
        JsonObject.builder().put("ruleChainId", chain.toString()).build());
  }

  private static JsonObject chain(String type, JsonObject configuration) {
    var text =
        "{\"firstNodeIndex\":0,\"nodes\":[{\"type\":\"%s\",\"name\":\"it\",\"configuration\":%s}],\"connections\":[]}"
            .formatted(type, configuration);
    return (JsonObject) Json.parse(text);
  }
}
