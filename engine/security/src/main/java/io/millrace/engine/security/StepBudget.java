package io.millrace.engine.security;

import io.millrace.store.realtime.TreePath;
import java.util.HashSet;
import java.util.Set;

/// How much work one decision may take, and which places it has looked at; a rule that would take
/// more fails.
final class StepBudget {
  private static final long STEPS_MAX = 200_000_000; // about a second
  private static final int PLACES_MAX = 64;
  private final boolean isRemembering;
  private final Set<TreePath> places = new HashSet<>();
  private long left = STEPS_MAX;

  StepBudget() {
    this(false);
  }

  /// @param isRemembering whether somebody wants to know the places
  StepBudget(boolean isRemembering) {
    this.isRemembering = isRemembering;
  }

  /// Whether there was enough left.
  boolean spend(long steps) {
    left -= steps;
    return left >= 0;
  }

  Snapshot looked(Snapshot place) {
    if (isRemembering) {
      places.add(place.path());
    }
    return place;
  }

  /// The places; where there are many, the root stands for all.
  Set<TreePath> places() {
    return places.size() > PLACES_MAX ? Set.of(TreePath.ROOT) : Set.copyOf(places);
  }
}
