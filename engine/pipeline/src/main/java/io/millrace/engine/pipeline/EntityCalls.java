package io.millrace.engine.pipeline;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.nodes.EntityWrite;
import io.millrace.store.entities.Asset;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.EntityStoreException;
import io.millrace.store.entities.EntityView;
import io.millrace.store.entities.Relation;
import io.millrace.store.entities.RelationGroup;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes the changes of entities that rule nodes ask for. Each may come twice, and then changes
/// nothing the second time.
public final class EntityCalls implements Delivery {
  private final EntityStore entities;

  public EntityCalls(EntityStore entities) {
    this.entities = entities;
  }

  @Override
  public Answer deliver(OutsideCall call, String idempotencyKey) throws IOException {
    var request = call.request();
    try {
      var change = EntityWrite.Change.valueOf(request.text("change", ""));
      return new Answer(
          true,
          switch (change) {
            case SAVE_RELATION -> related(request);
            case DELETE_RELATION -> unrelated(request);
            case ASSIGN -> assigned(request, customer(request));
            case UNASSIGN -> assigned(request, null);
          });
    } catch (EntityStoreException e) {
      throw new IOException("The entities could not be changed: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      return Answer.failed(String.valueOf(e.getMessage()));
    }
  }

  private JsonObject related(JsonObject request) {
    var entity = entity(request);
    var other = other(request);
    var type = request.text("relationType", "");
    boolean isFrom = isFrom(request);
    if (request.get("removeCurrent") == JsonBoolean.TRUE) {
      removeAll(entity, type, isFrom, other);
    }
    entities
        .relations()
        .save(tenant(request), Relation.of(isFrom ? entity : other, type, isFrom ? other : entity));
    return JsonObject.builder().put("other", other.id().toString()).build();
  }

  private JsonObject unrelated(JsonObject request) {
    var entity = entity(request);
    var type = request.text("relationType", "");
    boolean isFrom = isFrom(request);
    if (!request.has("otherName") && !request.has("otherId")) {
      removeAll(entity, type, isFrom, null);
      return JsonObject.EMPTY;
    }
    var other = other(request);
    entities
        .relations()
        .delete(isFrom ? entity : other, isFrom ? other : entity, type, RelationGroup.COMMON);
    return JsonObject.builder().put("other", other.id().toString()).build();
  }

  private void removeAll(EntityId entity, String type, boolean isFrom, @Nullable EntityId but) {
    var relations = entities.relations();
    for (var relation : isFrom ? relations.from(entity) : relations.to(entity)) {
      var end = isFrom ? relation.to() : relation.from();
      if (relation.group() == RelationGroup.COMMON
          && relation.type().equals(type)
          && !end.equals(but)) {
        relations.delete(relation.from(), relation.to(), type, RelationGroup.COMMON);
      }
    }
  }

  private JsonObject assigned(JsonObject request, @Nullable EntityId customer) {
    var entity = entity(request);
    boolean isDone =
        switch (entity.type()) {
          case DEVICE ->
              entities
                  .devices()
                  .find(entity)
                  .map(device -> entities.devices().save(device.withCustomer(customer)))
                  .isPresent();
          case ASSET ->
              entities
                  .assets()
                  .find(entity)
                  .map(asset -> entities.assets().save(asset.withCustomer(customer)))
                  .isPresent();
          default ->
              throw new IllegalArgumentException(
                  "%s cannot be assigned to a customer; devices and assets can.".formatted(entity));
        };
    if (!isDone) {
      throw new IllegalArgumentException("There is no %s any more.".formatted(entity));
    }
    return JsonObject.EMPTY;
  }

  private EntityId customer(JsonObject request) {
    var title = request.text("customer", "");
    var tenant = tenant(request);
    var known = entities.customers().findByTitle(tenant, title).map(Customer::id);
    return known.orElseGet(
        () -> {
          if (request.get("create") != JsonBoolean.TRUE) {
            throw new IllegalArgumentException(
                "There is no customer \"%s\"; make it, or let the node make it.".formatted(title));
          }
          var id = entities.newId(EntityType.CUSTOMER);
          return entities.customers().save(Customer.named(id, tenant, title)).id();
        });
  }

  private EntityId other(JsonObject request) {
    var type = EntityType.valueOf(request.text("otherType", ""));
    if (request.has("otherId")) {
      return EntityId.of(type, request.text("otherId", ""));
    }
    var name = request.text("otherName", "");
    return find(type, tenant(request), name)
        .or(() -> made(type, request, name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no %s \"%s\"; make it, or let the node make it."
                        .formatted(type, name)));
  }

  private Optional<EntityId> find(EntityType type, EntityId tenant, String name) {
    return switch (type) {
      case DEVICE -> entities.devices().findByName(tenant, name).map(Device::id);
      case ASSET -> entities.assets().findByName(tenant, name).map(Asset::id);
      case ENTITY_VIEW -> entities.entityViews().findByName(tenant, name).map(EntityView::id);
      case CUSTOMER -> entities.customers().findByTitle(tenant, name).map(Customer::id);
      case TENANT -> Optional.of(tenant);
      default -> Optional.empty();
    };
  }

  /// An asset or a customer; a device needs credentials, which a rule chain must not make.
  private Optional<EntityId> made(EntityType type, JsonObject request, String name) {
    var tenant = tenant(request);
    if (request.get("create") != JsonBoolean.TRUE) {
      return Optional.empty();
    }
    if (type == EntityType.CUSTOMER) {
      var id = entities.newId(EntityType.CUSTOMER);
      return Optional.of(entities.customers().save(Customer.named(id, tenant, name)).id());
    }
    if (type != EntityType.ASSET) {
      return Optional.empty();
    }
    var wanted = request.text("otherProfile", "");
    return entities
        .assetProfiles()
        .findByName(tenant, wanted)
        .or(() -> entities.assetProfiles().findDefault(tenant))
        .map(
            profile ->
                entities
                    .assets()
                    .save(Asset.named(entities.newId(EntityType.ASSET), name, profile))
                    .id());
  }

  private static boolean isFrom(JsonObject request) {
    return request.text("direction", "FROM").equals("FROM");
  }

  private static EntityId tenant(JsonObject request) {
    return new EntityId(EntityType.TENANT, UUID.fromString(request.text("tenant", "")));
  }

  private static EntityId entity(JsonObject request) {
    return EntityId.of(
        EntityType.valueOf(request.text("entityType", "")), request.text("entity", ""));
  }
}
