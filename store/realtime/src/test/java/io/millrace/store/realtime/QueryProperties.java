package io.millrace.store.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.store.realtime.Query.Bound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries against a filter and a sort of all children, written independently.
class QueryProperties {
  private static final List<String> VALUES =
      List.of(
          "null",
          "false",
          "true",
          "-1",
          "0",
          "0.5",
          "2",
          "9007199254740993",
          "9007199254740992.0",
          "1e300",
          "\"\"",
          "\"a\"",
          "\"b\"",
          "{\"x\":1}",
          "{\"y\":2}");
  private static final List<String> KEYS =
      List.of("0", "1", "2", "10", "01", "-5", "a", "b", "c", "\uE000", "\uD83D\uDE00", "zz", "-x");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anyQueryGivesWhatFilteringAndSortingGives(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      boolean priorities = random.nextInt(3) == 0;
      Node node = Branch.EMPTY;
      for (int n = random.nextInt(20); n > 0; n--) {
        var value = Nodes.node(pick(VALUES, random));
        var child = random.nextBoolean() ? value : Branch.EMPTY.with("v", value);
        var priority = Nodes.node(pick(VALUES.subList(3, 13), random));
        node =
            node.with(pick(KEYS, random), priorities ? child.with(".priority", priority) : child);
      }
      var query = randomQuery(random);
      assertThat(query.apply(node))
          .as("seed %d step %d: %s on %s", seed, i, query, node)
          .isEqualTo(naive(query, node));
    }
  }

  private static Query randomQuery(Random random) {
    var index =
        switch (random.nextInt(4)) {
          case 0 -> new QueryIndex.ByKey();
          case 1 -> new QueryIndex.ByValue();
          case 2 -> new QueryIndex.ByPriority();
          default -> new QueryIndex.ByChild(TreePath.of("v"));
        };
    return new Query(
        index,
        bound(index, random, Query.MIN_KEY),
        bound(index, random, Query.MAX_KEY),
        random.nextInt(5),
        random.nextBoolean());
  }

  private static Optional<Bound> bound(QueryIndex index, Random random, String key) {
    if (random.nextBoolean()) {
      return Optional.empty();
    }
    if (index instanceof QueryIndex.ByKey) {
      var value = Leaf.of(new io.millrace.base.json.JsonString(pick(KEYS, random)));
      return Optional.of(new Bound(value, key, random.nextBoolean()));
    }
    var value = Nodes.node(pick(VALUES.subList(0, 13), random));
    var name = random.nextBoolean() ? key : pick(KEYS, random);
    return Optional.of(new Bound(value, name, random.nextBoolean()));
  }

  private static Node naive(Query query, Node node) {
    if (!(node instanceof Branch branch)) {
      return query.isAll() ? node : Branch.EMPTY;
    }
    Comparator<Child> order =
        (a, b) -> {
          int byIndex = NaiveOrder.compare(value(query, a), value(query, b));
          return byIndex != 0 ? byIndex : NaiveOrder.compareKeys(a.key(), b.key());
        };
    var wanted = new ArrayList<Child>();
    branch.forEach(wanted::add);
    wanted.sort(order);
    query
        .start()
        .ifPresent(
            b -> wanted.removeIf(c -> order.compare(c, child(query, b)) < (b.inclusive() ? 0 : 1)));
    query
        .end()
        .ifPresent(
            b ->
                wanted.removeIf(c -> order.compare(c, child(query, b)) > (b.inclusive() ? 0 : -1)));
    int drop = query.limit() == 0 ? 0 : Math.max(0, wanted.size() - query.limit());
    var kept =
        query.fromEnd()
            ? wanted.subList(drop, wanted.size())
            : wanted.subList(0, wanted.size() - drop);
    Node result = Branch.EMPTY;
    for (var child : kept) {
      result = result.with(child.key(), child.node());
    }
    return result;
  }

  private static Child child(Query query, Bound bound) {
    if (query.index() instanceof QueryIndex.ByKey) {
      return new Child(((Leaf) bound.value()).value().asText(), Branch.EMPTY);
    }
    var node = query.index() instanceof QueryIndex.ByValue ? bound.value() : Branch.EMPTY;
    if (query.index() instanceof QueryIndex.ByPriority) {
      node = Nodes.node("1").with(".priority", bound.value());
    }
    if (query.index() instanceof QueryIndex.ByChild) {
      node = Branch.EMPTY.with("v", bound.value());
    }
    return new Child(bound.key(), node);
  }

  private static Node value(Query query, Child child) {
    return switch (query.index()) {
      case QueryIndex.ByKey _ -> Branch.EMPTY;
      case QueryIndex.ByValue _ -> child.node();
      case QueryIndex.ByPriority _ -> child.node().child(".priority");
      case QueryIndex.ByChild _ -> child.node().child("v");
    };
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
