package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.engine.rules.MessageType;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.store.entities.EntityView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Copies changed attributes to the entity views of the originator that show them.
///
/// A view's attributes belong to the view's partition: the message goes there by a timer of this
/// node that is due at once, in the same commit.
final class CopyToViewNode implements RuleNode {
  static final NodeType<NoSettings> TYPE =
      NodeType.action("copy to view", NoSettings.class, CopyToViewNode::new)
          .summary("Copies attributes to the originator's entity views that show them.")
          .alias("org.thingsboard.rule.engine.action.TbCopyAttributesToEntityViewNode");

  private static final String DELETED = "deleted"; // the member of ATTRIBUTES_DELETED

  private final NodeSetup setup;

  private CopyToViewNode(NoSettings none, NodeSetup setup) {
    this.setup = setup;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    if (!isOfAttributes(message)) {
      return Outcome.failed(
          message,
          "The message type is %s; only messages of changed attributes can be copied to views."
              .formatted(message.type()));
    }
    for (var view : setup.entities().entityViews().ofTarget(message.originator())) {
      if (isOpen(view, context.now())) {
        context.wakeLater(message.withOriginator(view.id()), context.now());
      }
    }
    return Outcome.success(message);
  }

  @Override
  public Outcome onTimer(RuleMessage message, NodeContext context) {
    var view = setup.entities().entityViews().find(message.originator());
    if (view.isPresent() && message.body() instanceof JsonObject body) {
      var scope = Scopes.of(message, AttributeScope.CLIENT_SCOPE);
      var keys = shown(view.get(), scope);
      if (MessageType.ATTRIBUTES_DELETED.is(message)) {
        delete(message, scope, keys, body, context);
      } else {
        save(message, scope, keys, body, context);
      }
    }
    return new Outcome.Done();
  }

  private void save(
      RuleMessage message,
      AttributeScope scope,
      Set<String> keys,
      JsonObject body,
      NodeContext context) {
    var copied = new ArrayList<Attribute>();
    KeyValues.each(
        body,
        (key, value) -> {
          if (keys.contains(key)) {
            copied.add(new Attribute(key, value, context.now()));
          }
        });
    if (!copied.isEmpty()) {
      setup.attributes().save(context.commit(), message.originator(), scope, copied);
    }
  }

  private void delete(
      RuleMessage message,
      AttributeScope scope,
      Set<String> keys,
      JsonObject body,
      NodeContext context) {
    var gone = texts(body.get(DELETED)).stream().filter(keys::contains).toList();
    if (!gone.isEmpty()) {
      setup.attributes().delete(context.commit(), message.originator(), scope, gone);
    }
  }

  private static boolean isOfAttributes(RuleMessage message) {
    return MessageType.POST_ATTRIBUTES_REQUEST.is(message)
        || MessageType.ATTRIBUTES_UPDATED.is(message)
        || MessageType.ATTRIBUTES_DELETED.is(message)
        || MessageType.ACTIVITY_EVENT.is(message)
        || MessageType.INACTIVITY_EVENT.is(message);
  }

  /// Whether the view shows that moment; 0 is open at that end.
  private static boolean isOpen(EntityView view, long now) {
    long from = number(view.details().get("startTimeMs"));
    long to = number(view.details().get("endTimeMs"));
    return from <= now && (to == 0 || now <= to);
  }

  private static long number(@Nullable JsonValue value) {
    return value instanceof JsonLong(long number) ? number : 0;
  }

  /// The keys of that scope that the view shows; ThingsBoard's `keys.attributes.cs`, `sh`, `ss`.
  private static Set<String> shown(EntityView view, AttributeScope scope) {
    var name =
        switch (scope) {
          case CLIENT_SCOPE -> "cs";
          case SHARED_SCOPE -> "sh";
          case SERVER_SCOPE -> "ss";
        };
    return view.details().get("keys") instanceof JsonObject keys
            && keys.get("attributes") instanceof JsonObject attributes
        ? new HashSet<>(texts(attributes.get(name)))
        : Set.of();
  }

  private static List<String> texts(@Nullable JsonValue list) {
    return list instanceof JsonArray array
        ? array.values().stream().map(JsonValue::asText).toList()
        : List.of();
  }
}
