package io.millrace.store.messages;

import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// Reads published messages from a moment on, in order, and goes on as more are written: each
/// message once, none left out, however slowly it is read. One thread at a time.
public final class PublishReader {
  private static final int SCAN_BYTES = 1 << 20;

  private final CommitStore store;
  private final PublishWriter writer;
  private final Predicate<String> wanted;
  private final long since;
  private final ArrayDeque<LoggedPublish> ready = new ArrayDeque<>();
  private byte[] from;
  private long next;

  PublishReader(CommitStore store, PublishWriter writer, long since, Predicate<String> wanted) {
    this.store = store;
    this.writer = writer;
    this.since = since;
    this.wanted = wanted;
    this.from = Keys.from(since);
  }

  /// The next messages: what is there, or else what comes within the wait.
  ///
  /// @return empty when nothing came
  public List<LoggedPublish> next(int max, int maxBytes, long waitMs) throws InterruptedException {
    if (ready.isEmpty()) {
      long committed = writer.committed();
      if (!fill()) {
        next = Math.max(next, committed);
        if (waitMs == 0 || !writer.await(next, waitMs)) {
          return List.of();
        }
        fill();
      }
    }
    var lot = new ArrayList<LoggedPublish>();
    int bytes = 0;
    while (!ready.isEmpty() && lot.size() < max && bytes < maxBytes) {
      var message = ready.remove();
      lot.add(message);
      bytes += message.payload().length;
    }
    return lot;
  }

  /// True when there is nothing to read now.
  public boolean isLive() {
    return ready.isEmpty() && next >= writer.committed();
  }

  /// Reads on until something wanted was found or the log's end.
  private boolean fill() {
    boolean more = true;
    while (ready.isEmpty() && more) {
      more = scan();
    }
    return !ready.isEmpty();
  }

  private boolean scan() {
    int[] bytes = {0};
    boolean[] any = {false};
    store.scan(
        Family.PUBLISHES,
        from,
        Keys.end(),
        (key, block) -> {
          any[0] = true;
          PublishBlock.read(block, this::take);
          from = after(key);
          next = Keys.sequence(key) + 1;
          bytes[0] += block.length;
          return bytes[0] < SCAN_BYTES && ready.isEmpty();
        });
    return any[0];
  }

  private void take(LoggedPublish message) {
    if (message.at() >= since && wanted.test(message.topic())) {
      ready.add(message);
    }
  }

  private static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
