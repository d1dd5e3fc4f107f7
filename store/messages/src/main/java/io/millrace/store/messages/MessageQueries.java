package io.millrace.store.messages;

import io.millrace.base.model.EntityId;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.messages.MessageLog.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Reads messages of devices.
final class MessageQueries {
  private final CommitStore store;
  private final long oldest;

  MessageQueries(CommitStore store, long oldest) {
    this.store = store;
    this.oldest = oldest;
  }

  /// Newest first: the index says in which stretches of time the originator sent anything.
  List<LoggedMessage> of(Query query) {
    var found = new ArrayList<LoggedMessage>();
    long since = Math.max(query.since(), oldest);
    var originator = query.originator().id();
    int hour = (int) (query.until() / Keys.HOUR_MS);
    for (int first = (int) (since / Keys.HOUR_MS);
        hour >= first && found.size() < query.limit();
        hour--) {
      var prefix = Keys.index(hour, originator);
      store.scanDown(
          Family.MESSAGE_INDEX,
          prefix,
          CommitStore.after(prefix),
          (key, _) -> {
            bucket(Keys.bucketOf(key), since, query, found);
            return found.size() < query.limit();
          });
    }
    return found.size() > query.limit() ? found.subList(0, query.limit()) : found;
  }

  private void bucket(long bucket, long since, Query query, List<LoggedMessage> found) {
    long from = bucket * Keys.BUCKET_MS;
    if (from >= query.until() || from + Keys.BUCKET_MS <= since) {
      return;
    }
    store.scanDown(
        Family.MESSAGES,
        Keys.from(from),
        Keys.from(from + Keys.BUCKET_MS),
        (_, block) -> {
          block(block, since, query, found);
          return found.size() < query.limit();
        });
  }

  private static void block(byte[] block, long since, Query query, List<LoggedMessage> found) {
    var its = new ArrayList<LoggedMessage>();
    MessageBlock.read(
        block,
        message -> {
          if (message.originator().equals(query.originator())
              && message.tenant().equals(query.tenant())
              && message.receivedAt() >= since
              && message.receivedAt() < query.until()) {
            its.add(message);
          }
        });
    found.addAll(its.reversed());
  }

  /// Oldest first; messages of one originator in their order.
  void each(EntityId tenant, long since, long until, Predicate<LoggedMessage> taker) {
    boolean[] wanted = {true};
    store.scan(
        Family.MESSAGES,
        Keys.from(Math.max(since, oldest)),
        Keys.end(),
        (key, block) -> {
          MessageBlock.read(
              block,
              message -> {
                boolean isIn = message.receivedAt() >= since && message.receivedAt() < until;
                if (wanted[0] && isIn && message.tenant().equals(tenant)) {
                  wanted[0] = taker.test(message);
                }
              });
          return wanted[0] && Keys.time(key) < until;
        });
  }
}
