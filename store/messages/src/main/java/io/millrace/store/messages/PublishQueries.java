package io.millrace.store.messages;

import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.messages.MessageLog.Page;
import java.util.ArrayList;
import java.util.function.Predicate;

/// Reads published messages backwards, a bounded part of the log per call.
final class PublishQueries {
  private static final long READ_BYTES_MAX = 64L << 20;
  private static final long LATE_MS = 60_000; // a block is written this long after, at most

  private final CommitStore store;
  private final long oldest;

  PublishQueries(CommitStore store, long oldest) {
    this.store = store;
    this.oldest = oldest;
  }

  Page newest(Predicate<String> wanted, long since, long until, int limit) {
    var found = new ArrayList<LoggedPublish>();
    long[] read = {0};
    long[] reached = {since};
    boolean[] stopped = {false};
    store.scanDown(
        Family.PUBLISHES,
        Keys.from(Math.max(since, oldest)),
        Keys.from(until > Long.MAX_VALUE - LATE_MS ? until : until + LATE_MS),
        (key, block) -> {
          var its = new ArrayList<LoggedPublish>();
          PublishBlock.read(
              block,
              message -> {
                if (message.at() >= since && message.at() < until && wanted.test(message.topic())) {
                  its.add(message);
                }
              });
          found.addAll(its.reversed());
          read[0] += block.length;
          reached[0] = Keys.time(key);
          stopped[0] = read[0] >= READ_BYTES_MAX && found.size() < limit;
          return !stopped[0] && found.size() < limit;
        });
    var page = found.size() > limit ? found.subList(0, limit) : found;
    return new Page(page, !stopped[0], stopped[0] ? reached[0] : since);
  }
}
