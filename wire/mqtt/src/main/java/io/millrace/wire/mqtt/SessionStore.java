package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Keeps durable sessions beyond the process, as rows of bytes: `docs/formats/mqtt-sessions.md`.
public interface SessionStore extends AutoCloseable {
  /// Keeps nothing.
  SessionStore NONE =
      new SessionStore() {
        @Override
        public boolean isDurable() {
          return false;
        }

        @Override
        public void load(BiConsumer<byte[], byte[]> each) {}

        @Override
        public void write(List<Change> changes, Ack ack) {
          ack.done();
        }

        @Override
        public void read(byte[] from, byte[] until, int maxBytes, Consumer<List<Put>> taker) {
          taker.accept(List.of());
        }

        @Override
        public boolean isBehind() {
          return false;
        }

        @Override
        public void close() {}
      };

  /// One change of one row, or of many.
  sealed interface Change {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Put(byte[] key, byte[] value) implements Change {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Delete(byte[] key) implements Change {}

  /// From `from` (inclusive) to `until` (exclusive).
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record DeleteRange(byte[] from, byte[] until) implements Change {}

  /// False when sessions end with the process.
  boolean isDurable();

  /// Hands out all rows in the order of their keys, once, before anything is written.
  void load(BiConsumer<byte[], byte[]> each);

  /// Writes changes, all or nothing. Does not block. The order of calls is the order of effects;
  /// `ack` completes after the commit, on any thread. When it is refused the changes are kept and
  /// written as soon as the disk takes them.
  void write(List<Change> changes, Ack ack);

  /// True while a commit is under way: what changes meanwhile goes together into the next one.
  default boolean isWriting() {
    return false;
  }

  /// Calls `turn` when the next commit is about to begin, on any thread. That commit waits a moment
  /// for one [#write] in answer, so that all who have something share it.
  default void beforeNext(Runnable turn) {
    turn.run();
  }

  /// Hands out rows of a range as they are after everything written before, as many as fit into
  /// `maxBytes`, at least one if there is any. Does not block; `taker` is called on any thread.
  void read(byte[] from, byte[] until, int maxBytes, Consumer<List<Put>> taker);

  /// True while so much waits for the disk that senders should slow down.
  boolean isBehind();

  /// Writes what waits, then stops.
  @Override
  void close();
}
