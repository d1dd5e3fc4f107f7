package io.millrace.engine.fields;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.scripts.Scripts;
import io.millrace.store.entities.Asset;
import io.millrace.store.entities.CalculatedField;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.EntityListener;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.PageLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All fields as the entity store has them, compiled. Any thread.
public final class FieldIndex {
  private final Config config;
  private final EntityStore entities;
  private final FieldCompiler compiler;
  private final Map<EntityId, TenantFields> byTenant = new ConcurrentHashMap<>();
  private final Map<EntityId, EntityId> tenants = new ConcurrentHashMap<>(); // of fields
  private final Cache<EntityId, List<EntityId>> members =
      Caffeine.newBuilder().maximumSize(1_000).executor(Runnable::run).build();

  private FieldIndex(Config config, EntityStore entities, Scripts scripts) {
    this.config = config;
    this.entities = entities;
    this.compiler = new FieldCompiler(config, scripts);
  }

  /// Reads all fields, and from now on every change.
  public static FieldIndex open(Config config, EntityStore entities, Scripts scripts) {
    var index = new FieldIndex(config, entities, scripts);
    entities.onChange(index.new Listener());
    entities.tenants().all().forEach(tenant -> index.reload(tenant.id()));
    return index;
  }

  /// Refuses a field that cannot be computed.
  ///
  /// @throws IllegalArgumentException with the reason and the cure
  public void check(CalculatedField row) {
    var _ = compiler.compile(row);
    boolean isNew = entities.calculatedFields().find(row.id()).isEmpty();
    if (isNew
        && entities.calculatedFields().ofEntity(row.entity()).size() >= config.perEntityMax()) {
      throw new IllegalArgumentException(
          "%s has fields.perEntityMax=%d calculated fields already; delete one, or raise the setting."
              .formatted(row.entity(), config.perEntityMax()));
    }
  }

  /// The latest computations of a field, oldest first; none for an unknown one.
  public List<FieldEvent> events(CalculatedField row) {
    var field = of(row.tenantId()).find(row.id());
    return field == null ? List.of() : field.debug().all();
  }

  /// Messages that have a new or changed field computed for its entity, or for those of its profile
  /// (as many as one change may reach); to be sent into the pipeline.
  public List<RuleMessage> start(CalculatedField row, Supplier<UUID> ids, long now) {
    return entitiesOf(row.entity()).stream()
        .map(entity -> FieldWork.compute(ids.get(), now, entity, row.id(), JsonObject.EMPTY, null))
        .toList();
  }

  Config config() {
    return config;
  }

  TenantFields of(EntityId tenant) {
    return byTenant.getOrDefault(tenant, TenantFields.NONE);
  }

  List<EntityId> entitiesOf(EntityId owner) {
    return switch (owner.type()) {
      case DEVICE_PROFILE, ASSET_PROFILE -> members.get(owner, this::load);
      default -> List.of(owner);
    };
  }

  private List<EntityId> load(EntityId profile) {
    var first = PageLink.first(Math.min(config.entitiesPerChangeMax(), PageLink.PAGE_SIZE_MAX));
    return profile.type() == EntityType.DEVICE_PROFILE
        ? entities.devices().pageOfProfile(profile, first).map(Device::id).data()
        : entities.assets().pageOfProfile(profile, first).map(Asset::id).data();
  }

  /// The profile of a device or an asset.
  @Nullable EntityId profileOf(EntityId entity) {
    return switch (entity.type()) {
      case DEVICE -> entities.devices().find(entity).map(Device::deviceProfileId).orElse(null);
      case ASSET -> entities.assets().find(entity).map(Asset::assetProfileId).orElse(null);
      default -> null;
    };
  }

  boolean isOf(Field field, EntityId entity) {
    return field.owner().equals(entity) || field.owner().equals(profileOf(entity));
  }

  private void reload(EntityId tenant) {
    synchronized (this) {
      var before = of(tenant);
      var fields = new ArrayList<Field>();
      for (var row : entities.calculatedFields().ofTenant(tenant)) {
        tenants.put(row.id(), tenant);
        var known = before.find(row.id());
        fields.add(known != null && known.version() == row.version() ? known : compiler.field(row));
      }
      byTenant.put(tenant, new TenantFields(fields));
    }
  }

  private final class Listener implements EntityListener {
    @Override
    public void changed(EntityId id) {
      switch (id.type()) {
        case CALCULATED_FIELD ->
            entities.calculatedFields().find(id).ifPresent(row -> reload(row.tenantId()));
        case DEVICE, ASSET -> members.invalidateAll(); // it may have another profile now
        default -> {}
      }
    }

    @Override
    public void deleted(EntityId id) {
      switch (id.type()) {
        case CALCULATED_FIELD ->
            Optional.ofNullable(tenants.remove(id)).ifPresent(FieldIndex.this::reload);
        case DEVICE, ASSET -> members.invalidateAll();
        case TENANT -> byTenant.remove(id);
        default -> {}
      }
    }
  }
}
