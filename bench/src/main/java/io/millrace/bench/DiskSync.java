package io.millrace.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/// What the disk takes by itself: a small append and a sync, again and again. What a commit takes
/// beyond it is ours; where this is slow, nothing durable can be quick.
final class DiskSync {
  private static final int BYTES = 16 << 10; // about what a commit writes at half of the rate
  private static final int TIMES = 400;

  private DiskSync() {}

  static Latencies measure() {
    var times = new Latencies();
    try {
      var file = Files.createTempFile("millrace-bench", ".sync");
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        var buffer = ByteBuffer.allocateDirect(BYTES);
        for (int i = 0; i < TIMES; i++) {
          buffer.clear();
          long began = System.nanoTime();
          channel.write(buffer);
          channel.force(false);
          times.accept(System.nanoTime() - began);
        }
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return times;
  }
}
