package io.millrace.store.entities;

import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.statement.Query;

/// The versions of all rule chains: one for each change, written with it, a bounded number of each
/// chain.
public final class RuleChainVersions {
  private final EntityStore store;
  private final int keep;

  RuleChainVersions(EntityStore store, int keep) {
    this.store = store;
    this.keep = keep;
  }

  /// A chain's versions, the latest first.
  public List<RuleChainVersion> of(EntityId chainId) {
    return store.read(
        handle ->
            versions(
                    handle
                        .createQuery(
                            "SELECT * FROM rule_chain_version WHERE chain_id = :chain ORDER BY"
                                + " version DESC")
                        .bind("chain", Row.text(chainId)))
                .list());
  }

  public Optional<RuleChainVersion> find(EntityId chainId, long version) {
    return store.read(
        handle ->
            versions(
                    handle
                        .createQuery(
                            "SELECT * FROM rule_chain_version WHERE chain_id = :chain AND version ="
                                + " :version")
                        .bind("chain", Row.text(chainId))
                        .bind("version", version))
                .findFirst());
  }

  void add(Transaction transaction, StoredRuleChain chain, RuleChains.Change change) {
    transaction.handle.execute(
        "INSERT INTO rule_chain_version (chain_id, version, created_time, name, author, remark,"
            + " configuration, additional_info, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        Row.text(chain.id()),
        chain.version(),
        store.now(),
        chain.name(),
        change.author(),
        change.remark(),
        chain.configuration().toString(),
        chain.additionalInfo().toString(),
        chain.metadata().toString());
    transaction.handle.execute(
        "DELETE FROM rule_chain_version WHERE chain_id = ? AND version <= ?",
        Row.text(chain.id()),
        chain.version() - keep);
  }

  void chainDeleted(Transaction transaction, EntityId chainId) {
    transaction.handle.execute(
        "DELETE FROM rule_chain_version WHERE chain_id = ?", Row.text(chainId));
  }

  private static ResultIterable<RuleChainVersion> versions(Query query) {
    return query.map(
        (columns, _) -> {
          var row = new Row(columns);
          return new RuleChainVersion(
              row.id(EntityType.RULE_CHAIN, "chain_id"),
              row.number("version"),
              row.number("created_time"),
              row.text("name"),
              row.text("author"),
              row.text("remark"),
              row.json("configuration"),
              row.json("additional_info"),
              row.json("metadata"));
        });
  }
}
