package io.millrace.engine.pipeline;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonSyntaxException;
import io.millrace.engine.rules.Answer;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The calls in the store; `docs/formats/outbox.md` draws them.
final class OutboxRows {
  private static final Logger log = LoggerFactory.getLogger(OutboxRows.class);
  private static final byte[] FIRST = new byte[0];
  private static final byte[] END = Shelf.key(Short.MAX_VALUE, Long.MAX_VALUE);

  private final CommitStore store;

  OutboxRows(CommitStore store) {
    this.store = store;
  }

  static Lane.Waiting put(Commit commit, Shelf shelf, OutboxEntry entry) {
    var bytes = Json.bytes(entry.toJson());
    var call = new Lane.Waiting(shelf.number(), shelf.next(), entry, bytes.length);
    commit.put(Family.OUTBOX, call.key(), bytes);
    return call;
  }

  /// Puts the answer in the place of the call.
  static void putAnswered(Commit commit, Lane.Waiting call, Answer answer) {
    commit.put(Family.OUTBOX, call.key(), Json.bytes(call.entry().answered(answer).toJson()));
  }

  /// The next number of each shelf that a former run left something in.
  static Map<Integer, Long> nextNumbers(CommitStore store) {
    var next = new HashMap<Integer, Long>();
    store.scan(
        Family.OUTBOX,
        FIRST,
        END,
        (key, _) -> {
          next.put(Shelf.shelf(key), Shelf.number(key) + 1);
          return true;
        });
    return next;
  }

  /// All calls, shelf by shelf, in order.
  void each(Consumer<Lane.Waiting> taker) {
    store.scan(
        Family.OUTBOX,
        FIRST,
        END,
        (key, value) -> {
          var call = read(key, value);
          if (call != null) {
            taker.accept(call);
          }
          return true;
        });
  }

  /// Those calls of one shelf that are wanted, from a number on, at most `limit`.
  List<Lane.Waiting> read(int shelf, long from, int limit, Predicate<Lane.Waiting> wanted) {
    var found = new ArrayList<Lane.Waiting>();
    store.scan(
        Family.OUTBOX,
        Shelf.key(shelf, from),
        Shelf.key(shelf, Long.MAX_VALUE),
        (key, value) -> {
          var call = read(key, value);
          if (call != null && wanted.test(call)) {
            found.add(call);
          }
          return found.size() < limit;
        });
    return found;
  }

  private static Lane.@Nullable Waiting read(byte[] key, byte[] value) {
    try {
      return new Lane.Waiting(
          Shelf.shelf(key), Shelf.number(key), OutboxEntry.read(value), value.length);
    } catch (JsonSyntaxException | IllegalArgumentException damaged) {
      log.error(
          "Outbox entry {}/{} cannot be read and is left alone",
          Shelf.shelf(key),
          Shelf.number(key),
          damaged);
      return null;
    }
  }
}
