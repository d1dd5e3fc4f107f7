package io.millrace.wire.realtime;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// A body as it arrives, for a thread that reads it: the client is held back when that is slower.
final class BodyStream extends InputStream {
  private static final int BUFFERS_MAX = 64;
  private static final int SILENCE_SECONDS = 60;
  private static final Part END = new Part(Buffer.buffer(), "");

  /// Bytes, or why there are no more.
  private record Part(Buffer bytes, String failure) {}

  private final Context loop;
  private final ReadStream<Buffer> body;
  private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private boolean isPaused; // on the loop
  private Part part = END;
  private int at;
  private boolean isOver;
  private final LongAdder bytesRead = new LongAdder();

  /// On the body's loop, before anything of it was read.
  BodyStream(Context loop, ReadStream<Buffer> body) {
    this.loop = loop;
    this.body = body;
    body.handler(this::arrived);
    body.endHandler(_ -> parts.add(END));
    body.exceptionHandler(
        e -> parts.add(new Part(Buffer.buffer(), String.valueOf(e.getMessage()))));
  }

  private void arrived(Buffer bytes) {
    parts.add(new Part(bytes, ""));
    if (parts.size() > BUFFERS_MAX && !isPaused) {
      isPaused = true;
      body.pause();
    }
  }

  private void resume() {
    if (isPaused && parts.size() < BUFFERS_MAX / 2) {
      isPaused = false;
      body.resume();
    }
  }

  long bytesRead() {
    return bytesRead.sum();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    while (at == part.bytes.length()) {
      if (isOver) {
        return -1;
      }
      next();
    }
    int count = Math.min(length, part.bytes.length() - at);
    part.bytes.getBytes(at, at + count, into, from);
    at += count;
    bytesRead.add(count);
    return count;
  }

  @SuppressWarnings("ReferenceEquality") // the very end
  private void next() throws IOException {
    try {
      var taken = parts.poll(SILENCE_SECONDS, TimeUnit.SECONDS);
      if (taken == null) {
        throw new IOException("nothing of the body came for %d s".formatted(SILENCE_SECONDS));
      }
      if (!taken.failure.isEmpty()) {
        throw new IOException("the body broke off: " + taken.failure);
      }
      part = taken;
      at = 0;
      isOver = taken == END;
      loop.runOnContext(_ -> resume());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while the body came in", e);
    }
  }
}
