package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.engine.pipeline.Delivery;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/// Sends the records of Kafka rule nodes: to our own Kafka through the shared producer, elsewhere
/// through one of [NodeProducers].
///
/// While our own Kafka is away a call waits for it here, so that it does not use up its tries.
public final class KafkaDelivery implements Delivery, AutoCloseable {
  /// The kind of call that it delivers.
  public static final String KIND = "kafka";

  /// The header that a record has once however often it is sent.
  static final String ID_HEADER = "millrace.id";

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private final KafkaConnection kafka;
  private final NodeProducers others;

  public KafkaDelivery(FlowConfig config, KafkaConnection kafka) {
    this.kafka = kafka;
    this.others = new NodeProducers(config.node().producers());
  }

  @Override
  public String peer(OutsideCall call) {
    return servers(call.request());
  }

  @Override
  public Answer deliver(OutsideCall call, String idempotencyKey) throws IOException {
    var request = call.request();
    try {
      var record = record(request, idempotencyKey);
      if (isOurs(servers(request))) {
        kafka.awaitUp(PATIENCE);
        return send(kafka.producer(), record);
      }
      try (var lent = others.lend(settings(request))) {
        return send(lent.producer, record);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Millrace is stopping");
    } catch (KafkaUnavailableException e) {
      throw new IOException(e.getMessage(), e);
    } catch (KafkaException e) {
      if (isFinal(e)) {
        return Answer.failed("Kafka refuses: " + reason(e)); // it would be refused again
      }
      throw new IOException("Kafka at %s: %s".formatted(servers(request), e.getMessage()), e);
    }
  }

  private static Answer send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record)
      throws InterruptedException, IOException {
    try {
      return answer(producer.send(record).get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException kafka) {
        throw kafka;
      }
      throw new IOException("Kafka: " + e.getCause(), e);
    }
  }

  private static Answer answer(RecordMetadata put) {
    return new Answer(
        true,
        JsonObject.builder()
            .put("offset", put.offset())
            .put("partition", put.partition())
            .put("topic", put.topic())
            .build());
  }

  private static ProducerRecord<byte[], byte[]> record(JsonObject request, String id) {
    var record =
        new ProducerRecord<byte[], byte[]>(
            request.text("topic", ""),
            bytes(request, "key"),
            request.text("value", "").getBytes(StandardCharsets.UTF_8));
    record.headers().add(ID_HEADER, id.getBytes(StandardCharsets.UTF_8));
    if (request.get("headers") instanceof JsonObject headers) {
      var charset = Charset.forName(request.text("charset", "UTF-8"));
      headers.forEach(
          (name, value) -> record.headers().add(name, value.asText().getBytes(charset)));
    }
    return record;
  }

  private static byte @Nullable [] bytes(JsonObject request, String name) {
    return request.get(name) instanceof JsonString(var text)
        ? text.getBytes(StandardCharsets.UTF_8)
        : null;
  }

  private static JsonObject settings(JsonObject request) {
    return request.get("producer") instanceof JsonObject producer ? producer : JsonObject.EMPTY;
  }

  private static String servers(JsonObject request) {
    return settings(request).text("bootstrap.servers", "");
  }

  private boolean isOurs(String servers) {
    return servers.isEmpty() || plain(servers).equals(plain(kafka.health().bootstrapServers()));
  }

  private static String plain(String servers) {
    return servers.replace("localhost:", "127.0.0.1:");
  }

  /// Others are a network's or a closing producer's: another try may do.
  private static boolean isFinal(KafkaException e) {
    return e instanceof ApiException
        && !(e instanceof RetriableException)
        && !(e instanceof InvalidProducerEpochException);
  }

  private static String reason(KafkaException e) {
    var cause = e.getCause();
    return cause != null && cause.getMessage() != null
        ? e.getMessage() + ": " + cause.getMessage()
        : String.valueOf(e.getMessage());
  }

  @Override
  public void close() {
    others.close();
  }
}
