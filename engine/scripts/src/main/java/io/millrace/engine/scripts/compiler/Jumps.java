package io.millrace.engine.scripts.compiler;

import static io.millrace.engine.scripts.compiler.Linkage.THROWN;

import io.millrace.engine.scripts.compiler.Statement.Block;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Where `break`, `continue` and `return` go, and what `finally` has to do before they get there.
final class Jumps {
  sealed interface Around permits Target, Region {}

  /// `next` is absent for a switch or a labelled block.
  record Target(Set<String> labels, Optional<Label> next, Label end, boolean isPlain)
      implements Around {}

  /// Code that is guarded by a handler. It has holes where a jump out of it does the work of
  /// `finally`: an error there belongs to the next handler outside.
  static final class Region implements Around {
    private final Optional<Block> last;
    private final List<Label> starts = new ArrayList<>();
    private final List<Label> ends = new ArrayList<>();

    private Region(Optional<Block> last) {
      this.last = last;
    }
  }

  private final CodeBuilder code;
  private final Consumer<Block> emit;
  private final Deque<Around> around = new ArrayDeque<>();
  private Set<String> labelsOfNext = Set.of();

  Jumps(CodeBuilder code, Consumer<Block> emit) {
    this.code = code;
    this.emit = emit;
  }

  void inLoop(Label next, Label end, Runnable body) {
    inside(new Target(labelsOfNext, Optional.of(next), end, true), body);
  }

  void inSwitch(Label end, Runnable body) {
    inside(new Target(labelsOfNext, Optional.empty(), end, true), body);
  }

  void inLabelled(String label, Label end, Runnable body) {
    var labels = new HashSet<>(labelsOfNext);
    labels.add(label);
    var target = new Target(Set.of(label), Optional.empty(), end, false);
    around.push(target);
    labelsOfNext = labels;
    body.run();
    labelsOfNext = Set.of();
    around.pop();
  }

  private void inside(Target target, Runnable body) {
    labelsOfNext = Set.of();
    around.push(target);
    body.run();
    around.pop();
  }

  Region open(Optional<Block> last) {
    labelsOfNext = Set.of();
    var region = new Region(last);
    around.push(region);
    start(region);
    return region;
  }

  private void start(Region region) {
    region.starts.add(code.newBoundLabel());
    code.nop(); // an empty range would not be a valid one
  }

  void close(Region region) {
    around.remove(region);
    region.ends.add(code.newBoundLabel());
  }

  /// After everything inside: sends errors from the region to `handler`.
  void guard(Region region, Label handler) {
    for (int i = 0; i < region.starts.size(); i++) {
      code.exceptionCatch(region.starts.get(i), region.ends.get(i), handler, THROWN);
    }
  }

  void breakTo(Optional<String> label, int at) {
    var target = target(label, "break", at, false);
    leaveTo(target, () -> code.goto_(target.end()));
  }

  void continueTo(Optional<String> label, int at) {
    var target = target(label, "continue", at, true);
    leaveTo(target, () -> code.goto_(target.next().orElseThrow()));
  }

  private Target target(Optional<String> label, String word, int at, boolean isLoop) {
    for (var each : around) {
      if (each instanceof Target target
          && (!isLoop || target.next().isPresent())
          && label.map(target.labels()::contains).orElse(target.isPlain())) {
        return target;
      }
    }
    throw SourceException.syntax("'" + word + "' has nothing to leave", word, at);
  }

  boolean hasWorkBeforeReturn() {
    return around.stream().anyMatch(each -> each instanceof Region region && isWork(region));
  }

  private static boolean isWork(Region region) {
    return region.last.isPresent();
  }

  void leaveAll(Runnable jump) {
    leave(List.copyOf(around), jump);
  }

  private void leaveTo(Target target, Runnable jump) {
    var crossed = new ArrayList<Around>();
    for (var each : around) {
      if (each.equals(target)) {
        break;
      }
      crossed.add(each);
    }
    leave(crossed, jump);
  }

  private void leave(List<Around> crossed, Runnable jump) {
    var saved = List.copyOf(around);
    var regions = new ArrayList<Region>();
    for (var each : crossed) {
      around.remove(each);
      if (each instanceof Region region) {
        regions.add(region);
        region.ends.add(code.newBoundLabel());
        region.last.ifPresent(emit);
      }
    }
    jump.run();
    around.clear();
    around.addAll(saved);
    regions.forEach(this::start);
  }
}
