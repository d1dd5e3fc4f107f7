package io.millrace.wire.kafka;

import io.millrace.base.json.JsonValue;
import io.millrace.base.runtime.Clock;
import io.millrace.wire.schemas.PoisonException;
import io.millrace.wire.schemas.RegistryConfig;
import io.millrace.wire.schemas.RegistryException;
import io.millrace.wire.schemas.SchemaRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Values in Confluent's wire format as pages see them, with the registry of `kafka.registry.url`.
///
/// Never fails: what the registry does not know, or cannot say now, is shown as bytes. It is not
/// asked again for a while, so that a page waits once and not for each record. Any thread.
final class SchemaValues {
  private static final int HEADER = 5;
  private static final int REFUSED_MAX = 1_000;
  private static final long UNKNOWN_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long AWAY_NANOS = Duration.ofSeconds(10).toNanos();

  /// A value, and what it was written as: `avro`, `protobuf` or `json`.
  record Shown(JsonValue value, String type) {}

  private final Optional<SchemaRegistry> registry;
  private final SchemaRegistry.Place place;
  private final Clock clock;
  private final Map<Integer, Long> refused = new LinkedHashMap<>();
  private boolean isAway;
  private long awayUntil;

  SchemaValues(RegistryConfig config, Clock clock) {
    this.registry =
        config.url().isEmpty() ? Optional.empty() : Optional.of(new SchemaRegistry(config));
    this.place = SchemaRegistry.Place.of(config.url(), config.user(), config.password());
    this.clock = clock;
  }

  /// Empty when it is no such value, or its schema cannot be had.
  Optional<Shown> read(byte[] value) {
    if (registry.isEmpty() || value.length < HEADER || value[0] != 0) {
      return Optional.empty();
    }
    return schema(registry.get(), ByteBuffer.wrap(value).getInt(1))
        .flatMap(schema -> shown(schema, value));
  }

  private static Optional<Shown> shown(SchemaRegistry.Schema schema, byte[] value) {
    try {
      var type = schema.type().toLowerCase(Locale.ROOT);
      return Optional.of(new Shown(schema.payload().read(value), type));
    } catch (PoisonException e) {
      return Optional.empty();
    }
  }

  private Optional<SchemaRegistry.Schema> schema(SchemaRegistry from, int id) {
    var known = from.known(place, id);
    if (known.isPresent() || !mayAsk(id)) {
      return known;
    }
    try {
      return Optional.of(from.schema(place, id));
    } catch (PoisonException unknown) {
      refuse(id);
    } catch (RegistryException e) {
      rest();
    }
    return Optional.empty();
  }

  private synchronized boolean mayAsk(int id) {
    long now = clock.nanos();
    var until = refused.get(id);
    return (!isAway || now - awayUntil > 0) && (until == null || now - until > 0);
  }

  private synchronized void refuse(int id) {
    refused.remove(id);
    refused.put(id, clock.nanos() + UNKNOWN_NANOS);
    if (refused.size() > REFUSED_MAX) {
      refused.remove(refused.keySet().iterator().next());
    }
  }

  private synchronized void rest() {
    isAway = true;
    awayUntil = clock.nanos() + AWAY_NANOS;
  }
}
