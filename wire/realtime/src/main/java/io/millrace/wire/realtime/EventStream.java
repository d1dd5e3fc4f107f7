package io.millrace.wire.realtime;

import io.millrace.store.realtime.Branch;
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
  private static final Logger log = LoggerFactory.getLogger(EventStream.class);

  private final Context loop;
  private final HttpServerResponse response;
  private final TreePath path;
  private final Query query;
  private final int waitingBytesMax;
  private long waitingBytes;
  private Node view = Branch.EMPTY; // what the client has, kept only for a query

  EventStream(
      Context loop, HttpServerResponse response, TreePath path, Query query, int waitingBytesMax) {
    this.loop = loop;
    this.response = response;
    this.path = path;
    this.query = query;
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

  void keepAlive() {
    loop.runOnContext(_ -> write(EventText.KEEP_ALIVE));
  }

  private void sendAll(Node root) {
    var all = query.apply(root.at(path));
    if (!query.isAll()) {
      view = all;
    }
    write(EventText.put(TreePath.ROOT, all));
  }

  private void send(Change change) {
    var update = query.isAll() ? Update.of(change, path) : ofView(change);
    update.flatMap(EventText::of).ifPresent(this::write);
  }

  private java.util.Optional<Update> ofView(Change change) {
    var before = view;
    view = query.apply(change.after().at(path));
    return Update.ofView(before, view);
  }

  private void write(String event) {
    if (response.closed() || response.ended()) {
      return;
    }
    var bytes = Buffer.buffer(event);
    waitingBytes += bytes.length();
    if (waitingBytes > waitingBytesMax) {
      log.warn(
          "An event stream at {} reads too slowly ({} bytes wait); closing", path, waitingBytes);
      response.reset();
      return;
    }
    response.write(bytes).onComplete(_ -> waitingBytes -= bytes.length());
  }
}
