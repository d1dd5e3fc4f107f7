package io.millrace.wire.kafkabroker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/// A process of its own with a broker, to be killed: writes records and says how many were
/// acknowledged, then goes on writing.
final class BrokerProcess {
  static final int ACKNOWLEDGED = 5_000;

  private BrokerProcess() {}

  static void main(String[] arguments) throws Exception {
    var client = Client.of(Brokers.in(Path.of(arguments[0])));
    client.create("readings");
    try (var producer = client.producer()) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < ACKNOWLEDGED; i++) {
        sent.add(producer.send(new ProducerRecord<>("readings", "r" + i)));
      }
      for (var one : sent) {
        one.get();
      }
      client.commit("watchers", "readings", 1_234);
      System.out.println("acknowledged");
      for (long i = ACKNOWLEDGED; ; i++) {
        producer.send(new ProducerRecord<>("readings", "r" + i));
      }
    }
  }
}
