package io.millrace.wire.realtime;

import io.millrace.engine.security.SecurityRules.ReadDecision;
import io.millrace.store.realtime.Change;
import io.millrace.store.realtime.ChangeListener;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Has a live read decided again when something changes where its rules looked.
///
/// A write elsewhere costs nothing; one there costs its writer a comparison, and many of them at
/// once lead to one decision. All but the listeners' calls on one loop.
final class ReadWatch {
  private final Database database;
  private final Function<Node, ReadDecision> decide;
  private final Runnable again;
  private final List<Database.Listening> listening = new ArrayList<>();
  private final AtomicBoolean isDue = new AtomicBoolean();
  private Set<TreePath> places = Set.of();

  /// @param decide for a tree as it is
  /// @param again calls [#isAllowed] soon, on the loop; must not block
  ReadWatch(Database database, Function<Node, ReadDecision> decide, Runnable again) {
    this.database = database;
    this.decide = decide;
    this.again = again;
  }

  /// Decides, and watches what the decision rests on.
  ///
  /// @throws io.millrace.store.realtime.TooManyException when too many listen already
  boolean isAllowed() {
    isDue.set(false); // before the tree is read: what comes later is noted again
    var root = database.root();
    var decision = decide.apply(root);
    if (!decision.isAllowed()) {
      stop();
    } else if (!decision.places().equals(places)) {
      stop();
      for (var place : decision.places()) {
        listening.add(database.listen(place, new Look(place, root)));
      }
      places = decision.places();
    }
    return decision.isAllowed();
  }

  void stop() {
    listening.forEach(Database.Listening::stop);
    listening.clear();
    places = Set.of();
  }

  private final class Look implements ChangeListener {
    private final TreePath place;
    private @Nullable Node decidedFor;

    Look(TreePath place, Node decidedFor) {
      this.place = place;
      this.decidedFor = decidedFor.at(place);
    }

    @Override
    public void started(Node root) {
      compare(decidedFor, root.at(place));
      decidedFor = null; // a tree of the past is not kept
    }

    @Override
    public void changed(Change change) {
      compare(change.before().at(place), change.after().at(place));
    }

    @SuppressWarnings("ReferenceEquality") // trees share what a write left alone
    private void compare(@Nullable Node before, Node after) {
      if (before != after && isDue.compareAndSet(false, true)) {
        again.run();
      }
    }
  }
}
