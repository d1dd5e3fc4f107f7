package io.millrace.wire.realtime;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.base.runtime.Clock;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A session's transport by long polling, which a WebSocket may take over later.
///
/// Answers are scripts that a page runs. All on one event loop, whichever loop a request came to.
final class LongPoll implements SdkSession.Transport {
  private static final Logger log = LoggerFactory.getLogger(LongPoll.class);

  private final Context loop;
  private final Clock clock;
  private final int waitingBytesMax;
  private final Segments segments;
  private final List<String> waiting = new ArrayList<>();
  private final List<SdkFrames.Whole> early = new ArrayList<>(); // by the socket, before the switch
  private @Nullable SdkSession session;
  private @Nullable HttpServerResponse held;
  private @Nullable ServerWebSocket socket;
  private final int messageBytesMax;
  private boolean hasSwitched;
  private boolean isClosed;
  private long waitingBytes;
  private int answers = 1; // number 0 was the hello
  private volatile long lastPollNanos;
  private Runnable whenClosed = () -> {};

  LongPoll(Context loop, Config config, Clock clock) {
    this.loop = loop;
    this.clock = clock;
    this.waitingBytesMax = config.waitingBytesMax();
    this.segments = new Segments(config.bodyBytesMax());
    this.messageBytesMax = config.sdkWriteBytesMax();
    this.lastPollNanos = clock.nanos();
  }

  void start(SdkSession begun, Runnable closed) {
    session = begun;
    whenClosed = closed;
  }

  SdkSession session() {
    return java.util.Objects.requireNonNull(session, "not started");
  }

  /// A poll: takes what it brings, and is held until there is something to answer.
  void poll(Map<String, String> parameters, HttpServerResponse response) {
    lastPollNanos = clock.nanos();
    loop.runOnContext(_ -> take(parameters, response));
  }

  private void take(Map<String, String> parameters, HttpServerResponse response) {
    if (isClosed) {
      LongPolls.script(response, LongPolls.CLOSE);
      return;
    }
    release();
    held = response;
    try {
      segments.add(parameters).forEach(this::receive);
    } catch (IllegalArgumentException e) {
      log.warn("A long-polling client sent {}; closing", e.getMessage());
      close();
    }
    flush();
  }

  private void receive(String message) {
    if (isControl(message, "n")) {
      switchOver();
    } else {
      session().receive(SdkFrames.Whole.of(message, messageBytesMax));
    }
  }

  private static boolean isControl(String message, String kind) {
    try {
      return message.length() < 100
          && Json.parse(message) instanceof JsonObject control
          && control.text("t", "").equals("c")
          && control.get("d") instanceof JsonObject data
          && data.text("t", "").equals(kind);
    } catch (JsonSyntaxException e) {
      return false;
    }
  }

  /// Answers the poll that is held, if any, with what there is.
  void release() {
    var response = held;
    if (response != null) {
      held = null;
      var messages = String.join(",", waiting);
      waiting.clear();
      waitingBytes = 0;
      LongPolls.script(response, "pRTLPCB(" + answers++ + ",[" + messages + "]);");
    }
  }

  /// Any thread: ends a poll that was held long enough.
  void releaseIfHeldFor(long nanos) {
    if (clock.nanos() - lastPollNanos >= nanos) {
      loop.runOnContext(_ -> release());
    }
  }

  private void flush() {
    if (!waiting.isEmpty()) {
      release();
    }
  }

  @Override
  public void send(SdkMessage message) {
    if (hasSwitched) {
      sendBySocket(message.text());
      return;
    }
    var text = message.text();
    waiting.add(text);
    waitingBytes += text.length();
    if (waitingBytes > waitingBytesMax) {
      log.warn("A long-polling client reads too slowly ({} bytes wait); closing", waitingBytes);
      close();
      return;
    }
    loop.runOnContext(_ -> flush()); // what is sent in one go leaves in one answer
  }

  private void sendBySocket(JsonObject message) {
    sendBySocket(message.toString());
  }

  private void sendBySocket(String message) {
    var open = socket;
    if (open != null && !open.isClosed()) {
      SdkFrames.cut(message).forEach(open::writeTextMessage);
    }
  }

  /// A WebSocket wants to take over: it is acknowledged there, pings are answered there, and
  /// requests wait until the polls have ended.
  void join(ServerWebSocket joining, SdkFrames frames) {
    loop.runOnContext(
        _ -> {
          socket = joining;
          sendBySocket(SdkMessages.SWITCH);
        });
    joining.textMessageHandler(frame -> loop.runOnContext(_ -> joined(frames, frame)));
    joining.closeHandler(_ -> loop.runOnContext(_ -> left(joining)));
  }

  private void joined(SdkFrames frames, String frame) {
    lastPollNanos = clock.nanos();
    frames.add(frame).ifPresent(this::receiveBySocket);
  }

  private void receiveBySocket(SdkFrames.Whole whole) {
    var message = whole.text();
    if (isControl(message, "p") && !hasSwitched) {
      sendBySocket(SdkMessages.PONG);
    } else if (isControl(message, "a")) {
      log.debug("A WebSocket takes a long-polling session over");
    } else if (hasSwitched) {
      session().receive(whole);
    } else {
      early.add(whole);
    }
  }

  private void left(ServerWebSocket leaving) {
    if (leaving.equals(socket)) {
      socket = null;
      if (hasSwitched) {
        close();
      }
    }
  }

  private void switchOver() {
    if (socket == null) {
      return;
    }
    waiting.add(SdkMessages.SWITCHED.toString());
    release();
    hasSwitched = true;
    early.forEach(message -> session().receive(message));
    early.clear();
  }

  boolean isSilentFor(long nanos) {
    return clock.nanos() - lastPollNanos > nanos;
  }

  @Override
  public void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    release();
    var open = socket;
    if (open != null) {
      var _ = open.close();
    }
    whenClosed.run();
  }

  /// Any thread.
  void end() {
    loop.runOnContext(_ -> close());
  }

  @Override
  public void onLoop(Runnable work) {
    loop.runOnContext(_ -> work.run());
  }
}
