package io.millrace.wire.realtime;

import io.millrace.base.runtime.Clock;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A session's WebSocket.
///
/// Work for the loop is handed over in batches, and what a batch sends leaves with one flush: a
/// system call per message is what would cost most.
final class SdkSocket implements SdkSession.Transport {
  private static final Logger log = LoggerFactory.getLogger(SdkSocket.class);

  private final ServerWebSocket socket;
  private final Channel channel;
  private final Context loop;
  private final Clock clock;
  private final SdkFrames frames;
  private final int waitingBytesMax;
  private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isDue = new AtomicBoolean(); // whether the loop will look at the work
  private @Nullable SdkSession session;
  private boolean hasWritten; // since the last flush
  private volatile long lastHeardNanos;
  private volatile boolean isClosing;

  SdkSocket(ServerWebSocket socket, Channel channel, Context loop, Config config, Clock clock) {
    this.socket = socket;
    this.channel = channel;
    this.loop = loop;
    this.clock = clock;
    this.frames = new SdkFrames(config.sdkWriteBytesMax());
    this.waitingBytesMax = config.waitingBytesMax();
    this.lastHeardNanos = clock.nanos();
  }

  void start(SdkSession begun) {
    session = begun;
    socket.textMessageHandler(this::receive);
    socket.exceptionHandler(
        e -> log.debug("SDK socket {} failed: {}", socket.remoteAddress(), e.toString()));
  }

  SdkSession session() {
    return Objects.requireNonNull(session, "not started");
  }

  private void receive(String frame) {
    lastHeardNanos = clock.nanos();
    if (isClosing) {
      return; // what was on its way when we closed
    }
    frames.add(frame).ifPresent(session()::receive);
  }

  boolean isSilentFor(long nanos) {
    return clock.nanos() - lastHeardNanos > nanos;
  }

  @Override
  public void send(SdkMessage message) {
    if (isClosing || socket.isClosed()) {
      return;
    }
    for (var frame : message.frames()) {
      var _ = channel.write(new TextWebSocketFrame(true, 0, Unpooled.wrappedBuffer(frame)));
    }
    hasWritten = true;
    makeDue();
    var buffer = channel.unsafe().outboundBuffer();
    long waitingBytes = buffer == null ? 0 : buffer.totalPendingWriteBytes();
    if (waitingBytes > waitingBytesMax) {
      log.warn(
          "SDK socket {} reads too slowly ({} bytes wait); closing",
          socket.remoteAddress(),
          waitingBytes);
      close();
    }
  }

  @Override
  public void close() {
    isClosing = true;
    onLoop(
        () -> {
          channel.flush();
          var _ = socket.close();
        });
  }

  @Override
  public void onLoop(Runnable task) {
    work.add(task);
    makeDue();
  }

  private void makeDue() {
    if (isDue.compareAndSet(false, true)) {
      loop.runOnContext(_ -> work());
    }
  }

  private void work() {
    for (var next = work.poll(); next != null; next = work.poll()) {
      run(next);
    }
    if (hasWritten) {
      hasWritten = false;
      channel.flush();
    }
    isDue.set(false);
    if (!work.isEmpty()) {
      makeDue();
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("SDK socket {} failed; closing", socket.remoteAddress(), e);
      isClosing = true;
      var _ = socket.close();
    }
  }
}
