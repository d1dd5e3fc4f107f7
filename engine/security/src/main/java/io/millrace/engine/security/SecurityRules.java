package io.millrace.engine.security;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.QueryIndex;
import io.millrace.store.realtime.TreePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rules of one database: who may read and write what, and which children are indexed.
///
/// Immutable. `.read` and `.write` grant from the root down, the first true one for everything
/// below; `.validate` must hold at every place that is written and still there. A rule that cannot
/// be evaluated is false.
public final class SecurityRules {
  /// Nobody may do anything.
  public static final SecurityRules CLOSED =
      parse("{\n  \"rules\": {\n    \".read\": false,\n    \".write\": false\n  }\n}\n");

  /// Everybody may do everything.
  public static final SecurityRules OPEN =
      parse("{\n  \"rules\": {\n    \".read\": true,\n    \".write\": true\n  }\n}\n");

  private final String source;
  private final RuleSpot root;

  private SecurityRules(String source, RuleSpot root) {
    this.source = source;
    this.root = root;
  }

  /// Reads and checks a rules file, JSON with comments.
  ///
  /// @throws RulesException when anything is wrong, with line and column
  public static SecurityRules parse(String source) {
    return new SecurityRules(source, RulesCompiler.compile(source));
  }

  /// As it was written, with comments.
  public String source() {
    return source;
  }

  /// The same without comments.
  public JsonValue json() {
    return plain(RulesReader.read(source));
  }

  private static JsonValue plain(RulesJson json) {
    return switch (json) {
      case RulesJson.Members members -> {
        var object = JsonObject.builder();
        members.values().forEach((name, value) -> object.put(name, plain(value)));
        yield object.build();
      }
      case RulesJson.Items items ->
          new JsonArray(items.values().stream().map(SecurityRules::plain).toList());
      case RulesJson.Text text -> new JsonString(text.text().text());
      case RulesJson.Flag flag -> flag.value() ? JsonBoolean.TRUE : JsonBoolean.FALSE;
      case RulesJson.Other _ -> JsonNull.NULL;
    };
  }

  /// A read that somebody asks for.
  ///
  /// @param auth what `auth` is in the rules: an object, or null for nobody
  public record Read(Node root, TreePath path, Query query, JsonValue auth, long nowMs) {}

  /// A write that somebody asks for.
  ///
  /// @param before the root before it
  /// @param after the root as it would be
  /// @param paths the places that it replaces
  public record Write(Node before, Node after, List<TreePath> paths, JsonValue auth, long nowMs) {}

  public boolean mayRead(Read read) {
    return reads(read, Trace.Recorder.NONE, new StepBudget());
  }

  /// What becomes of a read, and for how long.
  ///
  /// @param places where the rules looked: as long as nothing changes there, nor the rules, nor who
  ///     asks, the decision is the same (but for rules that ask for the time)
  public record ReadDecision(boolean isAllowed, Set<TreePath> places) {}

  /// The same as [#mayRead], for who wants to read on.
  public ReadDecision decide(Read read) {
    var budget = new StepBudget(true);
    boolean isAllowed = reads(read, Trace.Recorder.NONE, budget);
    return new ReadDecision(isAllowed, budget.places());
  }

  public boolean mayWrite(Write write) {
    return writes(write, Trace.Recorder.NONE);
  }

  /// The same as [#mayRead] with the reasons.
  public Trace explain(Read read) {
    var steps = new Trace.Steps();
    return steps.trace(reads(read, steps, new StepBudget()));
  }

  /// The same as [#mayWrite] with the reasons.
  public Trace explain(Write write) {
    var steps = new Trace.Steps();
    return steps.trace(writes(write, steps));
  }

  private boolean reads(Read read, Trace.Recorder recorder, StepBudget budget) {
    var start = Snapshot.root(read.root());
    var scope =
        new Scope(
            start,
            start,
            Optional.empty(),
            RuleValue.of(read.auth()),
            read.nowMs(),
            new QueryFacts(read.query()),
            Map.of());
    var place = new RuleSpot.Place(root, scope);
    var path = TreePath.ROOT;
    if (place.decide(root.read(), path, budget, recorder)) {
      return true;
    }
    for (var key : data(read.path()).keys()) {
      place = place.child(key);
      path = path.child(key);
      if (place.decide(place.spot().read(), path, budget, recorder)) {
        return true;
      }
    }
    return false;
  }

  private boolean writes(Write write, Trace.Recorder recorder) {
    var before = Snapshot.root(write.before());
    var scope =
        new Scope(
            before,
            before,
            Optional.of(Snapshot.root(write.after())),
            RuleValue.of(write.auth()),
            write.nowMs(),
            QueryFacts.NONE,
            Map.of());
    var walk = new WriteWalk(new StepBudget(), recorder);
    for (var path : write.paths()) {
      if (!walk.allows(new RuleSpot.Place(root, scope), data(path))) {
        return false;
      }
    }
    return true;
  }

  /// A priority belongs to its node.
  private static TreePath data(TreePath path) {
    return !path.isRoot() && path.last().equals(Node.PRIORITY) ? path.parent() : path;
  }

  /// Whether the children at `path` are indexed for that order; keys and priorities always are.
  public boolean isIndexed(TreePath path, QueryIndex index) {
    return switch (index) {
      case QueryIndex.ByKey _, QueryIndex.ByPriority _ -> true;
      case QueryIndex.ByValue _ -> indexOn(path).contains(".value");
      case QueryIndex.ByChild(var child) -> indexOn(path).contains(child.toString().substring(1));
    };
  }

  private Set<String> indexOn(TreePath path) {
    var spot = root;
    for (var key : path.keys()) {
      spot = spot.below(key);
    }
    return spot.indexOn();
  }

  /// Walks the places that one write concerns.
  private record WriteWalk(StepBudget budget, Trace.Recorder recorder) {

    boolean allows(RuleSpot.Place start, TreePath written) {
      var place = start;
      var path = TreePath.ROOT;
      boolean isGranted = false;
      for (int depth = 0; ; depth++) {
        isGranted = isGranted || place.decide(place.spot().write(), path, budget, recorder);
        if (!isValid(place, path)) {
          return false;
        }
        if (depth == written.size()) {
          return isGranted && isValidBelow(place, path);
        }
        place = place.child(written.key(depth));
        path = path.child(written.key(depth));
      }
    }

    /// What is gone need not be valid.
    private boolean isValid(RuleSpot.Place place, TreePath path) {
      return place.spot().validate().isEmpty()
          || !place.scope().newData().orElseThrow().exists()
          || place.decide(place.spot().validate(), path, budget, recorder);
    }

    private boolean isValidBelow(RuleSpot.Place place, TreePath path) {
      if (!place.spot().validates()
          || !(place.scope().newData().orElseThrow().node() instanceof Branch branch)) {
        return true;
      }
      if (place.spot().wildcard().isEmpty()) { // few rules: their places, not all the data
        for (var key : place.spot().childNames()) {
          if (!branch.child(key).isEmpty() && !isValidAt(place.child(key), path.child(key))) {
            return false;
          }
        }
        return true;
      }
      for (var child : branch) {
        if (!isValidAt(place.child(child.key()), path.child(child.key()))) {
          return false;
        }
      }
      return true;
    }

    private boolean isValidAt(RuleSpot.Place place, TreePath path) {
      return isValid(place, path) && isValidBelow(place, path);
    }
  }
}
