package io.millrace.wire.admin;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.store.messages.LoggedMessage;
import io.millrace.store.messages.LoggedPublish;
import io.millrace.store.messages.MessageLog;
import io.millrace.store.messages.TopicMatcher;
import io.millrace.wire.http.HttpError;
import io.millrace.wire.mqtt.ReplayFilter;
import java.util.Optional;

/// What the message log holds: a device's raw messages, or what was published to topics.
final class MessagesApi {
  private final MessageLog log;
  private final Clock clock;

  MessagesApi(MessageLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  void routes(Routes routes) {
    routes.get("/api/messages", this::messages);
  }

  private Optional<JsonValue> messages(Call call) {
    long now = clock.millis();
    long since = call.query("since").map(text -> ReplayFilter.since(text, now)).orElse(0L);
    long until = call.query("until").map(text -> ReplayFilter.since(text, now)).orElse(now + 1);
    int limit = (int) call.number("limit", 100, 1, call.config().pageRowsMax());
    if (until < since) {
      throw HttpError.badField("until", "is before since");
    }
    var device = call.query("deviceId");
    if (device.isPresent()) {
      return Optional.of(ofDevice(call, device.get(), since, until, limit));
    }
    var topic = call.query("topic");
    if (topic.isEmpty()) {
      throw HttpError.badRequest("Give deviceId, or topic (a topic filter)");
    }
    return Optional.of(ofTopic(topic.get(), since, until, limit));
  }

  private JsonValue ofDevice(Call call, String id, long since, long until, int limit) {
    var device = EntityId.of(EntityType.DEVICE, id);
    var tenant =
        call.caller().isSystemAdministrator()
            ? EntityId.of(EntityType.TENANT, call.required("tenantId"))
            : call.caller().tenantId();
    var found = log.messages(new MessageLog.Query(tenant, device, since, until, limit));
    return JsonObject.of("messages", Shapes.array(found, MessagesApi::shape))
        .with("complete", JsonBoolean.of(found.size() < limit));
  }

  private JsonValue ofTopic(String filter, long since, long until, int limit) {
    var page = log.published(TopicMatcher.of(filter), since, until, limit);
    return JsonObject.of("messages", Shapes.array(page.messages(), MessagesApi::shape))
        .with("complete", JsonBoolean.of(page.isComplete()))
        .with("next", new JsonLong(page.next()));
  }

  private static JsonObject shape(LoggedMessage message) {
    return JsonObject.builder()
        .put("id", message.id().toString())
        .put("receivedAt", message.receivedAt())
        .put("ts", message.ts())
        .put("type", message.type())
        .put("metadata", message.metadata())
        .put("body", message.body())
        .build();
  }

  static JsonObject shape(LoggedPublish message) {
    var shape =
        JsonObject.builder()
            .put("ts", message.at())
            .put("topic", message.topic())
            .put("qos", message.qos())
            .put("retain", message.retain());
    return Shapes.payload(shape, message.payload()).build();
  }
}
