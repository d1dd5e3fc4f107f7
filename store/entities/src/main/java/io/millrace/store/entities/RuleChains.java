package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rule chains of all tenants.
public final class RuleChains extends EntityTable<StoredRuleChain> {
  private static final Map<String, String> SORTABLE =
      Map.of("createdTime", "created_time", "name", "name", "root", "root");

  RuleChains(EntityStore store) {
    super(
        store,
        "rule_chain",
        1_000,
        List.of(
            "tenant_id",
            "name",
            "type",
            "root",
            "debug_mode",
            "configuration",
            "additional_info",
            "metadata"));
  }

  /// Where the tenant's messages start.
  public Optional<StoredRuleChain> findRoot(EntityId tenantId) {
    return findInTenant(tenantId, "root", true);
  }

  public List<StoredRuleChain> ofTenant(EntityId tenantId) {
    return allBy("tenant_id", Row.text(tenantId));
  }

  /// Who makes a change, and why.
  public record Change(String author, String remark) {
    /// Nothing is known of it.
    public static final Change UNSIGNED = new Change("", "");
  }

  /// As [#save], with a word on the change for the chain's versions.
  public StoredRuleChain save(StoredRuleChain chain, Change change) {
    return store().write(transaction -> save(transaction, chain, change));
  }

  private StoredRuleChain save(Transaction transaction, StoredRuleChain chain, Change change) {
    transaction.remark = change;
    return save(transaction, chain);
  }

  @Override
  void saved(Transaction transaction, StoredRuleChain chain) {
    store().ruleChainVersions().add(transaction, chain, transaction.remark);
  }

  @Override
  void deleteDependants(Transaction transaction, StoredRuleChain chain) {
    store().ruleChainVersions().chainDeleted(transaction, chain.id());
    store().ruleChainTests().chainDeleted(transaction, chain.id());
  }

  /// Makes this the tenant's root instead of the one before.
  ///
  /// @throws MissingEntityException when there is no such chain
  public StoredRuleChain makeRoot(EntityId id) {
    return store().write(transaction -> makeRoot(transaction, id));
  }

  private StoredRuleChain makeRoot(Transaction transaction, EntityId id) {
    var chain = require(transaction, id);
    if (chain.root()) {
      return chain;
    }
    findInTenant(transaction.handle, chain.tenantId(), "root", true)
        .ifPresent(before -> save(transaction, before.withRoot(false)));
    return save(transaction, chain.withRoot(true));
  }

  @Override
  void checkDelete(StoredRuleChain chain) {
    if (chain.root()) {
      throw new InUseException(
          "%s is the root rule chain and cannot be deleted; make another one the root first"
              .formatted(chain.name()));
    }
  }

  @Override
  EntityType type() {
    return EntityType.RULE_CHAIN;
  }

  @Override
  List<@Nullable Object> values(StoredRuleChain entity) {
    return Arrays.asList(
        Row.text(entity.tenantId()),
        entity.name(),
        entity.type(),
        entity.root(),
        entity.debugMode(),
        entity.configuration().toString(),
        entity.additionalInfo().toString(),
        entity.metadata().toString());
  }

  @Override
  StoredRuleChain read(Row row, Stored stored) throws SQLException {
    return new StoredRuleChain(
        stored.id(),
        stored.createdTime(),
        row.id(EntityType.TENANT, "tenant_id"),
        row.text("name"),
        row.text("type"),
        row.flag("root"),
        row.flag("debug_mode"),
        row.json("configuration"),
        row.json("additional_info"),
        row.json("metadata"),
        stored.version());
  }

  @Override
  String searchText(StoredRuleChain entity) {
    return entity.name();
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(StoredRuleChain entity) {
    return new DuplicateNameException(
        "The tenant of rule chain %s has a root chain already; use makeRoot to change it."
            .formatted(entity.name()));
  }
}
