package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import java.util.function.BiConsumer;

/// Keeps retained messages beyond the process.
public interface RetainedStore extends AutoCloseable {
  /// Keeps nothing.
  RetainedStore NONE =
      new RetainedStore() {
        @Override
        public boolean isDurable() {
          return false;
        }

        @Override
        public void load(BiConsumer<byte[], byte[]> each) {}

        @Override
        public void save(byte[] topic, byte[] message, Ack ack) {
          ack.done();
        }

        @Override
        public void close() {}
      };

  /// False when there is nothing to wait for.
  boolean isDurable();

  /// Hands out topic and message of all that is kept, once, before anything is saved.
  void load(BiConsumer<byte[], byte[]> each);

  /// Keeps `message` in place of an older one; an empty one removes. Does not block. The order of
  /// calls is the order of effects; `ack` completes after the commit, or is refused at once when
  /// too many wait.
  void save(byte[] topic, byte[] message, Ack ack);

  /// Writes what waits, then stops.
  @Override
  void close();
}
