package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One command of a WebSocket frame.
///
/// ThingsBoard has two forms: `{"authCmd":{…},"cmds":[{"type":"TIMESERIES",…}]}`, and, older,
/// `{"tsSubCmds":[…],"attrSubCmds":[…],"historyCmds":[…]}`. Both become this.
record SocketCommand(Kind kind, JsonObject json) implements RangeRequest.Parameters {
  /// What a command asks for.
  enum Kind {
    AUTH,
    TIMESERIES,
    TIMESERIES_HISTORY,
    ATTRIBUTES,
    ALARM_DATA,
    ALARM_COUNT,
    ENTITY_DATA,
    ENTITY_COUNT,
    NOTIFICATIONS,
    NOTIFICATIONS_COUNT,
    MARK_NOTIFICATIONS_AS_READ,
    MARK_ALL_NOTIFICATIONS_AS_READ,
    UNSUBSCRIBE,
    UNKNOWN
  }

  static List<SocketCommand> of(JsonObject frame) {
    var commands = new ArrayList<SocketCommand>();
    if (frame.get("authCmd") instanceof JsonObject auth) {
      commands.add(new SocketCommand(Kind.AUTH, auth));
    }
    add(commands, frame, "cmds", null);
    add(commands, frame, "attrSubCmds", Kind.ATTRIBUTES);
    add(commands, frame, "tsSubCmds", Kind.TIMESERIES);
    add(commands, frame, "historyCmds", Kind.TIMESERIES_HISTORY);
    add(commands, frame, "alarmDataCmds", Kind.ALARM_DATA);
    add(commands, frame, "alarmCountCmds", Kind.ALARM_COUNT);
    add(commands, frame, "entityDataCmds", Kind.ENTITY_DATA);
    add(commands, frame, "entityCountCmds", Kind.ENTITY_COUNT);
    one(commands, frame, "unreadCountSubCmd", Kind.NOTIFICATIONS_COUNT);
    one(commands, frame, "unreadSubCmd", Kind.NOTIFICATIONS);
    one(commands, frame, "markAsReadCmd", Kind.MARK_NOTIFICATIONS_AS_READ);
    one(commands, frame, "markAllAsReadCmd", Kind.MARK_ALL_NOTIFICATIONS_AS_READ);
    one(commands, frame, "unsubCmd", Kind.UNSUBSCRIBE);
    for (var kind : new String[] {"alarmData", "alarmCount", "entityData", "entityCount"}) {
      add(commands, frame, kind + "UnsubscribeCmds", Kind.UNSUBSCRIBE);
    }
    return commands;
  }

  private static void one(List<SocketCommand> commands, JsonObject frame, String name, Kind kind) {
    if (frame.get(name) instanceof JsonObject json) {
      commands.add(new SocketCommand(kind, json));
    }
  }

  private static void add(
      List<SocketCommand> commands,
      JsonObject frame,
      String name,
      @org.jspecify.annotations.Nullable Kind kind) {
    if (frame.get(name) instanceof JsonArray list) {
      for (var each : list.values()) {
        if (each instanceof JsonObject json) {
          commands.add(new SocketCommand(kind == null ? kindOf(json) : kind, json));
        }
      }
    }
  }

  private static Kind kindOf(JsonObject json) {
    var type = json.text("type", "").toUpperCase(Locale.ROOT);
    if (type.endsWith("_UNSUBSCRIBE")) {
      return Kind.UNSUBSCRIBE;
    }
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.name().equals(type))
        .findFirst()
        .orElse(Kind.UNKNOWN);
  }

  long id() {
    return number("cmdId", 0);
  }

  boolean isUnsubscribe() {
    return kind == Kind.UNSUBSCRIBE || json.get("unsubscribe") == JsonBoolean.TRUE;
  }

  boolean isMark() {
    return kind == Kind.MARK_NOTIFICATIONS_AS_READ || kind == Kind.MARK_ALL_NOTIFICATIONS_AS_READ;
  }

  EntityId entity() {
    return new EntityId(
        Request.choice("entityType", EntityType.class, json.text("entityType", "DEVICE")),
        Request.uuid("entityId", entityId(json.get("entityId"))));
  }

  // sent as a UUID by most, as {"entityType","id"} by some
  private static String entityId(@org.jspecify.annotations.Nullable JsonValue value) {
    return switch (value) {
      case JsonString(var text) -> text;
      case JsonObject object -> object.text("id", "");
      case null, default -> "";
    };
  }

  /// Keys, as a comma-separated text or as a list; empty means all.
  Set<String> keys() {
    var keys = new LinkedHashSet<String>();
    if (json.get("keys") instanceof JsonString(var text)) {
      Arrays.stream(text.split(","))
          .map(String::strip)
          .filter(k -> !k.isEmpty())
          .forEach(keys::add);
    } else if (json.get("keys") instanceof JsonArray list) {
      list.values().forEach(key -> keys.add(key.asText()));
    }
    return keys;
  }

  String text(String name, String fallback) {
    return json.text(name, fallback);
  }

  @Override
  public Optional<String> text(String name) {
    var value = json.get(name);
    return value == null || value instanceof JsonNull || value.asText().isEmpty()
        ? Optional.empty()
        : Optional.of(value.asText());
  }

  @Override
  public long number(String name, long fallback) {
    return switch (json.get(name)) {
      case JsonLong(long number) -> number;
      case JsonString(var text) when !text.isEmpty() -> parsed(name, text);
      case null, default -> fallback;
    };
  }

  private static long parsed(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw HttpError.badField(name, "is '%s', not a whole number".formatted(text));
    }
  }
}
