package io.millrace.wire.kafka;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.pipeline.TelemetryRow;
import io.millrace.wire.schemas.Payload;
import io.millrace.wire.schemas.PlainPayloads;
import io.millrace.wire.schemas.PoisonException;
import io.millrace.wire.schemas.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Reads records as a [SourceMapping] says. One thread.
final class RecordReader {
  private static final int NAME_LENGTH_MAX = 255;

  private final SourceMapping mapping;
  private final Payload payload;
  private final FieldPath devicePath;
  private final FieldPath valuesPath;
  private final FieldPath timePath;
  private final @Nullable Pattern topicName;

  RecordReader(SourceMapping mapping, Payload payload) {
    this.mapping = mapping;
    this.payload = payload;
    this.devicePath = FieldPath.of(mapping.deviceSelector());
    this.valuesPath = FieldPath.of(mapping.valuesPath());
    this.timePath = FieldPath.of(mapping.timePath());
    this.topicName =
        mapping.deviceFrom() == SourceMapping.DeviceFrom.TOPIC
            ? Pattern.compile(mapping.deviceSelector())
            : null;
  }

  /// @throws PoisonException when it cannot be taken
  /// @throws RegistryException when it cannot be read now
  Reading read(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      throw new PoisonException("The record has no value (it is a tombstone)");
    }
    var value = payload.read(record.value());
    var device = device(record, value);
    var values = mapping.valuesPath().isBlank() ? value : valuesPath.find(value);
    if (values == null) {
      throw new PoisonException("The value has no \"%s\"".formatted(mapping.valuesPath()));
    }
    return mapping.content() == SourceMapping.Content.ATTRIBUTES
        ? new Reading.Attributes(device, attributes(values))
        : new Reading.Telemetry(device, rows(values, ts(record, value)));
  }

  private String device(ConsumerRecord<byte[], byte[]> record, JsonValue value) {
    var found = named(record, value);
    if (found == null || found.isBlank()) {
      if (mapping.deviceFallback().isBlank()) {
        throw new PoisonException(
            "Nothing names the device (%s %s), and the source has no deviceFallback"
                .formatted(mapping.deviceFrom(), mapping.deviceSelector()));
      }
      return mapping.deviceFallback();
    }
    var name = mapping.devicePrefix() + found.strip();
    if (name.length() > NAME_LENGTH_MAX) {
      throw new PoisonException(
          "The device's name has %d characters; %d is the most"
              .formatted(name.length(), NAME_LENGTH_MAX));
    }
    return name;
  }

  private @Nullable String named(ConsumerRecord<byte[], byte[]> record, JsonValue value) {
    return switch (mapping.deviceFrom()) {
      case KEY -> record.key() == null ? null : key(record.key());
      case HEADER -> {
        var header = record.headers().lastHeader(mapping.deviceSelector());
        yield header == null || header.value() == null ? null : PlainPayloads.text(header.value());
      }
      case FIELD -> {
        var field = devicePath.find(value);
        yield field == null || field == JsonNull.NULL ? null : field.asText();
      }
      case TOPIC -> topic(record.topic());
      case FIXED -> mapping.deviceSelector();
    };
  }

  /// A key that was written as JSON text stands in quotes.
  private static String key(byte[] key) {
    var text = PlainPayloads.text(key);
    return text.startsWith("\"") && PlainPayloads.plain(key) instanceof JsonString(var inner)
        ? inner
        : text;
  }

  private @Nullable String topic(String name) {
    if (topicName == null) {
      return null;
    }
    var match = topicName.matcher(name);
    return match.find() ? match.group(1) : null;
  }

  private long ts(ConsumerRecord<byte[], byte[]> record, JsonValue value) {
    return switch (mapping.timeFrom()) {
      case SERVER -> TelemetryRow.NO_TS;
      case RECORD -> record.timestamp() < 0 ? TelemetryRow.NO_TS : record.timestamp();
      case FIELD -> {
        if (timePath.find(value) instanceof JsonLong(long ts)) {
          yield ts;
        }
        throw new PoisonException(
            "\"%s\" is not a whole number of milliseconds since 1970"
                .formatted(mapping.timePath()));
      }
    };
  }

  private JsonObject attributes(JsonValue values) {
    var object = values instanceof JsonObject given ? given : named(values);
    return withoutNulls(object);
  }

  private List<TelemetryRow> rows(JsonValue values, long ts) {
    var rows = new ArrayList<TelemetryRow>(1);
    if (values instanceof JsonArray list
        && list.values().stream().allMatch(JsonObject.class::isInstance)) {
      list.values().forEach(row -> add(row, ts, rows));
    } else {
      add(values, ts, rows);
    }
    if (rows.isEmpty()) {
      throw new PoisonException("The value holds nothing to store");
    }
    return rows;
  }

  /// `{key: value, …}` or ThingsBoard's `{"ts": …, "values": {…}}`.
  private void add(JsonValue value, long ts, List<TelemetryRow> rows) {
    if (value instanceof JsonObject object
        && object.get("ts") instanceof JsonLong(long own)
        && object.get("values") instanceof JsonObject inner) {
      rows.add(new TelemetryRow(own, withoutNulls(inner)));
    } else {
      rows.add(
          new TelemetryRow(
              ts, withoutNulls(value instanceof JsonObject object ? object : named(value))));
    }
  }

  private JsonObject named(JsonValue value) {
    return JsonObject.of(mapping.valueKey(), value);
  }

  private static JsonObject withoutNulls(JsonObject values) {
    boolean isClean = true;
    for (int i = 0; i < values.size(); i++) { // hot path: nearly always clean
      isClean &= values.value(i) != JsonNull.NULL && !values.name(i).isEmpty();
    }
    var kept = isClean ? values : cleaned(values);
    if (kept.isEmpty()) {
      throw new PoisonException("The value holds nothing to store");
    }
    return kept;
  }

  private static JsonObject cleaned(JsonObject values) {
    var kept = JsonObject.builder();
    values.forEach(
        (key, value) -> {
          if (value != JsonNull.NULL && !key.isEmpty()) {
            kept.put(key, value);
          }
        });
    return kept.build();
  }
}
