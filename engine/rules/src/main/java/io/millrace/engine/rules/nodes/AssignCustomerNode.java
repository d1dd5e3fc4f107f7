package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import io.millrace.engine.rules.Template;
import io.millrace.engine.rules.nodes.EntityWrite.Change;

/// Assigns the originator to a customer, or takes it back.
final class AssignCustomerNode implements RuleNode {
  static final NodeType<Settings> ASSIGN =
      NodeType.action(
              "assign to customer",
              Settings.class,
              (given, _) -> new AssignCustomerNode(given, Change.ASSIGN))
          .summary("Assigns the originator to a customer, found by title or made.")
          .alias("org.thingsboard.rule.engine.action.TbAssignToCustomerNode")
          .version(1, (_, given) -> given);

  static final NodeType<Settings> UNASSIGN =
      NodeType.action(
              "unassign from customer",
              Settings.class,
              (given, _) -> new AssignCustomerNode(given, Change.UNASSIGN))
          .summary("Takes the originator back from its customer.")
          .alias("org.thingsboard.rule.engine.action.TbUnassignFromCustomerNode")
          .version(1, (_, given) -> given);

  record Settings(
      @Doc("Title of the customer; may hold patterns.") String customerNamePattern,
      @Doc("Make the customer when there is none of that title.")
          boolean createCustomerIfNotExists) {}

  private final Settings settings;
  private final Change change;
  private final Template title;

  private AssignCustomerNode(Settings settings, Change change) {
    this.settings = settings;
    this.change = change;
    this.title = Template.of(settings.customerNamePattern());
    if (change == Change.ASSIGN && settings.customerNamePattern().isBlank()) {
      throw new IllegalArgumentException(
          "customerNamePattern is empty. Give the customer's title.");
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var request =
        JsonObject.builder()
            .put("customer", title.fill(message))
            .put("create", settings.createCustomerIfNotExists())
            .build();
    return new Outcome.Call(
        EntityWrite.call(change, context.tenantId(), message.originator(), request), message);
  }

  @Override
  public Outcome onAnswer(RuleMessage message, Answer answer, NodeContext context) {
    var error = answer.result().text("error", "");
    return answer.delivered() && error.isEmpty()
        ? Outcome.success(message)
        : Outcome.failed(message, error.isEmpty() ? "The customer was not changed." : error);
  }
}
