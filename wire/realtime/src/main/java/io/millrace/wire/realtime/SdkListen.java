package io.millrace.wire.realtime;

import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.Change;
import io.millrace.store.realtime.ChangeListener;
import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.TreePath;
import java.util.Optional;

/// One listen of a session. Called by the database under its lock; works on the session's loop.
final class SdkListen implements ChangeListener {
  /// Which listen: a client has at most one of each.
  record Key(TreePath path, Query query) {}

  private final Key key;
  private final Optional<JsonValue> queryObject;
  private final Optional<JsonValue> tag;
  private final SdkHashes known;
  private final SdkSession session;
  private final QueryView view;

  /// @param known what the client has already
  SdkListen(
      Key key,
      Optional<JsonValue> queryObject,
      Optional<JsonValue> tag,
      SdkHashes known,
      SdkSession session) {
    this.key = key;
    this.queryObject = queryObject;
    this.tag = tag;
    this.known = known;
    this.session = session;
    this.view = new QueryView(key.path, key.query);
  }

  Key key() {
    return key;
  }

  Optional<JsonValue> queryObject() {
    return queryObject;
  }

  @Override
  public void started(Node root) {
    session.onLoop(() -> sendAll(root));
  }

  @Override
  public void changed(Change change) {
    if (tag.isEmpty() && key.query.isAll()) {
      var push = session.shared().of(change, key.path);
      session.onLoop(() -> send(push));
    } else {
      session.onLoop(() -> send(change));
    }
  }

  private void sendAll(Node root) {
    var all = view.start(root);
    if (known.isOf(all)) {
      return;
    }
    var ranges = known.differences(all);
    if (ranges.isEmpty()) {
      push(new Update.Put(TreePath.ROOT, all));
    } else {
      session.sendRanges(SdkMessages.rangeMerge(key.path, ranges, tag));
    }
  }

  private void send(SharedFrames.Push push) {
    if (session.isListening(this)) {
      push.message().ifPresent(session::send);
    }
  }

  private void send(Change change) {
    if (session.isListening(this)) { // it may have stopped while this was on its way
      view.take(change).ifPresent(this::push);
    }
  }

  private void push(Update update) {
    session.send(SdkMessages.push(key.path, update, tag));
  }
}
