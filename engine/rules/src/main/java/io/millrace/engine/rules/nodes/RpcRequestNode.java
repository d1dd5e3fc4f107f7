package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rpc.RpcReply;
import io.millrace.engine.rpc.RpcRequest;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sends the message, `{"method":…,"params":…}`, to the originating device as a command.
///
/// A live one is a call to the outside, of the kind [OutsideCall#RPC]; a persistent one is kept in
/// the message's own commit.
final class RpcRequestNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.action("rpc call request", Settings.class, RpcRequestNode::new)
          .summary("Sends a command to the device; Success with its answer as body.")
          .alias("org.thingsboard.rule.engine.rpc.TbSendRPCRequestNode");

  record Settings(
      @Doc("How long the device may take to answer, in seconds.") @Default("60")
          long timeoutInSeconds) {}

  private final Settings settings;
  private final NodeSetup setup;

  RpcRequestNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    if (settings.timeoutInSeconds() < 1) {
      throw new IllegalArgumentException(
          "timeoutInSeconds=%d; it must be at least 1.".formatted(settings.timeoutInSeconds()));
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    if (message.originator().type() != EntityType.DEVICE) {
      return Outcome.failed(
          message,
          "The originator is %s; commands go to devices. Change the originator before this node."
              .formatted(message.originator()));
    }
    var request = request(message, context);
    if (!request.persistent()) {
      return new Outcome.Call(OutsideCall.rpc(request), message);
    }
    setup.rpcs().keep(context.commit(), request);
    context
        .commit()
        .onDurable(() -> setup.rpcs().settle(request.id(), new RpcReply.Kept(request.id())));
    return Outcome.success(
        message.withBody(JsonObject.of("rpcId", new JsonString(request.id().toString()))));
  }

  /// ThingsBoard: the answer is the body; an error is `{"error":…}` along Failure.
  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    var error = answer.result().get("error");
    if (error != null || !answer.delivered()) {
      var reason = error == null ? "The command was not delivered." : error.asText();
      return Outcome.failed(
          message.withBody(JsonObject.of("error", new JsonString(reason))), reason);
    }
    var body = answer.result().get("response");
    return Outcome.success(message.withBody(body == null ? JsonObject.EMPTY : body));
  }

  private RpcRequest request(RuleMessage message, NodeContext context) {
    var body = message.body() instanceof JsonObject object ? object : JsonObject.EMPTY;
    var metadata = message.metadata();
    if (body.text("method", "").isBlank()) {
      throw new IllegalArgumentException("The body has no method; it must be {\"method\":…}.");
    }
    var params = body.get("params");
    if (params == null) {
      throw new IllegalArgumentException("The body has no params; send {} when there are none.");
    }
    return new RpcRequest(
        id(metadata, context),
        context.tenantId(),
        message.originator(),
        body.text("method", ""),
        params,
        flag(metadata, body, "oneway"),
        flag(metadata, body, "persistent"),
        expires(metadata, context),
        (int) number(metadata, "retries", 0),
        orNull(body.get("additionalInfo")));
  }

  private static UUID id(JsonObject metadata, NodeContext context) {
    var given = metadata.text("requestUUID", "");
    return given.isEmpty() ? context.newId() : UUID.fromString(given);
  }

  private long expires(JsonObject metadata, NodeContext context) {
    return number(metadata, "expirationTime", context.now() + 1000 * settings.timeoutInSeconds());
  }

  private static boolean flag(JsonObject metadata, JsonObject body, String name) {
    return Boolean.parseBoolean(metadata.text(name, "false")) || body.get(name) == JsonBoolean.TRUE;
  }

  private static long number(JsonObject metadata, String name, long otherwise) {
    var text = metadata.text(name, "");
    try {
      return text.isEmpty() ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The metadata member %s=\"%s\" is not a whole number.".formatted(name, text), e);
    }
  }

  private static JsonValue orNull(@Nullable JsonValue value) {
    return value == null ? JsonNull.NULL : value;
  }
}
