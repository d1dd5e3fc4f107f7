package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.base.runtime.Ack;
import java.util.List;
import java.util.function.BiConsumer;

/// Notes the topics that were to be kept.
final class RecordingRetainedStore implements RetainedStore {
  private final List<String> saved;

  RecordingRetainedStore(List<String> saved) {
    this.saved = saved;
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public void load(BiConsumer<byte[], byte[]> each) {}

  @Override
  public void save(byte[] topic, byte[] message, Ack ack) {
    saved.add(new String(topic, UTF_8));
    ack.done();
  }

  @Override
  public void close() {}
}
