package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonString;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Change;
import io.millrace.store.realtime.Leaf;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.Query.Bound;
import io.millrace.store.realtime.QueryIndex;
import io.millrace.store.realtime.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that applies what it is told always has what the query gives on the whole tree.
class QueryViewProperties {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatAClientIsToldAddsUpToTheQuery(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      var listened = TreePath.of("list");
      var query = query(random);
      var view = new QueryView(listened, query);
      Node root = Branch.EMPTY;
      var client = view.start(root);
      for (int step = 0; step < 80; step++) {
        var change = change(root, random);
        root = change.after();
        client = view.take(change).map(applied(client)).orElse(client);
        assertThat(plain(client))
            .as("seed %d round %d step %d: %s after %s", seed, round, step, query, change)
            .isEqualTo(plain(query.apply(root.at(listened))));
      }
    }
  }

  private static String plain(Node node) {
    return node.withPriority(io.millrace.base.json.JsonNull.NULL).toExportJson().toString();
  }

  private static java.util.function.Function<Update, Node> applied(Node client) {
    return update ->
        switch (update) {
          case Update.Put(var path, var value) -> client.with(path, value);
          case Update.Merge(var path, var values) -> {
            var merged = client;
            for (var entry : values.entrySet()) {
              merged = merged.with(path.append(entry.getKey()), entry.getValue());
            }
            yield merged;
          }
        };
  }

  private static Change change(Node root, Random random) {
    var paths = new ArrayList<TreePath>();
    var after = root;
    boolean isMerge = random.nextInt(4) == 0;
    for (int i = isMerge ? 1 + random.nextInt(3) : 1; i > 0; i--) {
      var path = path(random);
      if (paths.stream().noneMatch(p -> p.startsWith(path) || path.startsWith(p))) {
        paths.add(path);
        after = after.with(path, value(path, random));
      }
    }
    return new Change(root, after, isMerge ? TreePath.ROOT : paths.getFirst(), isMerge, paths, "");
  }

  private static TreePath path(Random random) {
    var child = TreePath.of("list", "k" + random.nextInt(8));
    return switch (random.nextInt(24)) {
      case 0 -> TreePath.ROOT;
      case 1 -> TreePath.of("list");
      case 2 -> TreePath.of("elsewhere");
      case 3 -> TreePath.of("list", Node.PRIORITY);
      case 4, 5 -> child.child(Node.PRIORITY);
      case 6, 7, 8, 9, 10 -> child;
      default -> child.child(random.nextBoolean() ? "h" : "other");
    };
  }

  private static Node value(TreePath path, Random random) {
    boolean isDeleted = random.nextInt(5) == 0;
    return isDeleted ? Branch.EMPTY : Leaf.of(new JsonLong(random.nextInt(6)));
  }

  private static Query query(Random random) {
    var index =
        List.of(
                new QueryIndex.ByKey(),
                new QueryIndex.ByValue(),
                new QueryIndex.ByPriority(),
                new QueryIndex.ByChild(TreePath.of("h")))
            .get(random.nextInt(4));
    return new Query(
        index,
        bound(index, Query.MIN_KEY, random),
        bound(index, Query.MAX_KEY, random),
        random.nextInt(4),
        random.nextBoolean());
  }

  private static Optional<Bound> bound(QueryIndex index, String key, Random random) {
    if (random.nextInt(3) > 0) {
      return Optional.empty();
    }
    var value =
        index instanceof QueryIndex.ByKey
            ? Leaf.of(new JsonString("k" + random.nextInt(8)))
            : Leaf.of(new JsonLong(random.nextInt(6)));
    return Optional.of(new Bound(value, key, random.nextBoolean()));
  }
}
