package io.millrace.store.realtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A write whose rows are in the commit, or that was refused.
///
/// @param change what to tell; none when refused
/// @param after the root after it
/// @param historyNext the id that the next write will have in the history
record AppliedWrite(
    AskedWrite asked, WriteResult result, Optional<Change> change, Node after, long historyNext) {

  static AppliedWrite refused(AskedWrite asked, Node root, WriteResult why) {
    return new AppliedWrite(asked, why, Optional.empty(), root, 0);
  }

  static AppliedWrite written(
      AskedWrite asked, WriteResult.Written written, Node before, Node after, long historyNext) {
    var plan = asked.plan();
    var change = new Change(before, after, plan.base(), plan.isMerge(), plan.paths(), asked.by());
    return new AppliedWrite(asked, written, Optional.of(change), after, historyNext);
  }

  static WriteResult.Written values(WritePlan plan, Node after) {
    Map<TreePath, Node> values = LinkedHashMap.newLinkedHashMap(plan.parts().size());
    plan.paths().forEach(path -> values.put(path, after.at(path)));
    return new WriteResult.Written(values);
  }
}
