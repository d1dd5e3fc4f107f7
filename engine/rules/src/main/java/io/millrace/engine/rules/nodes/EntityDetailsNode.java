package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.List;

/// Adds contact details of the originator's customer or tenant to the message.
final class EntityDetailsNode implements RuleNode {
  static final NodeType<Settings> CUSTOMER =
      NodeType.enrichment(
              "customer details",
              Settings.class,
              (settings, setup) -> new EntityDetailsNode(settings, setup, true))
          .summary("Adds contact details of the originator's customer.")
          .alias("org.thingsboard.rule.engine.metadata.TbGetCustomerDetailsNode")
          .version(1, (_, given) -> FetchTo.upgrade(given, "addToMetadata", false));

  static final NodeType<Settings> TENANT =
      NodeType.enrichment(
              "tenant details",
              Settings.class,
              (settings, setup) -> new EntityDetailsNode(settings, setup, false))
          .summary("Adds contact details of the tenant.")
          .alias("org.thingsboard.rule.engine.metadata.TbGetTenantDetailsNode")
          .version(1, (_, given) -> FetchTo.upgrade(given, "addToMetadata", false));

  enum Detail {
    ID("id"),
    TITLE("title"),
    COUNTRY("country"),
    CITY("city"),
    STATE("state"),
    ZIP("zip"),
    ADDRESS("address"),
    ADDRESS2("address2"),
    PHONE("phone"),
    EMAIL("email"),
    ADDITIONAL_INFO("additionalInfo");

    private final String field;

    Detail(String field) {
      this.field = field;
    }
  }

  record Settings(
      @Doc("Which details.") List<Detail> detailsList,
      @Doc("Where they are added.") @Default("METADATA") KeySource fetchTo) {}

  private final Settings settings;
  private final NodeSetup setup;
  private final boolean isOfCustomer;

  private EntityDetailsNode(Settings settings, NodeSetup setup, boolean isOfCustomer) {
    this.settings = settings;
    this.setup = setup;
    this.isOfCustomer = isOfCustomer;
    if (settings.detailsList().isEmpty()) {
      throw new IllegalArgumentException("detailsList is empty. Choose at least one detail.");
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var entity =
        isOfCustomer
            ? Relatives.requireCustomer(setup.entities(), message.originator())
            : context.tenantId();
    var fields = EntityFields.of(setup.entities(), entity).orElse(JsonObject.EMPTY);
    var found = JsonObject.builder();
    for (var detail : settings.detailsList()) {
      var value = value(fields, detail);
      if (!value.isEmpty()) {
        found.put((isOfCustomer ? "customer_" : "tenant_") + detail.field, value);
      }
    }
    return Outcome.success(settings.fetchTo().add(message, found.build()));
  }

  private static String value(JsonObject fields, Detail detail) {
    if (detail == Detail.ADDITIONAL_INFO) {
      return fields.get("additionalInfo") instanceof JsonObject info
          ? info.text("description", "")
          : "";
    }
    return fields.text(detail.field, "");
  }
}
