package io.millrace.wire.kafka;

import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;

final class SourceLoad {
  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[0]);
    var broker = BrokerProcess.shared();
    var house = new FlowHouse(Files.createTempDirectory("load"), broker.servers());
    house.pipeline.start();
    house.kafka.awaitUp(FlowHouse.SOON);
    var topic = "load";
    house.kafka.admin().createTopics(List.of(new NewTopic(topic, 4, (short) 1))).all().get();
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < count; i++) {
        house
            .kafka
            .producer()
            .send(
                new ProducerRecord<>(
                    topic,
                    FlowHouse.bytes("d" + i % 1000),
                    FlowHouse.bytes(
                        "{\"temperature\":" + i % 977 / 10.0 + ",\"humidity\":" + i % 89 + "}")));
      }
      house.kafka.producer().flush();
      var source =
          new RecordSource(
              house.sourceParts(),
              new UUID(1, 1),
              house.tenant,
              FlowHouse.mapping(
                  "{\"name\":\"s\",\"topicPattern\":\"load\",\"timeFrom\":\"SERVER\"}"));
      long start = System.nanoTime();
      source.start();
      while (true) {
        var s = source.now();
        if (s.records() >= count && s.inFlight() == 0) break;
        Thread.sleep(20);
        if (System.nanoTime() - start > 20_000_000_000L) {
          System.out.println(s);
          break;
        }
      }
      double sec = (System.nanoTime() - start) / 1e9;
      System.out.printf("round %d: %.0f records/s in %.2f s%n", round, count / sec, sec);
      source.close();
    }
    house.close();
    System.exit(0);
  }
}
