package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.HttpError;

/// Customers of the tenant.
final class CustomersApi {
  private final Guard guard;
  private final EntityStore entities;

  CustomersApi(Guard guard, EntityStore entities) {
    this.guard = guard;
    this.entities = entities;
  }

  void routes(RouteTable table) {
    table.get("/api/customers", RouteTable.TENANT, "The tenant's customers.", this::page);
    table.get(
        "/api/tenant/customers", RouteTable.TENANT, "A customer by its title.", this::byTitle);
    table.get(
        "/api/customer/{customerId}",
        RouteTable.TENANT_OR_CUSTOMER,
        "A customer.",
        r -> Reply.of(json(customer(r))));
    table.administer(
        "POST",
        "/api/customer",
        RouteTable.TENANT,
        "Makes a customer, or changes one.",
        this::save);
    table.administer(
        "DELETE",
        "/api/customer/{customerId}",
        RouteTable.TENANT,
        "Deletes a customer; its devices stay with the tenant.",
        r -> {
          entities.customers().delete(customer(r).id());
          return Reply.empty();
        });
  }

  private Reply page(Request request) {
    return Reply.page(
        entities.customers().page(Caller.current().tenantId(), request.pageLink()),
        CustomersApi::json);
  }

  private Reply byTitle(Request request) {
    return entities
        .customers()
        .findByTitle(Caller.current().tenantId(), request.required("customerTitle"))
        .map(customer -> Reply.of(json(customer)))
        .orElseThrow(HttpError::notFound);
  }

  private Customer customer(Request request) {
    return guard.customer(request.id("customerId", EntityType.CUSTOMER));
  }

  private Reply save(Request request) {
    var body = request.body();
    var customer =
        body.id("id", EntityType.CUSTOMER)
            .map(guard::customer)
            .orElseGet(
                () ->
                    Customer.named(
                        entities.newId(EntityType.CUSTOMER),
                        Caller.current().tenantId(),
                        body.text("title")));
    return Reply.of(json(entities.customers().save(changed(customer, body))));
  }

  private static Customer changed(Customer customer, Fields body) {
    return new Customer(
        customer.id(),
        customer.createdTime(),
        customer.tenantId(),
        body.isAbsent("title") ? customer.title() : body.text("title"),
        customer.isPublic(),
        ContactJson.changed(customer.contact(), body),
        body.object("additionalInfo", customer.additionalInfo()),
        body.number("version").orElse(customer.version()));
  }

  private static JsonObject json(Customer customer) {
    var json =
        JsonObject.builder()
            .put("id", EntityJson.id(customer.id()))
            .put("createdTime", customer.createdTime())
            .put("tenantId", EntityJson.id(customer.tenantId()))
            .put("title", customer.title())
            .put("name", customer.title())
            .put("externalId", JsonNull.NULL)
            .put("version", customer.version())
            .put("additionalInfo", EntityJson.infoOrNull(customer.additionalInfo()));
    return ContactJson.put(customer.contact(), json).build();
  }
}
