package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.store.entities.Asset;
import io.millrace.store.entities.Contact;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.Dashboard;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.EntityView;
import io.millrace.store.entities.StoredRuleChain;
import io.millrace.store.entities.Tenant;
import io.millrace.store.entities.User;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One entity as queries see it: its fields as texts, by ThingsBoard's names.
record EntityRow(
    EntityId id, @Nullable EntityId customerId, String name, Map<String, String> fields) {
  static EntityRow of(Device device) {
    var more = fields(device.label(), device.type(), device.additionalInfo());
    return row(device.id(), device.customerId(), device.name(), device.createdTime(), more);
  }

  static EntityRow of(Asset asset) {
    var more = fields(asset.label(), asset.type(), asset.additionalInfo());
    return row(asset.id(), asset.customerId(), asset.name(), asset.createdTime(), more);
  }

  static EntityRow of(EntityView view) {
    var more = fields("", view.type(), JsonObject.EMPTY);
    return row(view.id(), view.customerId(), view.name(), view.createdTime(), more);
  }

  static EntityRow of(Dashboard dashboard) {
    var more = Map.of("title", dashboard.title());
    return row(dashboard.id(), null, dashboard.title(), dashboard.createdTime(), more);
  }

  static EntityRow of(StoredRuleChain chain) {
    var more = fields("", chain.type(), chain.additionalInfo());
    return row(chain.id(), null, chain.name(), chain.createdTime(), more);
  }

  static EntityRow of(User user) {
    var more = new HashMap<String, String>();
    more.put("email", user.email());
    more.put("firstName", user.firstName());
    more.put("lastName", user.lastName());
    more.put("phone", user.phone());
    more.put("additionalInfo", user.additionalInfo().toString());
    return row(user.id(), user.customerId(), user.email(), user.createdTime(), more);
  }

  static EntityRow of(Customer customer) {
    var more = contact(customer.contact(), customer.title());
    more.put("additionalInfo", customer.additionalInfo().toString());
    return row(customer.id(), customer.id(), customer.title(), customer.createdTime(), more);
  }

  static EntityRow of(Tenant tenant) {
    var more = contact(tenant.contact(), tenant.title());
    more.put("region", tenant.region());
    more.put("additionalInfo", tenant.additionalInfo().toString());
    return row(tenant.id(), null, tenant.title(), tenant.createdTime(), more);
  }

  /// The field's text; empty when the entity has none of that name.
  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  private static Map<String, String> fields(String label, String type, JsonObject info) {
    return Map.of("label", label, "type", type, "additionalInfo", info.toString());
  }

  private static Map<String, String> contact(Contact contact, String title) {
    var fields = new HashMap<String, String>();
    fields.put("title", title);
    fields.put("country", contact.country());
    fields.put("state", contact.state());
    fields.put("city", contact.city());
    fields.put("address", contact.address());
    fields.put("address2", contact.address2());
    fields.put("zip", contact.zip());
    fields.put("phone", contact.phone());
    fields.put("email", contact.email());
    return fields;
  }

  private static EntityRow row(
      EntityId id,
      @Nullable EntityId customerId,
      String name,
      long createdTime,
      Map<String, String> more) {
    var fields = new HashMap<>(more);
    var label = more.getOrDefault("label", "");
    fields.put("name", name);
    fields.put("displayName", label.isEmpty() ? name : label);
    fields.put("createdTime", Long.toString(createdTime));
    fields.put("entityType", id.type().name());
    fields.put("id", id.id().toString());
    return new EntityRow(id, customerId, name, Map.copyOf(fields));
  }
}
