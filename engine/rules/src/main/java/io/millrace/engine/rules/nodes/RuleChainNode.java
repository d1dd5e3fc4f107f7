package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Doc;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.Routes;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.UUID;

/// Calls another chain; goes on by the label with which that chain's output node leaves it.
final class RuleChainNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.flow("rule chain", Settings.class, RuleChainNode::new)
          .summary("Hands the message to another rule chain.")
          .freeConnections()
          .alias("org.thingsboard.rule.engine.flow.TbRuleChainInputNode")
          .version(1, (_, configuration) -> configuration);

  record Settings(
      @Doc("Id of the chain to call.") String ruleChainId,
      @Doc("Prefer the chain of the originator's profile, if it names one.")
          boolean forwardMsgToDefaultRuleChain) {}

  private final UUID target;
  private final boolean toProfileChain;
  private final Routes routes;

  RuleChainNode(Settings settings, NodeSetup setup) {
    target = id(settings.ruleChainId());
    toProfileChain = settings.forwardMsgToDefaultRuleChain();
    routes = setup.routes();
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var chain =
        toProfileChain
            ? routes.chainOf(context.tenantId(), message.originator()).orElse(target)
            : target;
    return chain.equals(context.chainId())
        ? Outcome.failed(
            message, "The node calls the chain that it is in, without end. Choose another chain.")
        : new Outcome.Enter(chain, message);
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "ruleChainId=\"%s\" is not the id of a rule chain. Choose the chain to call."
              .formatted(text),
          e);
    }
  }
}
