package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RehearsalTest {
  private static final String CHAIN =
      """
      {"firstNodeIndex":0,
       "nodes":[
        {"type":"org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode","name":"save","configurationVersion":1,"configuration":{}},
        {"type":"org.thingsboard.rule.engine.filter.TbJsFilterNode","name":"hot","configuration":{"scriptLang":"JS","jsScript":"return msg.t > %d;"}},
        {"type":"org.thingsboard.rule.engine.action.TbCreateAlarmNode","name":"alarm","configuration":{"alarmType":"Hot","severity":"MAJOR","scriptLang":"JS","alarmDetailsBuildJs":"return {t: msg.t};"}},
        {"type":"org.thingsboard.rule.engine.delay.TbMsgDelayNode","name":"later","configuration":{"periodInSeconds":5,"maxPendingMsgs":10}},
        {"type":"org.thingsboard.rule.engine.rest.TbRestApiCallNode","name":"call","configuration":{"restEndpointUrlPattern":"http://x.example/$[t]","requestMethod":"POST"}}],
       "connections":[{"fromIndex":0,"toIndex":1,"type":"Success"},{"fromIndex":1,"toIndex":2,"type":"True"},
        {"fromIndex":0,"toIndex":3,"type":"Success"},{"fromIndex":3,"toIndex":4,"type":"Success"}]}
      """;
  @TempDir private Path directory;
  private ChainBed bed;

  @BeforeEach
  void open() {
    bed = new ChainBed(directory);
    bed.root(ChainBed.json(CHAIN.formatted(20)));
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @Test
  void theSameMessagesThroughTheSameChainGiveEffectsThatAreEqualToTheByte() {
    var messages = messages(300);
    var first = text(run(messages, JsonObject.EMPTY));
    var second = text(run(messages, JsonObject.EMPTY));

    assertThat(first).isEqualTo(second).contains("\"alarm\"").contains("\"call\"");
    assertThat(bed.asked).as("calls that were made").isEmpty();
    assertThat(bed.timeseries.keys(ChainBed.DEVICE)).as("what was stored").isEmpty();
  }

  @Test
  void aChangedThresholdShowsAsAlarmsThatAreMissing() {
    var messages = messages(60); // t runs from 0 to 29 and again
    var before = run(messages, JsonObject.EMPTY);
    var after = run(messages, ChainBed.json(CHAIN.formatted(25)));

    var difference = EffectsDifference.of(before, after);

    assertThat(difference.onlyBefore())
        .allSatisfy(effect -> assertThat(effect.kind()).isEqualTo("alarm"))
        .hasSize(10 + 1); // 21 to 25 twice, and the first alarm is a CREATED at 21, not at 26
    assertThat(difference.onlyAfter()).singleElement().hasToString(created(26));
  }

  private static String created(int t) {
    var message = 1_767_225_600_000L + 1000L * t;
    return "Effect[ts=%d, kind=alarm, what={\"entity\":\"%s\",\"change\":\"CREATED\",\"type\":\"Hot\",\"severity\":\"MAJOR\",\"details\":{\"t\":%d}}]"
        .formatted(message, ChainBed.DEVICE, t);
  }

  @Test
  void aChainTestSaysWhatIsNotAsExpected() {
    var test =
        """
        {"steps":[
          {"send":[{"body":{"t":21}}],
           "expect":[{"kind":"telemetry","key":"t","value":21},{"kind":"alarm","change":"CREATED","type":"Hot","details":{"t":21}}],"only":true},
          {"advanceMs":5000,"expect":[{"kind":"call","request":{"method":"POST","url":"http://x.example/21"}}],"only":true},
          {"answer":{"status":200,"body":"{}"},"only":true},
          {"send":[{"body":{"t":%d}}],"expect":[{"kind":"telemetry","value":19}],"only":true}]}
        """;
    assertThat(check(test.formatted(19))).isEmpty();
    assertThat(check(test.formatted(22)))
        .hasSize(3) // the value is another, it is saved all the same, and the alarm is updated
        .anySatisfy(failure -> assertThat(failure).contains("Step 3").contains("\"value\":19"));
  }

  @Test
  void timeAndChanceOfScriptsAreTheMessages() {
    bed.root(
        ChainBed.json(
            """
            {"firstNodeIndex":0,"nodes":[
              {"type":"org.thingsboard.rule.engine.transform.TbTransformMsgNode","name":"now","configuration":{"scriptLang":"JS","jsScript":"return {msg: {now: Date.now(), chance: Math.random()}, metadata: metadata, msgType: msgType};"}},
              {"type":"org.thingsboard.rule.engine.telemetry.TbMsgTimeseriesNode","name":"save","configurationVersion":1,"configuration":{}}],
             "connections":[{"fromIndex":0,"toIndex":1,"type":"Success"}]}\
            """));
    var messages = messages(20);

    var first = text(run(messages, JsonObject.EMPTY));
    bed.time.advance(Duration.ofDays(1));

    assertThat(text(run(messages, JsonObject.EMPTY)))
        .isEqualTo(first)
        .contains("\"value\":" + messages.getLast().ts());
  }

  @Test
  void aTestIsRecordedFromWhatAMessageDidAndHoldsUntilTheChainDoesOtherwise() {
    bed.attribute(ChainBed.DEVICE, "limit", 5);
    var message = bed.telemetry("{\"t\":25}");
    bed.send(message);

    var recorded = bed.engine.record(ChainBed.TENANT, ChainBed.ROOT, message.id());

    assertThat(recorded.get("given").toString()).contains("\"limit\":5");
    assertThat(recorded.get("steps").toString())
        .contains("\"change\":\"CREATED\"")
        .contains("\"advanceMs\":60000")
        .contains("http://x.example/25");
    assertThat(check(recorded, JsonObject.EMPTY)).isEmpty();
    assertThat(check(recorded, ChainBed.json(CHAIN.formatted(25))))
        .singleElement()
        .asString()
        .contains("Hot");
    var forgotten = new UUID(1, 1);
    assertThatThrownBy(() -> bed.engine.record(ChainBed.TENANT, ChainBed.ROOT, forgotten))
        .hasMessageContaining("rules.recentPerNode");
  }

  private List<String> check(JsonObject test, JsonObject changed) {
    try (var rehearsal = bed.engine.rehearseFrom(ChainBed.TENANT, ChainBed.ROOT, changed)) {
      return ChainTest.run(test, rehearsal);
    }
  }

  private List<String> check(String test) {
    try (var rehearsal = bed.engine.rehearse(ChainBed.TENANT, ChainBed.ROOT, JsonObject.EMPTY)) {
      return ChainTest.run(ChainBed.json(test), rehearsal);
    }
  }

  private List<RuleMessage> messages(int count) {
    var messages = new ArrayList<RuleMessage>();
    for (int i = 0; i < count; i++) {
      messages.add(
          bed.telemetry("{\"t\":%d}".formatted(i % 30))
              .withId(new UUID(7, i))
              .withTs(bed.time.millis() + 1000L * i));
    }
    return messages;
  }

  private List<Rehearsal.Effect> run(List<RuleMessage> messages, JsonObject changed) {
    try (var rehearsal = bed.engine.rehearse(ChainBed.TENANT, ChainBed.ROOT, changed)) {
      messages.forEach(message -> rehearsal.run(message, message.ts()));
      rehearsal.advance(messages.getLast().ts() + 60_000);
      return rehearsal.effects();
    }
  }

  private static String text(List<Rehearsal.Effect> effects) {
    return String.join("\n", effects.stream().map(each -> each.toJson().toString()).toList());
  }
}
