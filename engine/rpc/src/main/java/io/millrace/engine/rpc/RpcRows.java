package io.millrace.engine.rpc;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/// The rows of persistent commands; drawn in `docs/formats/rpc.md`.
final class RpcRows {
  private static final byte[] NOTHING = {};
  private final CommitStore store;

  RpcRows(CommitStore store) {
    this.store = store;
  }

  /// Which commands of a device.
  enum Index {
    ALL('D'),
    OPEN('Q');

    private final char letter;

    Index(char letter) {
      this.letter = letter;
    }
  }

  void insert(Commit commit, Rpc rpc) {
    commit.put(Family.RPC, listed(Index.ALL, rpc), NOTHING);
    commit.put(Family.RPC, listed(Index.OPEN, rpc), NOTHING);
    update(commit, rpc);
  }

  void update(Commit commit, Rpc rpc) {
    commit.put(Family.RPC, row(rpc.id()), Json.bytes(rpc.row()));
    if (!rpc.status().isOpen()) {
      commit.delete(Family.RPC, listed(Index.OPEN, rpc));
    }
  }

  void delete(Commit commit, Rpc rpc) {
    commit.delete(Family.RPC, listed(Index.ALL, rpc));
    commit.delete(Family.RPC, listed(Index.OPEN, rpc));
    commit.delete(Family.RPC, row(rpc.id()));
  }

  Optional<Rpc> find(UUID id) {
    var row = store.get(Family.RPC, row(id));
    return row != null && Json.parse(row) instanceof JsonObject json
        ? Optional.of(Rpc.read(json))
        : Optional.empty();
  }

  /// Oldest first.
  List<Rpc> open(EntityId device, int limit) {
    var found = new ArrayList<Rpc>();
    var prefix = prefix(Index.OPEN, device);
    store.scan(
        Family.RPC,
        prefix,
        CommitStore.after(prefix),
        (key, _) -> {
          find(id(key)).ifPresent(found::add);
          return found.size() < limit;
        });
    return found;
  }

  int countOpen(EntityId device, int limit) {
    var count = new int[1];
    var prefix = prefix(Index.OPEN, device);
    store.scan(Family.RPC, prefix, CommitStore.after(prefix), (_, _) -> ++count[0] < limit);
    return count[0];
  }

  /// Newest first.
  List<Rpc> all(EntityId device, Predicate<Rpc> wanted, int limit) {
    var found = new ArrayList<Rpc>();
    var prefix = prefix(Index.ALL, device);
    store.scanDown(
        Family.RPC,
        prefix,
        CommitStore.after(prefix),
        (key, _) -> {
          find(id(key)).filter(wanted).ifPresent(found::add);
          return found.size() < limit;
        });
    return found;
  }

  private static byte[] row(UUID id) {
    return ByteBuffer.allocate(1 + 2 * Long.BYTES)
        .put((byte) 'R')
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static byte[] prefix(Index index, EntityId device) {
    return ByteBuffer.allocate(1 + EntityId.BYTES)
        .put((byte) index.letter)
        .put(device.bytes())
        .array();
  }

  private static byte[] listed(Index index, Rpc rpc) {
    var prefix = prefix(index, rpc.request().deviceId());
    return ByteBuffer.allocate(prefix.length + 3 * Long.BYTES)
        .put(prefix)
        .putLong(rpc.createdTime())
        .putLong(rpc.id().getMostSignificantBits())
        .putLong(rpc.id().getLeastSignificantBits())
        .array();
  }

  private static UUID id(byte[] listed) {
    var end = ByteBuffer.wrap(listed, listed.length - 2 * Long.BYTES, 2 * Long.BYTES);
    return new UUID(end.getLong(), end.getLong());
  }
}
