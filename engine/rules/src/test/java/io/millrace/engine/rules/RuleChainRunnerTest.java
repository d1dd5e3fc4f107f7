package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.config.Settings;
import io.millrace.base.json.JsonArray;
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

final class RuleChainRunnerTest {
  private static final UUID OTHER = new UUID(4, 4);

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

  @Test
  void aChainThatRunsInCirclesEndsAtTheBound() {
    bed.root(
        Chains.of("a")
            .node("a", Chains.TYPE_FILTER, "{\"messageTypes\":[\"POST_TELEMETRY_REQUEST\"]}")
            .connect("a", "True", "a")
            .json());
    bed.send(bed.telemetry("{\"t\":1}"));

    var figures = bed.figures("a");
    int bound = Settings.defaults(Config.class).stepsPerMessageMax();
    assertThat(figures.received()).isEqualTo(bound + 1);
    assertThat(figures.lost()).isEqualTo(1);
    assertThat(figures.lastError()).contains("rules.stepsPerMessageMax=" + bound, "circle");
  }

  @Test
  void whatWasDoneBeforeTheBoundIsKept() {
    bed.root(
        Chains.of("save")
            .node("save", Chains.SAVE_TIMESERIES, "{}")
            .node("loop", Chains.TYPE_FILTER, "{}")
            .connect("save", "Success", "loop")
            .connect("loop", "True", "loop")
            .json());
    bed.send(bed.telemetry("{\"t\":1}"), bed.telemetry("{\"h\":2}"));
    assertThat(bed.timeseries.keys(ChainBed.DEVICE)).containsExactly("h", "t");
  }

  @Test
  void everyTargetOfALabelGetsTheMessage() {
    bed.root(
        Chains.of("start")
            .node("start", Chains.TYPE_FILTER, "{}")
            .node("b", Chains.TYPE_FILTER, "{}")
            .node("c", Chains.TYPE_FILTER, "{}")
            .connect("start", "True", "b")
            .connect("start", "True", "c")
            .json());
    bed.send(bed.telemetry("{}"));
    assertThat(bed.figures("b").received()).isEqualTo(1);
    assertThat(bed.figures("c").received()).isEqualTo(1);
    assertThat(bed.figures("start").emitted()).containsEntry("True", 1L);
    assertThat(bed.figures("c").emitted()).containsEntry("True", 1L);
  }

  @Test
  void labelsAreComparedWithoutCase() {
    bed.root(
        Chains.of("start")
            .node("start", Chains.TYPE_FILTER, "{}")
            .node("b", Chains.TYPE_FILTER, "{}")
            .connect("start", "TRUE", "b")
            .json());
    bed.send(bed.telemetry("{}"));
    assertThat(bed.figures("b").received()).isEqualTo(1);
  }

  @Test
  void aFailureGoesOnByFailureAndIsListed() {
    bed.root(
        Chains.of("save")
            .node("save", Chains.SAVE_ATTRIBUTES, "{}")
            .node("after", Chains.TYPE_FILTER, "{}")
            .connect("save", "Failure", "after")
            .json());
    bed.send(bed.telemetry("{}"));
    assertThat(bed.figures("after").received()).isEqualTo(1);
    assertThat(bed.figures("save").failed()).isEqualTo(1);
    assertThat(bed.figures("save").lost()).isZero();
    assertThat(bed.figures("save").lastError())
        .contains("POST_TELEMETRY_REQUEST", "POST_ATTRIBUTES_REQUEST");
    assertThat(bed.figures("save").lastErrorTs()).isEqualTo(bed.time.millis());
  }

  @Test
  void aFailureWithoutAConnectionIsCountedAndLosesNobodyElse() {
    bed.root(
        Chains.of("start")
            .node("start", Chains.TYPE_FILTER, "{}")
            .node("broken", Chains.SAVE_ATTRIBUTES, "{}")
            .node("save", Chains.SAVE_TIMESERIES, "{}")
            .connect("start", "True", "broken")
            .connect("start", "True", "save")
            .json());
    bed.send(bed.telemetry("{\"t\":1}"), bed.telemetry("{\"h\":1}"));
    assertThat(bed.figures("broken").lost()).isEqualTo(2);
    assertThat(bed.timeseries.keys(ChainBed.DEVICE)).containsExactly("h", "t");
  }

  @Test
  void aNodeKeepsItsRecentMessages() {
    bed.root(Chains.of("only").node("only", Chains.TYPE_FILTER, "{}").json());
    for (int i = 0; i < 20; i++) {
      bed.send(bed.telemetry("{\"i\":" + i + "}"));
    }
    var recent = bed.figures("only").recent();
    int max = Settings.defaults(Config.class).recentPerNode();
    assertThat(recent).hasSize(max);
    assertThat(recent.getLast().message().body()).isEqualTo(ChainBed.json("{\"i\":19}"));
    assertThat(recent.getFirst().message().body())
        .isEqualTo(ChainBed.json("{\"i\":" + (20 - max) + "}"));
    assertThat(recent.getLast().outcome()).isEqualTo("True");
  }

  @Test
  void anotherChainIsEnteredAndLeftByItsOutput() {
    bed.deploy(
        OTHER,
        "Other",
        false,
        Chains.of("in")
            .node("in", Chains.TYPE_FILTER, "{}")
            .node("Warm", Chains.OUTPUT, "{}")
            .connect("in", "True", "Warm")
            .json());
    bed.root(
        Chains.of("call")
            .node("call", Chains.RULE_CHAIN, "{\"ruleChainId\":\"" + OTHER + "\"}")
            .node("after", Chains.TYPE_FILTER, "{}")
            .connect("call", "Warm", "after")
            .json());
    bed.send(bed.telemetry("{}"));
    assertThat(bed.figures(OTHER, "in").received()).isEqualTo(1);
    assertThat(bed.figures("after").received()).isEqualTo(1);
  }

  @Test
  void chainsThatCallEachOtherInACircleFail() {
    var toRoot = "{\"ruleChainId\":\"" + ChainBed.ROOT + "\"}";
    bed.deploy(
        OTHER, "Other", false, Chains.of("back").node("back", Chains.RULE_CHAIN, toRoot).json());
    bed.root(
        Chains.of("call")
            .node("call", Chains.RULE_CHAIN, "{\"ruleChainId\":\"" + OTHER + "\"}")
            .json());
    bed.send(bed.telemetry("{}"));
    assertThat(bed.figures("call").lastError()).contains("circle");
    assertThat(bed.figures("call").failed()).isEqualTo(1);
  }

  @Test
  void aCallOfAMissingChainFailsWithTheCure() {
    bed.root(
        Chains.of("call")
            .node("call", Chains.RULE_CHAIN, "{\"ruleChainId\":\"" + OTHER + "\"}")
            .json());
    bed.send(bed.telemetry("{}"));
    assertThat(bed.figures("call").lastError()).contains(OTHER.toString(), "Choose another");
  }

  @Test
  void anotherTenantsChainIsNotEntered() {
    var stranger = new EntityId(EntityType.TENANT, new UUID(1, 9));
    bed.engine.deploy(
        List.of(
            new ChainDefinition(
                OTHER,
                stranger,
                "Other",
                true,
                RuleChainJson.withIds(
                    Chains.of("in").node("in", Chains.TYPE_FILTER, "{}").json(),
                    OTHER,
                    UUID::randomUUID))));
    bed.root(
        Chains.of("call")
            .node("call", Chains.RULE_CHAIN, "{\"ruleChainId\":\"" + OTHER + "\"}")
            .json());
    bed.send(bed.telemetry("{}"));
    assertThat(bed.figures("call").lastError()).contains("does not exist");
    assertThat(bed.figures(OTHER, "in").received()).isZero();
  }

  @Test
  void anAnswerGoesOnAtTheNodeThatCalledAlsoInsideAnotherChain() {
    bed.deploy(
        OTHER,
        "Other",
        false,
        Chains.of("rest")
            .node(
                "rest",
                Chains.REST,
                "{\"restEndpointUrlPattern\":\"http://x/${a}/$[t]\",\"requestMethod\":\"PUT\"}")
            .node("Done", Chains.OUTPUT, "{}")
            .connect("rest", "Success", "Done")
            .json());
    bed.root(
        Chains.of("call")
            .node("call", Chains.RULE_CHAIN, "{\"ruleChainId\":\"" + OTHER + "\"}")
            .node("after", Chains.TYPE_FILTER, "{}")
            .connect("call", "Done", "after")
            .json());
    bed.send(bed.telemetry("{\"t\":7}").withMetadata("a", "b"));

    assertThat(bed.asked).hasSize(1);
    assertThat(bed.asked.getFirst().call().request())
        .isEqualTo(
            ChainBed.json(
                "{\"method\":\"PUT\",\"url\":\"http://x/b/7\",\"headers\":{},\"body\":\"{\\\"t\\\":7}\"}"));
    bed.answer(
        new Answer(
            true,
            ChainBed.json(
                "{\"status\":200,\"statusText\":\"OK\",\"headers\":{\"etag\":\"1\"},\"body\":\"[1]\"}")));

    var seen = bed.figures("after").recent().getFirst().message();
    assertThat(seen.body()).hasToString("[1]");
    assertThat(seen.metadata())
        .isEqualTo(
            ChainBed.json(
                "{\"a\":\"b\",\"status\":\"OK\",\"statusCode\":\"200\",\"statusReason\":\"OK\",\"etag\":\"1\"}"));
  }

  @Test
  void aRefusedCallGoesOnByFailureWithTheStatus() {
    bed.root(
        Chains.of("rest")
            .node("rest", Chains.REST, "{\"restEndpointUrlPattern\":\"http://x\"}")
            .node("after", Chains.TYPE_FILTER, "{}")
            .connect("rest", "Failure", "after")
            .json());
    bed.send(bed.telemetry("{\"t\":7}"), bed.telemetry("{\"t\":8}"));
    bed.answer(
        new Answer(
            true, ChainBed.json("{\"status\":404,\"statusText\":\"Not Found\",\"body\":\"no\"}")));
    bed.answer(Answer.failed("http://x could not be called: refused"));

    var recent = bed.figures("after").recent();
    assertThat(recent.getFirst().message().body()).isEqualTo(ChainBed.json("{\"t\":7}"));
    assertThat(recent.getFirst().message().metadata())
        .isEqualTo(
            ChainBed.json(
                "{\"status\":\"NOT_FOUND\",\"statusCode\":\"404\",\"statusReason\":\"Not"
                    + " Found\",\"error_body\":\"no\"}"));
    assertThat(recent.getLast().message().metadata().text("error", ""))
        .contains("could not be called");
    assertThat(bed.figures("rest").failed()).isEqualTo(2);
  }

  @Test
  void anAnswerForANodeThatIsGoneEndsQuietly() {
    bed.root(
        Chains.of("rest")
            .node("rest", Chains.REST, "{\"restEndpointUrlPattern\":\"http://x\"}")
            .json());
    bed.send(bed.telemetry("{}"));
    bed.engine.remove(ChainBed.ROOT);
    bed.answer(new Answer(true, JsonObject.EMPTY));
    assertThat(bed.asked).isEmpty();
  }

  @Test
  void theOldFormOfCallingAnotherChainWorks() {
    bed.deploy(OTHER, "Other", false, Chains.of("in").node("in", Chains.TYPE_FILTER, "{}").json());
    var metadata =
        Chains.of("start").node("start", Chains.TYPE_FILTER, "{}").json().toBuilder()
            .put(
                "ruleChainConnections",
                JsonArray.of(
                    ChainBed.json(
                        "{\"fromIndex\":0,\"type\":\"True\",\"targetRuleChainId\":{\"entityType\":\"RULE_CHAIN\",\"id\":\""
                            + OTHER
                            + "\"}}")))
            .build();
    bed.root(metadata);
    bed.send(bed.telemetry("{}"));
    assertThat(bed.figures(OTHER, "in").received()).isEqualTo(1);
  }

  @Test
  void aTenantWithoutARootChainDropsNothingAndFailsNothing() {
    bed.send(bed.telemetry("{}"));
    assertThat(bed.engine.figures(ChainBed.ROOT)).isEmpty();
  }

  @Test
  void aNodeTypeThatIsNotBuiltFailsItsMessagesWithTheReason() {
    bed.root(
        Chains.of("edge")
            .node("edge", "org.thingsboard.rule.engine.edge.TbMsgPushToEdgeNode", "{}")
            .node("sms", "org.thingsboard.rule.engine.rabbitmq.TbRabbitMqNode", "{}")
            .connect("edge", "Failure", "sms")
            .json());
    bed.send(bed.telemetry("{}"));
    assertThat(bed.figures("edge").lastError()).contains("no counterpart");
    assertThat(bed.figures("sms").lastError()).contains("rabbitmq.TbRabbitMqNode is not built");
    assertThat(bed.engine.problems(ChainBed.ROOT))
        .extracting(ChainProblem::kind)
        .containsOnly(ChainProblem.Kind.INOPERABLE);
  }

  @Test
  void aChangeOfNameKeepsTheFigures() {
    var metadata =
        RuleChainJson.withIds(
            Chains.of("only").node("only", Chains.TYPE_FILTER, "{}").json(),
            ChainBed.ROOT,
            UUID::randomUUID);
    deploy("Before", metadata);
    bed.send(bed.telemetry("{}"));
    deploy("After", metadata);
    bed.send(bed.telemetry("{}"));
    assertThat(bed.figures("only").received()).isEqualTo(2);
  }

  private void deploy(String name, JsonObject metadata) {
    bed.engine.deploy(
        List.of(new ChainDefinition(ChainBed.ROOT, ChainBed.TENANT, name, true, metadata)));
  }
}
