package io.millrace.engine.pipeline;

import io.millrace.base.runtime.Refusal;

/// One piece of work in a partition's queue: it takes effect as a whole or not at all.
///
/// [#run] is followed by exactly one of the other three, on the partition's thread.
interface Job {
  /// Puts its effects into the batch.
  void run(Batch batch);

  /// Puts in what must be there though its messages are tried again later.
  default void putOff(Batch batch) {}

  /// The effects are durable.
  void done();

  /// The disk refused the batch, or the partition stops: nothing took effect.
  void refused(Refusal refusal);

  /// [#run] threw: nothing took effect.
  void failed(Throwable fault);

  /// What it holds in memory, roughly.
  long bytes();
}
