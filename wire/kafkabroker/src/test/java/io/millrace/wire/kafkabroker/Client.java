package io.millrace.wire.kafkabroker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Apache's own Java client, in the tests' class loader.
record Client(String servers) {
  /// Of a broker that is started here.
  static Client of(EmbeddedBroker broker) {
    broker.start();
    return new Client(broker.address());
  }

  void create(String topic) throws ExecutionException, InterruptedException {
    try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  KafkaProducer<String, String> producer() {
    return new KafkaProducer<>(
        settings(
            Map.of(
                "max.block.ms", 3_000, "request.timeout.ms", 3_000, "delivery.timeout.ms", 4_000)),
        new StringSerializer(),
        new StringSerializer());
  }

  void send(String topic, String value) throws ExecutionException, InterruptedException {
    try (var producer = producer()) {
      producer.send(new ProducerRecord<>(topic, value)).get();
    }
  }

  void commit(String group, String topic, long offset) {
    try (var consumer = consumer(group)) {
      consumer.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)));
    }
  }

  long committed(String group, String topic) {
    var partition = new TopicPartition(topic, 0);
    try (var consumer = consumer(group)) {
      return consumer.committed(java.util.Set.of(partition)).get(partition).offset();
    }
  }

  /// Everything in partition 0.
  List<String> all(String topic) {
    var partition = new TopicPartition(topic, 0);
    var values = new ArrayList<String>();
    try (var consumer = consumer("reader")) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
      }
    }
    return values;
  }

  private KafkaConsumer<String, String> consumer(String group) {
    return new KafkaConsumer<>(
        settings(Map.of("group.id", group, "enable.auto.commit", false)),
        new StringDeserializer(),
        new StringDeserializer());
  }

  private Map<String, Object> settings(Map<String, Object> more) {
    var settings = new HashMap<String, Object>(more);
    settings.put("bootstrap.servers", servers);
    return settings;
  }
}
