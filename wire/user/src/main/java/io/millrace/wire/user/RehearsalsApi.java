package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.engine.pipeline.Pipeline;
import io.millrace.engine.rules.ChainTest;
import io.millrace.engine.rules.EffectsDifference;
import io.millrace.engine.rules.Rehearsal;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.store.messages.LoggedMessage;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Tries a change of a rule chain: tests as data, and messages of the log again, both without
/// touching the world.
final class RehearsalsApi {
  private static final String CHAIN = "/api/ruleChain/{ruleChainId}";
  private static final int MESSAGES_MAX = 100_000;
  private static final int SHOWN_MAX = 1_000;

  private final Guard guard;
  private final RuleEngine rules;
  private final Pipeline pipeline;

  RehearsalsApi(Guard guard, RuleEngine rules, Pipeline pipeline) {
    this.guard = guard;
    this.rules = rules;
    this.pipeline = pipeline;
  }

  void routes(RouteTable table) {
    table.post(
        CHAIN + "/test",
        RouteTable.TENANT,
        "Runs a chain test: {metadata (absent: as it is), test: {steps}}.",
        this::test);
    table.post(
        CHAIN + "/replay",
        RouteTable.TENANT,
        "Runs logged messages through the chain as it is and as {metadata, since, until} has it;"
            + " tells what would be different.",
        this::replay);
  }

  private Reply test(Request request) {
    var body = request.bodyObject();
    var test = body.get("test") instanceof JsonObject given ? given : body;
    try (var rehearsal = rehearsal(request, changed(body), true)) {
      var failures = ChainTest.run(test, rehearsal);
      return Reply.of(
          JsonObject.builder()
              .put("passed", failures.isEmpty())
              .put("failures", array(failures.stream().<JsonValue>map(JsonString::new).toList()))
              .put("effects", effects(rehearsal.effects()))
              .build());
    } catch (IllegalArgumentException e) {
      throw HttpError.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private Reply replay(Request request) {
    var _ = chain(request); // before anything is said of the log
    var body = request.bodyObject();
    var messages = messages(new Fields(body));
    var before = run(request, JsonObject.EMPTY, messages);
    var after = run(request, changed(body), messages);
    var difference = EffectsDifference.of(before, after);
    return Reply.of(
        JsonObject.builder()
            .put("messages", messages.size())
            .put("effectsBefore", before.size())
            .put("effectsAfter", after.size())
            .put("onlyBefore", effects(difference.onlyBefore()))
            .put("onlyAfter", effects(difference.onlyAfter()))
            .build());
  }

  private List<Rehearsal.Effect> run(
      Request request, JsonObject changed, List<LoggedMessage> messages) {
    try (var rehearsal = rehearsal(request, changed, false)) {
      for (var each : messages) {
        rehearsal.run(
            new RuleMessage(
                each.id(), each.ts(), each.type(), each.originator(), each.metadata(), each.body()),
            each.receivedAt());
      }
      return rehearsal.effects();
    }
  }

  private List<LoggedMessage> messages(Fields range) {
    var log =
        pipeline
            .messages()
            .orElseThrow(
                () ->
                    HttpError.badRequest(
                        "No messages are kept to replay; see the settings messages.*"));
    var found = new ArrayList<LoggedMessage>();
    log.eachMessage(
        Caller.current().tenantId(),
        range.number("since").orElse(0),
        range.number("until").orElse(Long.MAX_VALUE),
        message -> found.add(message) && found.size() < MESSAGES_MAX);
    return found;
  }

  /// @param isAlone whether messages enter this chain; otherwise where their originators' do
  private Rehearsal rehearsal(Request request, JsonObject changed, boolean isAlone) {
    var chain = chain(request);
    if (!changed.isEmpty()) {
      rules.requireSound(changed);
    }
    var tenant = Caller.current().tenantId();
    return isAlone
        ? rules.rehearseFrom(tenant, chain, changed)
        : rules.rehearse(tenant, chain, changed);
  }

  private UUID chain(Request request) {
    return guard.ruleChain(request.id("ruleChainId", EntityType.RULE_CHAIN)).id().id();
  }

  private static JsonObject changed(JsonObject body) {
    return body.get("metadata") instanceof JsonObject metadata ? metadata : JsonObject.EMPTY;
  }

  static JsonArray effects(List<Rehearsal.Effect> effects) {
    return array(
        effects.stream().limit(SHOWN_MAX).<JsonValue>map(Rehearsal.Effect::toJson).toList());
  }

  private static JsonArray array(List<JsonValue> values) {
    return new JsonArray(values);
  }
}
