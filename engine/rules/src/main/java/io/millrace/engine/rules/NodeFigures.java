package io.millrace.engine.rules;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What one node has done since its chain was last changed, for the editor and the API.
///
/// @param received messages in
/// @param failed how many of them failed
/// @param lost how many failed without a `Failure` connection to go on by
/// @param emitted messages out, by connection label, connected or not
/// @param lastError the latest failure's reason, empty when there was none
/// @param lastErrorTs when, milliseconds; 0 when there was none
/// @param busyNanos time spent in the node, all messages together
/// @param latency how that time was spread
/// @param recent the latest messages in and what came of them, newest last
public record NodeFigures(
    UUID nodeId,
    String name,
    long received,
    long failed,
    long lost,
    Map<String, Long> emitted,
    String lastError,
    long lastErrorTs,
    long busyNanos,
    Latency latency,
    List<Recent> recent) {
  public NodeFigures {
    emitted = Map.copyOf(emitted);
    recent = List.copyOf(recent);
  }

  /// Visits by how long they took.
  ///
  /// @param firstNanos the first class holds those that took less; each further one twice as much
  public record Latency(long firstNanos, List<Long> counts) {
    static final Latency NONE = new Latency(256, List.of());

    public Latency {
      counts = List.copyOf(counts);
    }

    /// The time that this share of the visits stayed below, in nanoseconds; 0 when there are none.
    public long below(double share) {
      long all = counts.stream().mapToLong(Long::longValue).sum();
      long seen = 0;
      for (int i = 0; i < counts.size(); i++) {
        seen += counts.get(i);
        if (seen > 0 && seen >= all * share) {
          return firstNanos << i;
        }
      }
      return 0;
    }
  }

  /// A message in and its outcome in a word: a connection label, `Failure`, `call`, `done`.
  ///
  /// @param at the process's clock in nanoseconds: the order of visits within one batch
  public record Recent(long ts, long at, RuleMessage message, String outcome) {}
}
