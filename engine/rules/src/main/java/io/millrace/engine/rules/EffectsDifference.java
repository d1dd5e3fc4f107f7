package io.millrace.engine.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// What two rehearsals of the same messages did differently.
///
/// @param onlyBefore effects that are missing after the change
/// @param onlyAfter effects that are new
public record EffectsDifference(
    List<Rehearsal.Effect> onlyBefore, List<Rehearsal.Effect> onlyAfter) {
  public boolean isEmpty() {
    return onlyBefore.isEmpty() && onlyAfter.isEmpty();
  }

  public static EffectsDifference of(List<Rehearsal.Effect> before, List<Rehearsal.Effect> after) {
    return new EffectsDifference(without(before, after), without(after, before));
  }

  /// Each effect is taken away as often as the others have it.
  private static List<Rehearsal.Effect> without(
      List<Rehearsal.Effect> some, List<Rehearsal.Effect> others) {
    var left = new HashMap<Rehearsal.Effect, Integer>();
    others.forEach(effect -> left.merge(effect, 1, Integer::sum));
    var only = new ArrayList<Rehearsal.Effect>();
    for (var effect : some) {
      int count = left.getOrDefault(effect, 0);
      if (count == 0) {
        only.add(effect);
      } else {
        left.put(effect, count - 1);
      }
    }
    return List.copyOf(only);
  }
}
