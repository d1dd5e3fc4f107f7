package io.millrace.store.entities;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The tests that are kept with rule chains.
public final class RuleChainTests {
  private final EntityStore store;

  RuleChainTests(EntityStore store) {
    this.store = store;
  }

  /// A chain's tests, the oldest first.
  public List<RuleChainTest> of(EntityId chainId) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM rule_chain_test WHERE chain_id = :chain ORDER BY created_time,"
                        + " id")
                .bind("chain", Row.text(chainId))
                .map(
                    (columns, _) -> {
                      var row = new Row(columns);
                      return new RuleChainTest(
                          UUID.fromString(row.text("id")),
                          row.number("created_time"),
                          row.id(EntityType.RULE_CHAIN, "chain_id"),
                          row.text("name"),
                          row.json("details"));
                    })
                .list());
  }

  public Optional<RuleChainTest> find(EntityId chainId, UUID id) {
    return of(chainId).stream().filter(test -> test.id().equals(id)).findFirst();
  }

  /// Adds the test; it takes the place of the chain's test with its name.
  public RuleChainTest save(EntityId chainId, UUID id, String name, JsonObject details) {
    var test = new RuleChainTest(id, store.now(), chainId, name, details);
    return store.write(
        transaction -> {
          transaction.handle.execute(
              "DELETE FROM rule_chain_test WHERE id = ? OR (chain_id = ? AND name = ?)",
              test.id().toString(),
              Row.text(test.chainId()),
              test.name());
          transaction.handle.execute(
              "INSERT INTO rule_chain_test (id, created_time, chain_id, name, details)"
                  + " VALUES (?, ?, ?, ?, ?)",
              test.id().toString(),
              test.createdTime(),
              Row.text(test.chainId()),
              test.name(),
              test.details().toString());
          return test;
        });
  }

  /// Deletes a test; false when the chain has no such test.
  public boolean delete(EntityId chainId, UUID id) {
    return store.write(
            transaction ->
                transaction.handle.execute(
                    "DELETE FROM rule_chain_test WHERE chain_id = ? AND id = ?",
                    Row.text(chainId),
                    id.toString()))
        > 0;
  }

  void chainDeleted(Transaction transaction, EntityId chainId) {
    transaction.handle.execute("DELETE FROM rule_chain_test WHERE chain_id = ?", Row.text(chainId));
  }
}
