package io.millrace.store.realtime;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a client holds of a node, told in hashes of ranges of it, so that only the ranges that
/// differ need to be sent.
///
/// The leaves of the node, priorities of branches among them, are cut into ranges; each range ends
/// with the place of its last leaf. The SDKs' text of a range is that of the node with only those
/// leaves.
///
/// @param ends where the ranges end, included; upward
/// @param hashes one for each range, and one more for what comes after the last
public record CompoundHash(List<TreePath> ends, List<String> hashes) {

  public CompoundHash {
    if (hashes.size() != ends.size() + 1) {
      throw new IllegalArgumentException(
          "%d ranges need %d hashes, not %d"
              .formatted(ends.size(), ends.size() + 1, hashes.size()));
    }
    ends = List.copyOf(ends);
    hashes = List.copyOf(hashes);
  }

  /// A range that the client does not have as it is.
  ///
  /// @param after the place after which it begins; none for the beginning
  /// @param until its last place; none for the end
  /// @param data what lies in the range, as in [Node#toExportJson]; null for nothing
  public record Range(Optional<TreePath> after, Optional<TreePath> until, JsonValue data) {}

  private record Place(TreePath path, JsonValue data) {}

  /// The ranges in which `node` differs from what the client holds, upward; neighbours are one.
  ///
  /// Empty also when they cannot be told: the SDKs' hash leaves out the priority of a node all of
  /// whose children sort before it, and they forget that of the leaf before a range.
  public List<Range> differences(Node node) {
    var walk = new Walk(this);
    walk.node(node, TreePath.ROOT);
    var differences = walk.end();
    boolean isForgotten =
        differences.stream()
            .flatMap(range -> range.after().stream())
            .anyMatch(leaf -> node.at(leaf).hasPriority());
    return isForgotten ? List.of() : differences;
  }

  /// The places of a node's leaves in order, as the SDKs visit them, cut into the client's ranges.
  private static final class Walk {
    private final CompoundHash known;
    private final List<Range> differences = new ArrayList<>();
    private int range;
    private @Nullable TreePath last; // leaf of this range
    private final StringBuilder text = new StringBuilder();
    private final List<Place> content = new ArrayList<>(); // of this range
    private final List<Place> different = new ArrayList<>(); // of neighbours that differ
    private int firstDifferent = -1;
    private boolean isBlind; // to a priority

    Walk(CompoundHash known) {
      this.known = known;
    }

    void node(Node node, TreePath at) {
      switch (node) {
        case Leaf leaf -> leaf(leaf, at);
        case Branch branch -> children(branch, at);
      }
    }

    /// RTDB: a branch's priority comes where its key sorts, and not at all when it sorts last.
    private void children(Branch branch, TreePath at) {
      boolean isPriorityDue = branch.hasPriority();
      for (var child : branch) {
        if (isPriorityDue && ChildKey.compare(child.key(), Node.PRIORITY) > 0) {
          leaf((Leaf) branch.priorityNode(), at.child(Node.PRIORITY));
          isPriorityDue = false;
        }
        node(child.node(), at.child(child.key()));
      }
      isBlind |= isPriorityDue;
    }

    private void leaf(Leaf leaf, TreePath at) {
      while (range < known.ends.size() && compare(at, known.ends.get(range)) > 0) {
        close();
      }
      open(at);
      NodeHash.appendRangeText(leaf, text);
      content.add(new Place(at, leaf.toExportJson()));
      last = at;
    }

    private void open(TreePath at) {
      int shared = 0;
      if (last == null) {
        text.append('(');
      } else {
        shared = sharedDepth(last, at);
        text.repeat(')', last.size() - shared).append(',');
      }
      for (int i = shared; i < at.size(); i++) {
        NodeHash.appendQuoted(at.key(i), text);
        text.append(":(");
      }
    }

    private void close() {
      if (!hash().equals(known.hashes.get(range))) {
        firstDifferent = firstDifferent < 0 ? range : firstDifferent;
        different.addAll(content);
      } else {
        report(range);
      }
      last = null;
      text.setLength(0);
      content.clear();
      range++;
    }

    private String hash() {
      if (last == null) {
        return "";
      }
      text.repeat(')', last.size() + 1);
      return NodeHash.base64(text.toString());
    }

    /// Ends a row of neighbours that differ right before `range`.
    private void report(int until) {
      if (firstDifferent >= 0) {
        differences.add(
            new Range(
                firstDifferent == 0
                    ? Optional.empty()
                    : Optional.of(known.ends.get(firstDifferent - 1)),
                until > known.ends.size()
                    ? Optional.empty()
                    : Optional.of(known.ends.get(until - 1)),
                different.isEmpty() ? JsonNull.NULL : nested(different, 0)));
        firstDifferent = -1;
        different.clear();
      }
    }

    List<Range> end() {
      while (range <= known.ends.size()) {
        close();
      }
      report(range);
      return isBlind ? List.of() : differences;
    }
  }

  /// The places as one JSON value.
  private static JsonValue nested(List<Place> places, int depth) {
    if (places.getFirst().path.size() == depth) {
      return places.getFirst().data;
    }
    var object = JsonObject.builder();
    for (int from = 0; from < places.size(); ) {
      var key = places.get(from).path.key(depth);
      int until = from + 1;
      while (until < places.size() && places.get(until).path.key(depth).equals(key)) {
        until++;
      }
      object.put(key, nested(places.subList(from, until), depth + 1));
      from = until;
    }
    return object.build();
  }

  private static int sharedDepth(TreePath a, TreePath b) {
    int depth = 0;
    while (depth < a.size() && depth < b.size() && a.key(depth).equals(b.key(depth))) {
      depth++;
    }
    return depth;
  }

  private static int compare(TreePath a, TreePath b) {
    int shared = sharedDepth(a, b);
    return shared < a.size() && shared < b.size()
        ? ChildKey.compare(a.key(shared), b.key(shared))
        : Integer.compare(a.size(), b.size());
  }
}
