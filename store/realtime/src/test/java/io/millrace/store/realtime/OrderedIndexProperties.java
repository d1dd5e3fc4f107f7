package io.millrace.store.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.store.realtime.Query.Bound;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Indexes of long lists against the walk of all children, through any row of changes.
class OrderedIndexProperties {
  private static final List<QueryIndex> ORDERS =
      List.of(
          new QueryIndex.ByChild(TreePath.of("v")),
          new QueryIndex.ByChild(TreePath.of("v", "deep")),
          new QueryIndex.ByValue(),
          new QueryIndex.ByPriority());
  private static final List<String> VALUES =
      List.of("null", "false", "true", "-7", "0", "2.5", "1e300", "\"a\"", "\"b\"", "{\"deep\":3}");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anIndexGivesWhatAWalkGivesAfterAnyChanges(long seed) {
    var random = new Random(seed);
    Node node = Branch.EMPTY;
    for (int step = 0; step < 6_000; step++) {
      node = changed(node, random, 30 + (step / 500) % 3 * 60); // shrinks and grows past the limit
      if (random.nextInt(4) == 0) {
        var query = query(random);
        assertThat(query.apply(node, true))
            .as("seed %d step %d: %s on %s", seed, step, query, node)
            .isEqualTo(query.apply(node, false));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void anIndexMadeOfAnEarlierStateIsBroughtUpToDate(long seed) {
    var random = new Random(seed);
    Node node = list(200);
    for (int round = 0; round < 60; round++) {
      var earlier = (Branch) node;
      var query = query(random);
      var made = OrderedIndex.of(earlier.children(), query.index());
      for (int step = random.nextInt(80); step > 0; step--) {
        node = changed(node, random, 150);
      }
      ((Branch) node).adopt(query.index(), earlier, made);
      assertThat(query.isQuickAt(node)).isTrue();
      assertThat(query.apply(node, true))
          .as("seed %d round %d: %s on %s", seed, round, query, node)
          .isEqualTo(query.apply(node, false));
      node = node.with(TreePath.of("z" + round, "v"), Nodes.node("1")); // indexes go with a copy
    }
  }

  private static Node changed(Node node, Random random, int keys) {
    var key = "k" + random.nextInt(keys * 2);
    boolean isTooMany = node instanceof Branch branch && branch.size() > keys;
    if (isTooMany || random.nextInt(5) == 0) {
      return node.with(key, Branch.EMPTY);
    }
    var value = Nodes.node(VALUES.get(random.nextInt(VALUES.size())));
    return switch (random.nextInt(3)) {
      case 0 -> node.with(TreePath.of(key, "v"), value);
      case 1 -> node.with(TreePath.of(key, "other"), value);
      default -> node.with(key, value.with(".priority", Nodes.node("" + random.nextInt(3))));
    };
  }

  private static Query query(Random random) {
    return new Query(
        ORDERS.get(random.nextInt(ORDERS.size())),
        bound(random, Query.MIN_KEY),
        bound(random, Query.MAX_KEY),
        random.nextInt(8),
        random.nextBoolean());
  }

  private static Optional<Bound> bound(Random random, String key) {
    if (random.nextInt(3) == 0) {
      return Optional.empty();
    }
    var value = Nodes.node(VALUES.get(random.nextInt(VALUES.size() - 1)));
    var name = random.nextBoolean() ? key : "k" + random.nextInt(200);
    return Optional.of(new Bound(value, name, random.nextBoolean()));
  }

  @Test
  void aWriteThatLeavesTheOrderAloneLeavesTheIndexAlone() {
    var order = ORDERS.getFirst();
    var list = (Branch) list(200);
    var index = list.ordered(order);
    assertThat(index).isNotNull();

    var elsewhere = (Branch) list.with(TreePath.of("k7", "other"), Nodes.node("1"));
    assertThat(elsewhere.ordered(order)).isSameAs(index);

    var moved = (Branch) list.with(TreePath.of("k7", "v"), Nodes.node("1000"));
    assertThat(first(moved.ordered(order).down(_ -> true))).isEqualTo("k7");
    assertThat(first(index.down(_ -> true))).isEqualTo("k199"); // a snapshot stays what it was
  }

  @Test
  void anIndexThatNobodyUsesIsNotKeptUpForEver() {
    var order = ORDERS.getFirst();
    Node list = list(200);
    var index = ((Branch) list).ordered(order);
    for (int i = 0; i < 10_010; i++) {
      list = list.with(TreePath.of("k7", "other"), Nodes.node("" + i));
    }
    assertThat(((Branch) list).ordered(order)).isNotSameAs(index).isNotNull();
  }

  private static Node list(int size) {
    Node list = Branch.EMPTY;
    for (int i = 0; i < size; i++) {
      list = list.with(TreePath.of("k" + i, "v"), Nodes.node("" + i));
    }
    return list;
  }

  private static String first(Iterator<Child> children) {
    return children.next().key();
  }
}
