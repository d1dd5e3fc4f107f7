package io.millrace.wire.kafka;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.runtime.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/// What of the arriving records a page is sent: everything is counted, and of more than it can
/// take it gets the newest of each key first.
final class LiveView {
  private final RecordFilter filter;
  private final Clock clock;
  private final int perSecond;
  private double allowance; // records that may be sent now: a second's worth at most
  private long lastNanos;
  private final int valueBytesMax;
  private final SchemaValues schemas;
  private long received;
  private long sampledOut;
  private long sent;
  private boolean hasNews;

  LiveView(
      RecordFilter filter, Clock clock, int perSecond, int valueBytesMax, SchemaValues schemas) {
    this.filter = filter;
    this.clock = clock;
    this.perSecond = perSecond;
    this.allowance = perSecond;
    this.lastNanos = clock.nanos();
    this.valueBytesMax = valueBytesMax;
    this.schemas = schemas;
  }

  long received() {
    return received;
  }

  /// Counts these and picks from them.
  ///
  /// @param mayWrite false while the page is paused or takes nothing: then all are only counted
  List<ConsumerRecord<byte[], byte[]>> take(
      Iterable<ConsumerRecord<byte[], byte[]>> arrived, boolean mayWrite) {
    List<ConsumerRecord<byte[], byte[]>> wanted = new ArrayList<>();
    long before = received;
    for (var record : arrived) {
      received++;
      if (filter.matches(record)) {
        wanted.add(record);
      }
    }
    hasNews |= received > before;
    var picked = mayWrite ? sample(wanted, allowance()) : List.<ConsumerRecord<byte[], byte[]>>of();
    sampledOut += wanted.size() - picked.size();
    sent += picked.size();
    allowance -= picked.size();
    return picked;
  }

  /// Whether something was counted since the last frame.
  boolean hasNews() {
    return hasNews;
  }

  JsonObject frame(List<ConsumerRecord<byte[], byte[]>> records) {
    hasNews = false;
    return JsonObject.builder()
        .put(
            "records",
            new JsonArray(
                records.stream()
                    .<JsonValue>map(record -> RecordJson.of(record, valueBytesMax, schemas))
                    .toList()))
        .put("received", received)
        .put("sent", sent)
        .put("sampledOut", sampledOut)
        .build();
  }

  private int allowance() {
    long now = clock.nanos();
    allowance = Math.min(perSecond, allowance + (now - lastNanos) * 1e-9 * perSecond);
    lastNanos = now;
    return (int) Math.max(0, allowance);
  }

  private static List<ConsumerRecord<byte[], byte[]>> sample(
      List<ConsumerRecord<byte[], byte[]>> wanted, int batchMax) {
    if (wanted.size() <= batchMax) {
      return wanted;
    }
    var picked = new ArrayList<ConsumerRecord<byte[], byte[]>>(batchMax);
    var others = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    var keys = new HashSet<Bytes>();
    for (int i = wanted.size() - 1; i >= 0 && picked.size() < batchMax; i--) {
      var record = wanted.get(i);
      if (keys.add(record.key() == null ? Bytes.wrap(new byte[0]) : Bytes.wrap(record.key()))) {
        picked.add(record);
      } else {
        others.add(record);
      }
    }
    for (int i = 0; i < others.size() && picked.size() < batchMax; i++) {
      picked.add(others.get(i));
    }
    picked.sort(
        Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
            .thenComparingLong(ConsumerRecord::offset));
    return picked;
  }
}
