package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A session store whose process can die: from then on nothing is written or acknowledged.
final class MortalStore implements SessionStore {
  private final SessionStore store;
  private volatile boolean dead;
  private volatile boolean full;

  MortalStore(SessionStore store) {
    this.store = store;
  }

  void die() {
    dead = true;
  }

  void fill(boolean isFull) {
    full = isFull;
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public void load(BiConsumer<byte[], byte[]> each) {
    store.load(each);
  }

  @Override
  public void write(List<Change> changes, Ack ack) {
    if (full) {
      store.write(changes, Ack.NONE);
      ack.refused(new Refusal(Refusal.Kind.UNAVAILABLE, "the disk is full"));
    } else if (!dead) {
      store.write(changes, ack);
    }
  }

  @Override
  public boolean isWriting() {
    return store.isWriting();
  }

  @Override
  public void beforeNext(Runnable turn) {
    store.beforeNext(turn);
  }

  @Override
  public void read(byte[] from, byte[] until, int maxBytes, Consumer<List<Put>> taker) {
    if (!dead) {
      store.read(from, until, maxBytes, taker);
    }
  }

  @Override
  public boolean isBehind() {
    return store.isBehind();
  }

  @Override
  public void close() {
    store.close();
  }
}
