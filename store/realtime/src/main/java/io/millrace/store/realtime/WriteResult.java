package io.millrace.store.realtime;

import java.util.Map;

/// What became of a [RealtimeWrite].
public sealed interface WriteResult {

  /// Durable, and the listeners have been told.
  ///
  /// @param values what now stands at each written place, server values resolved; one place for
  ///     a put or push, one per name for a patch, in the order written
  record Written(Map<TreePath, Node> values) implements WriteResult {}

  /// The node did not have the expected hash; nothing was written.
  ///
  /// @param current what stands there
  record Stale(Node current) implements WriteResult {}

  /// The write can never be taken.
  ///
  /// @param reason in Firebase's words where it has some
  record Invalid(Kind kind, String reason) implements WriteResult {
    /// What is wrong.
    public enum Kind {
      /// The value is not what Firebase calls valid data.
      DATA,
      /// A path, or a name of a patch, cannot be one.
      PATH,
      /// Over a limit of size or depth.
      TOO_BIG
    }
  }

  /// The [WriteGuard] said no.
  record Denied(String reason) implements WriteResult {}

  /// Not now: too many writes waiting, the disk refused, or closing.
  record Unavailable(String reason) implements WriteResult {}
}
