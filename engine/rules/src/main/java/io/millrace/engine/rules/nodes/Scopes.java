package io.millrace.engine.rules.nodes;

import io.millrace.base.model.AttributeScope;
import io.millrace.engine.rules.RuleMessage;

/// The attribute scope that a message names.
final class Scopes {
  private Scopes() {}

  /// The metadata's `scope`, if it has one, else `otherwise`.
  static AttributeScope of(RuleMessage message, AttributeScope otherwise) {
    var named = message.metadata().text("scope", "");
    if (named.isEmpty()) {
      return otherwise;
    }
    for (var scope : AttributeScope.values()) {
      if (scope.name().equals(named)) {
        return scope;
      }
    }
    throw new IllegalArgumentException(
        "The metadata member scope=\"%s\" is none of CLIENT_SCOPE, SHARED_SCOPE, SERVER_SCOPE."
            .formatted(named));
  }
}
