package io.millrace.wire.kafka;

import io.millrace.base.runtime.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// Looks for records, forwards or backwards in time, within a budget of records, bytes and time.
///
/// Backwards, each partition is read in windows from its end; found records of all partitions are
/// put in order of their time and cut at the limit. One use, one thread.
final class RecordSearch {
  private static final Comparator<ConsumerRecord<byte[], byte[]>> OLDEST_FIRST =
      Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
          .thenComparingInt(ConsumerRecord::partition)
          .thenComparingLong(ConsumerRecord::offset);

  /// What is asked.
  ///
  /// @param partition empty: all
  /// @param from per partition where to go on; partitions that are missing start at the beginning,
  ///     or backwards at the end
  /// @param isNewestFirst backwards: what lies below `from`
  record Question(
      String topic,
      OptionalLong partition,
      Map<Integer, Long> from,
      RecordFilter filter,
      int limit,
      boolean isNewestFirst) {}

  /// What was found.
  ///
  /// @param next where to go on, per partition; empty when there is nothing more
  record Answer(
      List<ConsumerRecord<byte[], byte[]>> records, long scanned, Map<Integer, Long> next) {}

  /// How far a search goes before it hands back what it has.
  record Budget(long records, long bytes, Duration time) {}

  private final Consumer<byte[], byte[]> consumer;
  private final Clock clock;
  private final Budget budget;
  private final Question question;
  private final long deadline;
  private final Map<Integer, Long> reached = new TreeMap<>();
  private final List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
  private long scanned;
  private long bytes;

  RecordSearch(Consumer<byte[], byte[]> consumer, Clock clock, Budget budget, Question question) {
    this.consumer = consumer;
    this.clock = clock;
    this.budget = budget;
    this.question = question;
    this.deadline = clock.nanos() + budget.time().toNanos();
  }

  /// @param partitions those of the topic that are to be looked at
  Answer run(List<TopicPartition> partitions) {
    var starts = consumer.beginningOffsets(partitions);
    var ends = consumer.endOffsets(partitions);
    for (var partition : partitions) {
      long start = starts.getOrDefault(partition, 0L);
      long end = ends.getOrDefault(partition, 0L);
      var from = question.from.get(partition.partition());
      if (question.isNewestFirst) {
        backwards(partition, start, from == null ? end : Math.clamp(from, start, end));
      } else {
        forwards(partition, from == null ? start : Math.clamp(from, start, end), end);
      }
    }
    return cut(starts, ends);
  }

  private void forwards(TopicPartition partition, long from, long end) {
    var own = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    long at = read(partition, from, end, question.limit, own);
    reached.put(partition.partition(), at);
    found.addAll(own);
  }

  /// Windows double when they hold too little: a filter that matches seldom, a compacted topic.
  private void backwards(TopicPartition partition, long start, long end) {
    var own = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    long window = Math.max(question.limit, 100);
    long high = end;
    while (high > start && own.size() < question.limit && !isSpent()) {
      long low = Math.max(start, high - window);
      var part = new ArrayList<ConsumerRecord<byte[], byte[]>>();
      long at = read(partition, low, high, Integer.MAX_VALUE, part);
      if (at < high) { // the budget ended inside: this window counts as not read
        break;
      }
      own.addAll(0, part);
      high = low;
      window = Math.min(window * 2, 50_000);
    }
    reached.put(partition.partition(), high);
    found.addAll(own);
  }

  /// @return the offset that reading has come to, `end` when all was read
  private long read(
      TopicPartition partition,
      long from,
      long end,
      int limit,
      List<ConsumerRecord<byte[], byte[]>> into) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long at = from;
    while (at < end && into.size() < limit && !isSpent()) {
      var polled = consumer.poll(Duration.ofMillis(200)).records(partition);
      for (var record : polled) {
        if (record.offset() >= end || into.size() >= limit) {
          return record.offset() >= end ? end : record.offset();
        }
        scanned++;
        at = record.offset() + 1;
        if (question.filter.matches(record)) {
          into.add(record);
          bytes += RecordJson.size(record);
        }
      }
      at = Math.max(at, Math.min(end, consumer.position(partition))); // over gaps
    }
    return at;
  }

  private boolean isSpent() {
    return scanned >= budget.records || bytes >= budget.bytes || clock.nanos() - deadline > 0;
  }

  private Answer cut(Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
    found.sort(question.isNewestFirst ? OLDEST_FIRST.reversed() : OLDEST_FIRST);
    var kept = List.copyOf(found.subList(0, Math.min(question.limit, found.size())));
    var left = found.subList(kept.size(), found.size());
    for (var record : left) { // found, but not shown now: there the next page begins
      if (question.isNewestFirst) {
        reached.merge(record.partition(), record.offset() + 1, Math::max);
      } else {
        reached.merge(record.partition(), record.offset(), Math::min);
      }
    }
    var bounds = question.isNewestFirst ? starts : ends;
    boolean isMore =
        bounds.entrySet().stream()
            .anyMatch(e -> !e.getValue().equals(reached.get(e.getKey().partition())));
    return new Answer(kept, scanned, isMore ? Map.copyOf(reached) : Map.of());
  }
}
