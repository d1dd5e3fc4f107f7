package io.millrace.wire.realtime;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.store.realtime.CompoundHash;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.TreePath;
import java.util.List;
import java.util.Optional;

/// What a client that begins to listen holds already: its hash, and that of large ones in ranges.
///
/// @param simple empty for nothing
record SdkHashes(String simple, Optional<CompoundHash> compound) {

  static SdkHashes read(JsonObject listen) {
    return new SdkHashes(listen.text("h", ""), compound(listen));
  }

  private static Optional<CompoundHash> compound(JsonObject listen) {
    if (listen.get("ch") instanceof JsonObject ch
        && ch.get("hs") instanceof JsonArray hashes
        && ch.get("ps") instanceof JsonArray ends
        && hashes.size() == ends.size() + 1) {
      return Optional.of(
          new CompoundHash(
              ends.values().stream().map(end -> TreePath.parse(end.asText())).toList(),
              hashes.values().stream().map(hash -> hash.asText()).toList()));
    }
    return Optional.empty();
  }

  boolean isOf(Node node) {
    return node.hash().equals(simple);
  }

  /// What to send instead of the whole; nothing when that would not be less.
  List<CompoundHash.Range> differences(Node node) {
    return simple.isEmpty() || node.isEmpty()
        ? List.of()
        : compound.map(hash -> hash.differences(node)).orElse(List.of());
  }
}
