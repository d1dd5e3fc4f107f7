package io.millrace.wire.kafka;

import io.millrace.base.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Producers of rule nodes to other addresses than our own Kafka's: one for equal settings, and
/// no more than `kafka.node.producers`. Any thread.
final class NodeProducers implements AutoCloseable {
  private final int max;
  private final Map<JsonObject, Lent> producers = new LinkedHashMap<>(16, 0.75f, true);

  NodeProducers(int max) {
    this.max = max;
  }

  /// A producer in use until it is closed.
  final class Lent implements AutoCloseable {
    final Producer<byte[], byte[]> producer;
    private int users;

    private Lent(Producer<byte[], byte[]> producer) {
      this.producer = producer;
    }

    @Override
    public void close() {
      synchronized (NodeProducers.this) {
        users--;
      }
    }
  }

  /// @throws IOException when all producers are in use for others
  Lent lend(JsonObject settings) throws IOException {
    Lent old = null;
    Lent lent;
    synchronized (this) {
      lent = producers.get(settings);
      if (lent == null) {
        old = producers.size() < max ? null : takeIdle();
        lent = new Lent(open(settings));
        producers.put(settings, lent);
      }
      lent.users++;
    }
    if (old != null) {
      old.producer.close(Duration.ofSeconds(5));
    }
    return lent;
  }

  /// The one that was not used for longest goes.
  private @Nullable Lent takeIdle() throws IOException {
    var all = producers.entrySet().iterator();
    while (all.hasNext()) {
      var candidate = all.next().getValue();
      if (candidate.users == 0) {
        all.remove();
        return candidate;
      }
    }
    throw new IOException(
        "All %d producers of Kafka nodes are busy with other addresses; raise kafka.node.producers"
            .formatted(max));
  }

  private static Producer<byte[], byte[]> open(JsonObject settings) {
    var all = new HashMap<String, Object>();
    all.put("client.id", "millrace-node");
    all.put("enable.metrics.push", false);
    all.put("auto.include.jmx.reporter", false);
    all.put("metric.reporters", "");
    all.put("max.in.flight.requests.per.connection", SharedClients.IN_FLIGHT);
    settings.forEach((name, value) -> all.put(name, value.asText()));
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public synchronized void close() {
    producers.values().forEach(lent -> lent.producer.close(Duration.ofSeconds(2)));
    producers.clear();
  }
}
