package io.millrace.store.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonLong;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tree against nested sorted maps.
class NodeProperties {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyWritesGiveWhatNestedMapsGive(long seed) {
    var random = new Random(seed);
    int keys = 1 + random.nextInt(60);
    Node tree = Branch.EMPTY;
    var model = new Model();
    for (int i = 0; i < 4_000; i++) {
      var path = new ArrayList<String>();
      for (int depth = random.nextInt(3); depth >= 0; depth--) {
        path.add(Integer.toString(random.nextInt(keys), random.nextBoolean() ? 10 : 36));
      }
      var before = tree;
      var beforeText = i % 100 == 0 ? before.toExportJson().toString() : "";
      var value = random.nextInt(3) == 0 ? Branch.EMPTY : Leaf.of(new JsonLong(i));
      tree = tree.with(new TreePath(path), value);
      model.put(path, value);
      if (i % 100 == 0) {
        assertThat(before.toExportJson()).as("a snapshot does not change").hasToString(beforeText);
        model.assertSame(tree, "seed " + seed + " step " + i);
        assertThat(tree).isEqualTo(Nodes.node(tree.toExportJson().toString()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void largeBranchesStayBalancedAndWalkBothWays(long seed) {
    var random = new Random(seed);
    Node tree = Branch.EMPTY;
    var model = new TreeMap<String, Long>(ChildKey.ORDER);
    for (int i = 0; i < 20_000; i++) {
      var key = "k" + random.nextInt(3_000);
      boolean deletes = random.nextInt(5) < (i / 5_000) % 2 * 4;
      tree = tree.with(key, deletes ? Branch.EMPTY : Leaf.of(new JsonLong(i)));
      if (deletes) {
        model.remove(key);
      } else {
        model.put(key, (long) i);
      }
    }
    var branch = (Branch) tree;
    assertThat(branch.size()).isEqualTo(model.size());
    for (int i = 0; i < 200; i++) {
      var from = "k" + random.nextInt(3_000);
      boolean inclusive = random.nextBoolean();
      assertThat(keys(branch.upFrom(from, inclusive)))
          .isEqualTo(List.copyOf(model.tailMap(from, inclusive).keySet()));
      assertThat(keys(branch.downFrom(from, inclusive)))
          .isEqualTo(List.copyOf(model.headMap(from, inclusive).descendingKeySet()));
    }
  }

  private static List<String> keys(java.util.Iterator<Child> walk) {
    var keys = new ArrayList<String>();
    walk.forEachRemaining(child -> keys.add(child.key()));
    return keys;
  }

  /// A leaf, or children; as simple as can be.
  private static final class Model {
    private Node leaf = Branch.EMPTY;
    private final Map<String, Model> children = new TreeMap<>(ChildKey.ORDER);

    void put(List<String> path, Node value) {
      if (path.isEmpty()) {
        leaf = value;
        children.clear();
        return;
      }
      if (!value.isEmpty()) {
        leaf = Branch.EMPTY;
      }
      var child = children.computeIfAbsent(path.getFirst(), _ -> new Model());
      child.put(path.subList(1, path.size()), value);
      if (child.leaf.isEmpty() && child.children.isEmpty()) {
        children.remove(path.getFirst());
      }
    }

    void assertSame(Node node, String as) {
      if (node instanceof Branch branch) {
        assertThat(keys(branch.iterator())).as(as).isEqualTo(List.copyOf(children.keySet()));
        children.forEach((key, child) -> child.assertSame(branch.child(key), as + "/" + key));
      } else {
        assertThat(node).as(as).isEqualTo(leaf);
      }
    }
  }
}
