package io.millrace.wire.realtime;

import io.millrace.store.realtime.Change;
import io.millrace.store.realtime.ChangeListener;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.TreePath;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open event stream; everything but the listener's calls runs on the connection's event loop.
final class EventStream implements ChangeListener {
  /// Who asked for what.
  record Asked(Caller caller, String database, TreePath path, Query query) {}

  private static final Logger log = LoggerFactory.getLogger(EventStream.class);

  private final Context loop;
  private final HttpServerResponse response;
  private final Asked asked;
  private final QueryView view;
  private final int waitingBytesMax;
  private long waitingBytes;

  EventStream(Context loop, HttpServerResponse response, Asked asked, int waitingBytesMax) {
    this.loop = loop;
    this.response = response;
    this.asked = asked;
    this.view = new QueryView(asked.path, asked.query);
    this.waitingBytesMax = waitingBytesMax;
  }

  @Override
  public void started(Node root) {
    loop.runOnContext(_ -> sendAll(root));
  }

  @Override
  public void changed(Change change) {
    loop.runOnContext(_ -> send(change));
  }

  Asked asked() {
    return asked;
  }

  /// The rules have taken the read away.
  void cancel() {
    end(EventText.CANCEL);
  }

  /// The token's time is over.
  void revoke() {
    end(EventText.AUTH_REVOKED);
  }

  private void end(String lastEvent) {
    loop.runOnContext(
        _ -> {
          write(lastEvent);
          if (!response.closed() && !response.ended()) {
            response.end();
          }
        });
  }

  void keepAlive() {
    loop.runOnContext(_ -> write(EventText.KEEP_ALIVE));
  }

  private void sendAll(Node root) {
    write(EventText.put(TreePath.ROOT, view.start(root)));
  }

  private void send(Change change) {
    view.take(change).flatMap(EventText::of).ifPresent(this::write);
  }

  private void write(String event) {
    if (response.closed() || response.ended()) {
      return;
    }
    var bytes = Buffer.buffer(event);
    waitingBytes += bytes.length();
    if (waitingBytes > waitingBytesMax) {
      log.warn(
          "An event stream at {} reads too slowly ({} bytes wait); closing",
          asked.path,
          waitingBytes);
      response.reset();
      return;
    }
    response.write(bytes).onComplete(_ -> waitingBytes -= bytes.length());
  }
}
