package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.AttributeScope;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuleChainJsonTest {
  private static final UUID CHAIN = new UUID(3, 3);
  private final AtomicLong ids = new AtomicLong();

  @Test
  void anExportComesBackAsItWasUnknownFieldsIncluded() {
    var file =
        ChainBed.json(
            """
            {"ruleChain":{"additionalInfo":{"description":"d","mine":[1,2]},"name":"N","type":"CORE",
              "firstRuleNodeId":null,"root":false,"debugMode":true,"configuration":null,"future":{"x":1}},
             "metadata":{"firstNodeIndex":0,"future":7,
               "nodes":[{"type":"org.thingsboard.rule.engine.nobody.TbUnknown","name":"n","singletonMode":true,
                 "queueName":"HighPriority","debugSettings":{"failuresEnabled":true},"configurationVersion":3,
                 "configuration":{"a":null,"b":1.0,"deep":{"c":["x"]}},"additionalInfo":{"layoutX":1,"layoutY":2},
                 "future":"kept"}],
               "connections":[{"fromIndex":0,"toIndex":0,"type":"X","future":true}],
               "ruleChainConnections":null}}
            """);
    var read = RuleChainJson.read(file);
    var stored = RuleChainJson.withIds(read.metadata(), CHAIN, this::nextId);
    var back = RuleChainJson.write(read.ruleChain(), stored);

    assertThat(back).isEqualTo(file);
    assertThat(back.toString()).contains("\"b\":1.0").contains("\"a\":null");
  }

  @Test
  void storedMetadataNamesItsChainAndEveryNode() {
    var metadata =
        ChainBed.json(
            "{\"nodes\":[{\"name\":\"a\"},{\"name\":\"b\",\"id\":{\"entityType\":\"RULE_NODE\",\"id\":\"own\"}}]}");
    var stored = RuleChainJson.withIds(metadata, CHAIN, this::nextId);

    assertThat(stored.get("ruleChainId"))
        .isEqualTo(ChainBed.json("{\"entityType\":\"RULE_CHAIN\",\"id\":\"" + CHAIN + "\"}"));
    var nodes = (JsonArray) stored.get("nodes");
    assertThat(((JsonObject) nodes.get(0)).get("id"))
        .isEqualTo(
            ChainBed.json("{\"entityType\":\"RULE_NODE\",\"id\":\"" + new UUID(8, 1) + "\"}"));
    assertThat(((JsonObject) nodes.get(1)).get("id").toString()).contains("own");
    assertThat(RuleChainJson.withIds(stored, CHAIN, this::nextId)).isEqualTo(stored);
  }

  @Test
  void whatIsNoExportIsRefused() {
    for (var text :
        List.of("{}", "{\"ruleChain\":{},\"metadata\":{}}", "{\"ruleChain\":{\"name\":\"x\"}}")) {
      assertThatThrownBy(() -> RuleChainJson.read(ChainBed.json(text)))
          .isInstanceOf(RuleChainException.class)
          .hasMessageContaining("not a rule chain export");
    }
  }

  @Test
  void chainsImportedTogetherKeepCallingEachOther() {
    var old = new UUID(9, 9);
    var called =
        RuleChainJson.read(
            ChainBed.json(
                "{\"ruleChain\":{\"name\":\"Called\",\"id\":{\"entityType\":\"RULE_CHAIN\",\"id\":\"%s\"}},\"metadata\":{\"nodes\":[]}}"
                    .formatted(old)));
    var caller =
        RuleChainJson.read(
            ChainBed.json(
                "{\"ruleChain\":{\"name\":\"Caller\"},\"metadata\":{\"nodes\":[{\"configuration\":{\"ruleChainId\":\"%s\"}}]}}"
                    .formatted(old)));
    var imported = ChainImport.of(List.of(called, caller), this::nextId);

    assertThat(imported).extracting(ChainImport.Imported::name).containsExactly("Called", "Caller");
    assertThat(imported.get(1).metadata().toString())
        .contains("\"ruleChainId\":\"" + imported.get(0).id() + "\"")
        .doesNotContain(old.toString());
    assertThat(imported.get(0).ruleChain().has("id")).isFalse();
  }

  @Test
  void theDefaultRootChainIsAnExportOfARootChain() {
    var root = DefaultChains.root();
    assertThat(root.isRoot()).isTrue();
    assertThat(root.name()).isEqualTo("Root Rule Chain");
    var file =
        JsonObject.builder()
            .put("ruleChain", root.ruleChain())
            .put("metadata", root.metadata())
            .build();
    assertThat(RuleChainJson.write(root.ruleChain(), root.metadata())).isEqualTo(file);
  }

  @Test
  void theDefaultRootChainRuns(@TempDir Path directory) {
    try (var bed = new ChainBed(directory)) {
      var metadata = DefaultChains.root().metadata();
      assertThat(bed.engine.check(metadata)).isEmpty();
      bed.root(metadata);
      bed.send(
          bed.telemetry("{\"t\":1}"),
          bed.message("POST_ATTRIBUTES_REQUEST", "{\"a\":1}"),
          bed.message("TO_SERVER_RPC_REQUEST", "{\"method\":\"m\"}"),
          bed.message("ALARM_DELETE", "{}"));
      assertThat(bed.timeseries.keys(ChainBed.DEVICE)).containsExactly("t");
      assertThat(bed.attributes.read(ChainBed.DEVICE, AttributeScope.CLIENT_SCOPE)).hasSize(1);
      for (var log : List.of("Log RPC from Device", "Log Other")) {
        assertThat(bed.figures(log).emitted()).as(log).containsEntry("Success", 1L);
      }
    }
  }

  private UUID nextId() {
    return new UUID(8, ids.incrementAndGet());
  }
}
