package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.NotBuiltException;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Calls an HTTP server; the message goes on with its answer.
///
/// The call is committed to the outbox with everything else that the message caused; the answer
/// comes later, as a message of its own.
final class RestApiCallNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.external("rest api call", Settings.class, RestApiCallNode::new)
          .summary("Success with the answer as body for a 2xx status, otherwise Failure.")
          .alias("org.thingsboard.rule.engine.rest.TbRestApiCallNode")
          .version(4, RestApiCallNode::upgrade);

  private static final String SERVICE_ACCOUNT = "service.account";

  /// GET and the methods with a body.
  enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE
  }

  record Settings(
      @Doc("URL to call; may hold ${metadata} and $[body] patterns.")
          @Default("http://localhost/api")
          String restEndpointUrlPattern,
      @Doc("HTTP method.") @Default("POST") Method requestMethod,
      @Doc("Headers of the request; names and values may hold patterns.")
          Map<String, String> headers,
      @Doc("Longest wait for the answer, in milliseconds; 0 for the outgoing calls' own limit.")
          long readTimeoutMs,
      @Doc("Most calls at a time; the outbox has its own limit per server.")
          int maxParallelRequestsCount,
      @Doc("Send the body as plain text, a JSON string without its quotes.")
          boolean parseToPlainText,
      @Doc("Send no body.") boolean ignoreRequestBody,
      @Doc("What to send instead of the message's body; may hold patterns.")
          String requestBodyTemplate,
      @Doc("Go through a proxy.") boolean enableProxy,
      @Doc("Parameters to add to the URL; write them into the URL itself.") JsonValue queryParams,
      @Doc("User name and password, for type basic.") Login credentials) {}

  record Login(
      @Doc("anonymous, basic, or service.account for Google's.") @Default("anonymous") String type,
      @Doc("User name for basic.") String username,
      @Doc("Password for basic.") String password,
      @Doc("Key file of a Google service account, as JSON, for service.account.")
          String serviceAccount) {}

  private final Settings settings;
  private final Template url;
  private final Template body;
  private final Map<Template, Template> headers;

  RestApiCallNode(Settings settings) {
    this.settings = settings;
    this.url = Template.of(settings.restEndpointUrlPattern().strip());
    this.body = Template.of(settings.requestBodyTemplate());
    var templates = new LinkedHashMap<Template, Template>();
    settings
        .headers()
        .forEach((name, value) -> templates.put(Template.of(name), Template.of(value)));
    this.headers = templates;
    check(settings);
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var request =
        JsonObject.builder()
            .put("method", settings.requestMethod().name())
            .put("url", url.fill(message))
            .put("headers", headers(message));
    if (settings.requestMethod() != Method.GET && !settings.ignoreRequestBody()) {
      request.put("body", body(message));
    }
    if (settings.credentials().type().equals(SERVICE_ACCOUNT)) {
      request.put("serviceAccount", ServiceAccount.parse(settings.credentials().serviceAccount()));
    }
    if (settings.readTimeoutMs() > 0) {
      request.put("timeoutMs", settings.readTimeoutMs());
    }
    return new Outcome.Call(new OutsideCall(OutsideCall.HTTP, request.build()), message);
  }

  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    var result = answer.result();
    if (!answer.delivered()) {
      var error = result.text("error", "The call was given up.");
      return Outcome.failed(message.withMetadata("error", error), error);
    }
    long status = result.get("status") instanceof JsonLong(long code) ? code : 0;
    var text = result.text("body", "");
    var metadata = metadata(message, status, result);
    if (status >= 200 && status < 300) {
      return Outcome.success(message.withMetadata(metadata.build()).withBody(parsed(text)));
    }
    metadata.put("error_body", text);
    return Outcome.failed(
        message.withMetadata(metadata.build()),
        "%s %s answered %d %s"
            .formatted(
                settings.requestMethod(),
                url.fill(message),
                status,
                result.text("statusText", "")));
  }

  /// ThingsBoard's metadata members: status (its constant's name), statusCode, statusReason, and
  /// every header of the answer.
  private static JsonObject.Builder metadata(RuleMessage message, long status, JsonObject result) {
    var reason = result.text("statusText", "");
    var metadata =
        message.metadata().toBuilder()
            .put("status", reason.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_"))
            .put("statusCode", Long.toString(status))
            .put("statusReason", reason);
    if (result.get("headers") instanceof JsonObject answered) {
      answered.forEach((name, value) -> metadata.put(name, value.asText()));
    }
    return metadata;
  }

  private JsonObject headers(RuleMessage message) {
    var filled = JsonObject.builder();
    headers.forEach((name, value) -> filled.put(name.fill(message), value.fill(message)));
    var login = settings.credentials();
    if (login.type().equals("basic")) {
      var pair = (login.username() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
      filled.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return filled.build();
  }

  private String body(RuleMessage message) {
    if (settings.requestBodyTemplate().isBlank()) {
      return settings.parseToPlainText() ? message.body().asText() : message.body().toString();
    }
    if (settings.parseToPlainText()) {
      return body.fill(message);
    }
    var text = body.fillJson(message);
    try {
      return Json.parse(text).toString();
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(
          "The body template gives %s, which is not JSON: %s. Correct it, or send plain text."
              .formatted(text, e.getMessage()),
          e);
    }
  }

  private static JsonValue parsed(String text) {
    if (text.isBlank()) {
      return JsonObject.EMPTY; // ThingsBoard: no body is an empty object
    }
    try {
      return Json.parse(text);
    } catch (JsonSyntaxException plainText) {
      return new JsonString(text);
    }
  }

  private static void check(Settings settings) {
    if (settings.restEndpointUrlPattern().isBlank()) {
      throw new IllegalArgumentException("restEndpointUrlPattern is empty. Give the URL to call.");
    }
    if (settings.enableProxy()) {
      throw new NotBuiltException("Calls through a proxy are not built here yet.");
    }
    if (!isEmpty(settings.queryParams())) {
      throw new NotBuiltException(
          "queryParams are not built here yet; write them into restEndpointUrlPattern.");
    }
    var type = settings.credentials().type();
    if (type.equals(SERVICE_ACCOUNT)) {
      ServiceAccount.parse(settings.credentials().serviceAccount());
    } else if (!type.equals("anonymous") && !type.equals("basic")) {
      throw new NotBuiltException(
          "Credentials of type \"%s\" are not built here yet; choose anonymous, basic or service.account."
              .formatted(type));
    }
  }

  private static boolean isEmpty(JsonValue parameters) {
    return switch (parameters) {
      case JsonObject object -> object.isEmpty();
      case JsonArray list -> list.size() == 0;
      case JsonNull _ -> true;
      default -> false;
    };
  }

  /// ThingsBoard: version 0 called parseToPlainText trimDoubleQuotes.
  private static JsonObject upgrade(int from, JsonObject configuration) {
    var old = configuration.get("trimDoubleQuotes");
    return from < 1 && old != null && !configuration.has("parseToPlainText")
        ? configuration.with("parseToPlainText", old)
        : configuration;
  }
}
