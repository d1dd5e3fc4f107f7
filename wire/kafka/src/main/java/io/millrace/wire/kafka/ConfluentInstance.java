package io.millrace.wire.kafka;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.wire.http.HttpError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// One consumer instance: a Kafka consumer that one request at a time may use.
final class ConfluentInstance {
  private final String owner;
  private final boolean isBinary;
  private final Consumer<byte[], byte[]> consumer;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile long lastUsedNanos;
  private boolean isClosed; // guarded by lock

  /// @param owner the tenant whose administrators may use it
  ConfluentInstance(
      String owner, boolean isBinary, Consumer<byte[], byte[]> consumer, long nowNanos) {
    this.owner = owner;
    this.isBinary = isBinary;
    this.consumer = consumer;
    this.lastUsedNanos = nowNanos;
  }

  boolean isOf(String tenant) {
    return owner.equals(tenant);
  }

  boolean isIdleSince(long nanos) {
    return lastUsedNanos - nanos < 0 && !lock.isLocked();
  }

  <T> T use(long nowNanos, Function<Consumer<byte[], byte[]>, T> work) throws InterruptedException {
    if (!lock.tryLock(1, TimeUnit.SECONDS)) {
      throw HttpError.conflict("Another request uses this consumer instance; one at a time");
    }
    try {
      if (isClosed) {
        throw HttpError.notFound("The consumer instance was closed");
      }
      lastUsedNanos = nowNanos;
      return work.apply(consumer);
    } finally {
      lock.unlock();
    }
  }

  /// Records as soon as there are any, or none after `timeout`.
  JsonArray records(long nowNanos, Duration timeout) throws InterruptedException {
    return use(
        nowNanos,
        kafka -> {
          List<JsonValue> records = new ArrayList<>();
          kafka.poll(timeout).forEach(record -> records.add(json(record)));
          return new JsonArray(records);
        });
  }

  private JsonObject json(ConsumerRecord<byte[], byte[]> record) {
    return JsonObject.builder()
        .put("topic", record.topic())
        .put("key", value(record.key()))
        .put("value", value(record.value()))
        .put("partition", record.partition())
        .put("offset", record.offset())
        .build();
  }

  /// In the JSON format what is not JSON comes as a string: text as it is, other bytes as Base64.
  private JsonValue value(byte @Nullable [] bytes) {
    if (bytes == null) {
      return JsonNull.NULL;
    }
    if (!isBinary) {
      try {
        return Json.parse(bytes);
      } catch (JsonSyntaxException e) {
        var text = RecordJson.text(bytes);
        if (text != null) {
          return new JsonString(text);
        }
      }
    }
    return new JsonString(Base64.getEncoder().encodeToString(bytes));
  }

  void close() {
    lock.lock();
    try {
      if (!isClosed) {
        isClosed = true;
        consumer.close();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return Objects.toIdentityString(this);
  }
}
