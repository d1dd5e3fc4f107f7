package io.millrace.engine.pipeline;

import io.millrace.engine.rules.Verdict;
import java.time.Duration;

/// What becomes of a queue's messages when rule chains fail on them: ThingsBoard's strategies.
///
/// @param retries how often a message is tried again; 0 is without end
/// @param pause before a message is tried again
/// @param pauseMax up to which the pause doubles; the pause itself when it does not
public record QueueStrategy(
    String name,
    Submit submit,
    Processing processing,
    int retries,
    Duration pause,
    Duration pauseMax) {
  /// ThingsBoard's queue for everything that names no other.
  public static final String MAIN = "Main";

  /// Failures are skipped: the node shows them.
  public static final QueueStrategy SKIP =
      new QueueStrategy(
          MAIN,
          Submit.BURST,
          Processing.SKIP_ALL_FAILURES,
          3,
          Duration.ofSeconds(3),
          Duration.ofSeconds(3));

  /// In which order messages are worked on. Those of one originator are in order always; the
  /// strategy says who waits for a message that failed.
  public enum Submit {
    /// Nobody.
    BURST,
    /// Nobody: what is worked on together is one commit in any case.
    BATCH,
    /// The later messages of its originator.
    SEQUENTIAL_BY_ORIGINATOR,
    /// The same: partitions work by themselves.
    SEQUENTIAL_BY_TENANT,
    /// The same.
    SEQUENTIAL;

    boolean holds() {
      return this != BURST && this != BATCH;
    }
  }

  /// Which messages are tried again.
  public enum Processing {
    SKIP_ALL_FAILURES,
    SKIP_ALL_FAILURES_AND_TIMED_OUT,
    RETRY_ALL,
    RETRY_FAILED,
    RETRY_TIMED_OUT,
    RETRY_FAILED_AND_TIMED_OUT;

    boolean retries(Verdict.Kind kind) {
      return switch (this) {
        case SKIP_ALL_FAILURES, SKIP_ALL_FAILURES_AND_TIMED_OUT -> false;
        case RETRY_ALL, RETRY_FAILED_AND_TIMED_OUT -> kind != Verdict.Kind.WELL;
        case RETRY_FAILED -> kind == Verdict.Kind.FAILED;
        case RETRY_TIMED_OUT -> kind == Verdict.Kind.TIMED_OUT;
      };
    }
  }

  /// Whether a message that was tried so often may be tried once more.
  boolean mayTry(int attempts) {
    return retries == 0 || attempts <= retries;
  }

  /// The pause after that many tries.
  Duration pauseAfter(int attempts) {
    var wait = pause;
    for (int i = 1; i < attempts && wait.compareTo(pauseMax) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return pauseMax.compareTo(pause) > 0 && wait.compareTo(pauseMax) > 0 ? pauseMax : wait;
  }
}
