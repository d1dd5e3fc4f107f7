package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.NotBuiltException;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;

/// Publishes the message's body on another MQTT broker; it goes on once that broker has it.
final class MqttNode implements RuleNode {
  /// Delivered by `wire/device`.
  static final String KIND = "mqtt";

  static final NodeType<Settings> TYPE =
      NodeType.external("mqtt", Settings.class, MqttNode::new)
          .summary("Success once the other broker has acknowledged the message, or Failure.")
          .alias("org.thingsboard.rule.engine.mqtt.TbMqttNode")
          .version(2, (_, given) -> given);

  record Settings(
      @Doc("Topic; may hold ${metadata} and $[body] patterns.") @Default("my-topic")
          String topicPattern,
      @Doc("The broker's host.") @Default("localhost") String host,
      @Doc("The broker's port.") @Default("1883") @Limit(min = 1, max = 65_535) int port,
      @Doc("Longest wait for the connection and for an acknowledgement, in seconds.")
          @Default("10")
          @Limit(min = 1, max = 200)
          int connectTimeoutSec,
      @Doc("Client identifier; empty lets the broker give one.") String clientId,
      @Doc("Add the process's own mark to the client identifier.") boolean appendClientIdSuffix,
      @Doc("Have the broker keep the message for later subscribers.") boolean retainedMessage,
      @Doc("Leave no session behind.") @Default("true") boolean cleanSession,
      @Doc("Speak TLS; the broker's certificate must be one that Java trusts.") boolean ssl,
      @Doc("Send a body that is a text without its quotation marks.") boolean parseToPlainText,
      @Doc("MQTT_3_1, MQTT_3_1_1 or MQTT_5.") @Default("MQTT_3_1_1") String protocolVersion,
      @Doc("How to sign in.") Login credentials) {}

  record Login(
      @Doc("anonymous or basic.") @Default("anonymous") String type,
      @Doc("User name, for basic.") String username,
      @Doc("Password, for basic.") String password) {}

  private final Settings settings;
  private final Template topic;
  private final JsonObject connection;

  MqttNode(Settings settings) {
    this.settings = settings;
    this.topic = Template.of(settings.topicPattern().strip());
    if (settings.topicPattern().isBlank() || settings.host().isBlank()) {
      throw new IllegalArgumentException("topicPattern and host must be given.");
    }
    if (!settings.protocolVersion().matches("MQTT_3_1|MQTT_3_1_1|MQTT_5")) {
      throw new IllegalArgumentException(
          "protocolVersion=%s is none of MQTT_3_1, MQTT_3_1_1 and MQTT_5."
              .formatted(settings.protocolVersion()));
    }
    var type = settings.credentials().type();
    if (!type.equals("anonymous") && !type.equals("basic")) {
      throw new NotBuiltException(
          "Credentials of type \"%s\" are not built here; use anonymous or basic.".formatted(type));
    }
    this.connection = connection(settings);
  }

  /// `wire/device` keeps one connection for equal ones.
  private static JsonObject connection(Settings settings) {
    var login = settings.credentials();
    var connection =
        JsonObject.builder()
            .put("host", settings.host().strip())
            .put("port", settings.port())
            .put("timeoutSec", settings.connectTimeoutSec())
            .put("clientId", settings.clientId().strip())
            .put("suffix", settings.appendClientIdSuffix())
            .put("clean", settings.cleanSession())
            .put("tls", settings.ssl())
            .put("version", settings.protocolVersion());
    if (login.type().equals("basic")) {
      connection.put("username", login.username()).put("password", login.password());
    }
    return connection.build();
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var text =
        settings.parseToPlainText() && message.body() instanceof JsonString(var plain)
            ? plain
            : message.body().toString();
    var request =
        JsonObject.builder()
            .put("connection", connection)
            .put("topic", topic.fill(message))
            .put("payload", text)
            .put("retain", settings.retainedMessage())
            .build();
    return new Outcome.Call(new OutsideCall(KIND, request), message);
  }

  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    return answer.delivered()
        ? Outcome.success(message)
        : HttpAnswer.failed(
            message, answer.result().text("error", "The message was not published."));
  }
}
