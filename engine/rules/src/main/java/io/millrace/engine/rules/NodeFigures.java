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
    List<Recent> recent) {
  public NodeFigures {
    emitted = Map.copyOf(emitted);
    recent = List.copyOf(recent);
  }

  /// A message in and its outcome in a word: a connection label, `Failure`, `call`, `done`.
  public record Recent(long ts, RuleMessage message, String outcome) {}
}
