package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;

/// Sends the message's body to a Kafka topic; the message goes on with where it was put.
final class KafkaNode implements RuleNode {
  /// Delivered by `wire/kafka`.
  static final String KIND = "kafka";

  static final NodeType<Settings> TYPE =
      NodeType.external("kafka", Settings.class, KafkaNode::new)
          .summary("Success with offset, partition and topic as metadata, or Failure.")
          .alias("org.thingsboard.rule.engine.kafka.TbKafkaNode")
          .version(1, (_, configuration) -> configuration);

  private static final String HEADER_PREFIX = "tb_msg_md_"; // ThingsBoard's, for metadata

  record Settings(
      @Doc("Topic; may hold ${metadata} and $[body] patterns.") @Default("my-topic")
          String topicPattern,
      @Doc("Key of the record, may hold patterns; empty for none.") String keyPattern,
      @Doc(
              "Kafka's address, host:port,…; that of Millrace's own Kafka, or empty, shares its"
                  + " producer and leaves the settings below aside.")
          @Default("localhost:9092")
          String bootstrapServers,
      @Doc("Times that a send is tried again; 0 for Kafka's own default.")
          @Limit(max = Integer.MAX_VALUE)
          int retries,
      @Doc("Bytes of records that are sent together.") @Default("16384") @Limit(max = 16 << 20)
          int batchSize,
      @Doc("Milliseconds that a record waits for others.") @Limit(max = 60_000) int linger,
      @Doc("Bytes that may wait to be sent.")
          @Default("33554432")
          @Limit(min = 1 << 16, max = 256 << 20)
          int bufferMemory,
      @Doc("Replicas that must have it: all, -1, 1 or 0.") @Default("-1") String acks,
      @Doc("Further settings of Kafka's producer.") Map<String, String> otherProperties,
      @Doc("Send the metadata as headers, tb_msg_md_ before their names.")
          boolean addMetadataKeyValuesAsKafkaHeaders,
      @Doc("Character set of those headers.") @Default("UTF-8") String kafkaHeadersCharset) {}

  private final Settings settings;
  private final Template topic;
  private final Template key;
  private final JsonObject producer;

  KafkaNode(Settings settings) {
    this.settings = settings;
    this.topic = Template.of(settings.topicPattern().strip());
    this.key = Template.of(settings.keyPattern());
    check(settings);
    this.producer = producer(settings);
  }

  private static void check(Settings settings) {
    if (settings.topicPattern().isBlank()) {
      throw new IllegalArgumentException("topicPattern is empty. Give the topic to send to.");
    }
    if (!settings.acks().matches("all|-1|0|1")) {
      throw new IllegalArgumentException(
          "acks=%s is none of all, -1, 0 and 1.".formatted(settings.acks()));
    }
    KafkaProperties.check(settings.otherProperties());
    try {
      Charset.forName(settings.kafkaHeadersCharset());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "kafkaHeadersCharset=%s is not known here; UTF-8 is."
              .formatted(settings.kafkaHeadersCharset()),
          e);
    }
  }

  /// The producer's settings in Kafka's names; `wire/kafka` keeps one producer for equal ones.
  private static JsonObject producer(Settings settings) {
    var producer = JsonObject.builder();
    settings.otherProperties().forEach(producer::put);
    producer.put("bootstrap.servers", settings.bootstrapServers().replace(" ", ""));
    producer.put("acks", settings.acks());
    producer.put("batch.size", Integer.toString(settings.batchSize()));
    producer.put("linger.ms", Integer.toString(settings.linger()));
    producer.put("buffer.memory", Integer.toString(settings.bufferMemory()));
    if (settings.retries() > 0) { // 0, ThingsBoard's default, would switch idempotence off
      producer.put("retries", Integer.toString(settings.retries()));
    }
    return producer.build();
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var request =
        JsonObject.builder()
            .put("producer", producer)
            .put("topic", topic.fill(message))
            .put("value", message.body().toString());
    if (!settings.keyPattern().isEmpty()) {
      request.put("key", key.fill(message));
    }
    if (settings.addMetadataKeyValuesAsKafkaHeaders()) {
      request.put("headers", headers(message.metadata()));
      request.put("charset", settings.kafkaHeadersCharset());
    }
    return new Outcome.Call(new OutsideCall(KIND, request.build()), message);
  }

  private static JsonObject headers(JsonObject metadata) {
    var headers = JsonObject.builder();
    metadata.forEach((name, value) -> headers.put(HEADER_PREFIX + name, value.asText()));
    return headers.build();
  }

  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    if (!answer.delivered()) {
      var error = answer.result().text("error", "The record was not sent.");
      return Outcome.failed(message.withMetadata("error", error), error);
    }
    var metadata = message.metadata().toBuilder();
    answer.result().forEach((name, value) -> metadata.put(name, new JsonString(value.asText())));
    return Outcome.success(message.withMetadata(metadata.build()));
  }
}
