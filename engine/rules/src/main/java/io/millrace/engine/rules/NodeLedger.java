package io.millrace.engine.rules;

import io.millrace.engine.rules.NodeFigures.Recent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What one node has done. Written by all partitions, read by anybody; no locks.
final class NodeLedger {
  /// Most labels counted that lead nowhere: a script may return any.
  private static final int LOOSE_LABELS_MAX = 32;

  private final LongAdder failed = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder busyNanos = new LongAdder();
  private final AtomicReference<@Nullable Latencies> latencies = new AtomicReference<>();
  private final Map<String, LongAdder> loose = new ConcurrentHashMap<>();
  private final AtomicLong turn = new AtomicLong();
  private final AtomicReferenceArray<Recent> ring;
  private volatile Failure lastFailure = new Failure("", 0);

  NodeLedger(int recentMax) {
    ring = new AtomicReferenceArray<>(recentMax);
  }

  private record Failure(String reason, long ts) {}

  /// @param at the process's clock in nanoseconds, which orders visits of one batch
  /// @param nanos how long it took
  void visited(RuleMessage message, String outcome, long now, long at, long nanos) {
    busyNanos.add(nanos);
    latencies().add(nanos);
    if (ring.length() > 0) {
      int place = (int) (turn.getAndIncrement() % ring.length());
      ring.lazySet(place, new Recent(now, at, message, outcome));
    }
  }

  void failed(String reason, long now, boolean isLost) {
    failed.increment();
    if (isLost) {
      lost.increment();
    }
    lastFailure = new Failure(reason, now);
  }

  /// A message left by a label that leads nowhere.
  void emittedLoose(String label) {
    var count = loose.get(label);
    if (count == null && loose.size() < LOOSE_LABELS_MAX) {
      count = loose.computeIfAbsent(label, _ -> new LongAdder());
    }
    if (count != null) {
      count.increment();
    }
  }

  RuleTotals addTo(RuleTotals totals) {
    return new RuleTotals(
        totals.chains(),
        totals.received() + received(),
        totals.failed() + failed.sum(),
        totals.lost() + lost.sum());
  }

  NodeFigures figures(UUID id, String name, List<ChainNode.Connection> connections) {
    var emitted = new HashMap<String, Long>();
    loose.forEach((label, count) -> emitted.put(label, count.sum()));
    connections.forEach(
        connection -> emitted.merge(connection.label(), connection.taken().sum(), Long::sum));
    var failure = lastFailure;
    return new NodeFigures(
        id,
        name,
        received(),
        failed.sum(),
        lost.sum(),
        emitted,
        failure.reason(),
        failure.ts(),
        busyNanos.sum(),
        latency(),
        recent());
  }

  private long received() {
    var seen = latencies.get();
    return seen == null ? 0 : seen.count();
  }

  private NodeFigures.Latency latency() {
    var seen = latencies.get();
    return seen == null ? NodeFigures.Latency.NONE : seen.figures();
  }

  /// Made at the first message: most of many chains' nodes never see one.
  private Latencies latencies() {
    var seen = latencies.get();
    if (seen == null) {
      latencies.compareAndSet(null, new Latencies());
      seen = latencies.get();
    }
    return Objects.requireNonNull(seen);
  }

  List<Recent> recent() {
    var found = new ArrayList<Recent>();
    long next = turn.get();
    for (long i = Math.max(0, next - ring.length()); i < next; i++) {
      var one = ring.get((int) (i % ring.length()));
      if (one != null) {
        found.add(one);
      }
    }
    return found;
  }
}
