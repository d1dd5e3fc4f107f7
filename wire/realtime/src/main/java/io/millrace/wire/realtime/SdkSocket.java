package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.base.runtime.Clock;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A session's WebSocket.
final class SdkSocket implements SdkSession.Transport {
  private static final Logger log = LoggerFactory.getLogger(SdkSocket.class);

  private final ServerWebSocket socket;
  private final Context loop;
  private final Clock clock;
  private final SdkFrames frames;
  private final int waitingBytesMax;
  private @Nullable SdkSession session;
  private long waitingBytes;
  private volatile long lastHeardNanos;
  private volatile boolean isClosing;

  SdkSocket(ServerWebSocket socket, Context loop, Config config, Clock clock) {
    this.socket = socket;
    this.loop = loop;
    this.clock = clock;
    this.frames = new SdkFrames(config.bodyBytesMax());
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
    try {
      frames.add(frame).ifPresent(session()::receive);
    } catch (IllegalArgumentException e) {
      log.warn("SDK socket {} sent {}; closing", socket.remoteAddress(), e.getMessage());
      close();
    }
  }

  boolean isSilentFor(long nanos) {
    return clock.nanos() - lastHeardNanos > nanos;
  }

  @Override
  public void send(JsonObject message) {
    if (socket.isClosed()) {
      return;
    }
    for (var frame : SdkFrames.cut(message)) {
      waitingBytes += frame.length();
      var _ = socket.writeTextMessage(frame).onComplete(_ -> waitingBytes -= frame.length());
    }
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
    var _ = socket.close();
  }

  @Override
  public void onLoop(Runnable work) {
    loop.runOnContext(_ -> work.run());
  }
}
