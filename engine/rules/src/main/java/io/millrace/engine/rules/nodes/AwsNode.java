package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Sends the body to Amazon SNS, SQS or Lambda by a signed HTTP request.
final class AwsNode implements RuleNode {
  static final NodeType<Settings> SNS =
      NodeType.external("aws sns", Settings.class, given -> new AwsNode(given, Service.SNS))
          .summary("Publishes the body to an SNS topic.")
          .alias("org.thingsboard.rule.engine.aws.sns.TbSnsNode");
  static final NodeType<Settings> SQS =
      NodeType.external("aws sqs", Settings.class, given -> new AwsNode(given, Service.SQS))
          .summary("Sends the body to an SQS queue.")
          .alias("org.thingsboard.rule.engine.aws.sqs.TbSqsNode");
  static final NodeType<Settings> LAMBDA =
      NodeType.external("aws lambda", Settings.class, given -> new AwsNode(given, Service.LAMBDA))
          .summary("Calls a Lambda function with the body; its answer becomes the body.")
          .alias("org.thingsboard.rule.engine.aws.lambda.TbAwsLambdaNode");

  private enum Service {
    SNS,
    SQS,
    LAMBDA
  }

  record Settings(
      @Doc("Topic of SNS; may hold patterns.") String topicArnPattern,
      @Doc("URL of the SQS queue; may hold patterns.") String queueUrlPattern,
      @Doc("STANDARD or FIFO, for SQS.") @Default("STANDARD") String queueType,
      @Doc("Seconds that SQS holds the message back.") long delaySeconds,
      @Doc("Function of Lambda; may hold patterns.") String functionName,
      @Doc("Version or alias of the function.") @Default("$LATEST") String qualifier,
      @Doc("An error that the function reports goes to Failure.")
          boolean tellFailureIfFuncThrowsExc,
      @Doc("Access key id.") String accessKeyId,
      @Doc("Access key id, as the Lambda node calls it.") String accessKey,
      @Doc("Secret access key.") String secretAccessKey,
      @Doc("Secret key, as the Lambda node calls it.") String secretKey,
      @Doc("Region.") @Default("us-east-1") String region,
      @Doc("Address of a compatible service in place of Amazon's; empty for Amazon's.")
          String endpoint) {
    String key() {
      return accessKeyId.isEmpty() ? accessKey : accessKeyId;
    }

    String secret() {
      return secretAccessKey.isEmpty() ? secretKey : secretAccessKey;
    }
  }

  private final Settings settings;
  private final Service service;
  private final Template target;

  private AwsNode(Settings settings, Service service) {
    this.settings = settings;
    this.service = service;
    var pattern =
        switch (service) {
          case SNS -> settings.topicArnPattern();
          case SQS -> settings.queueUrlPattern();
          case LAMBDA -> settings.functionName();
        };
    if (pattern.isBlank()) {
      throw new IllegalArgumentException(
          "Nothing is said of where to send. Give topicArnPattern, queueUrlPattern or"
              + " functionName.");
    }
    this.target = Template.of(pattern);
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var body = message.body().toString();
    var name = target.fill(message);
    var form = JsonObject.of("Content-Type", new JsonString("application/x-www-form-urlencoded"));
    var json = JsonObject.of("Content-Type", new JsonString("application/json"));
    var call =
        switch (service) {
          case SNS ->
              HttpAnswer.post(
                  endpoint("sns") + "/",
                  form,
                  form("Action", "Publish", "TopicArn", name, "Message", body)
                      + "&Version=2010-03-31",
                  sign("sns"));
          case SQS -> HttpAnswer.post(name, form, sqs(body, message), sign("sqs"));
          case LAMBDA ->
              HttpAnswer.post(
                  endpoint("lambda")
                      + "/2015-03-31/functions/"
                      + encoded(name)
                      + "/invocations?Qualifier="
                      + encoded(settings.qualifier()),
                  json,
                  body,
                  sign("lambda"));
        };
    return new Outcome.Call(call, message);
  }

  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    var error = HttpAnswer.error(answer);
    if (!error.isEmpty()) {
      return HttpAnswer.failed(message, error);
    }
    var text = answer.result().text("body", "");
    var headers =
        answer.result().get("headers") instanceof JsonObject given ? given : JsonObject.EMPTY;
    var fault = headers.text("x-amz-function-error", "");
    if (!fault.isEmpty() && settings.tellFailureIfFuncThrowsExc()) {
      return HttpAnswer.failed(message, "The function failed (%s): %s".formatted(fault, text));
    }
    return Outcome.success(
        service == Service.LAMBDA
            ? message.withBody(parsed(text))
            : message.withMetadata("messageId", between(text, "<MessageId>", "</MessageId>")));
  }

  private String sqs(String body, RuleMessage message) {
    var form = form("Action", "SendMessage", "MessageBody", body) + "&Version=2012-11-05";
    return settings.queueType().equals("FIFO")
        ? form
            + "&"
            + form(
                "MessageGroupId",
                message.originator().id().toString(),
                "MessageDeduplicationId",
                message.id().toString())
        : form + "&DelaySeconds=" + settings.delaySeconds();
  }

  private String endpoint(String name) {
    return settings.endpoint().isBlank()
        ? "https://%s.%s.amazonaws.com".formatted(name, settings.region())
        : settings.endpoint().strip();
  }

  private JsonObject sign(String name) {
    return JsonObject.builder()
        .put("type", "aws4")
        .put("service", name)
        .put("region", settings.region())
        .put("key", settings.key())
        .put("secret", settings.secret())
        .build();
  }

  private static String form(String... pairs) {
    var out = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      out.append(i == 0 ? "" : "&").append(pairs[i]).append('=').append(encoded(pairs[i + 1]));
    }
    return out.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String between(String text, String from, String until) {
    int at = text.indexOf(from);
    int end = text.indexOf(until);
    return at < 0 || end < at ? "" : text.substring(at + from.length(), end);
  }

  private static JsonValue parsed(String text) {
    try {
      return text.isBlank() ? JsonObject.EMPTY : Json.parse(text);
    } catch (JsonSyntaxException plainText) {
      return new JsonString(text);
    }
  }
}
