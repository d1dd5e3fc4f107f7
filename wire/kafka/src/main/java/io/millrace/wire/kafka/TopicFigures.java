package io.millrace.wire.kafka;

import io.millrace.base.runtime.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// What topics hold and how fast they grow. Rates are differences between two looks at least a
/// second apart, so the first look has none.
final class TopicFigures {
  private static final long RATE_OVER_NANOS_MIN = TimeUnit.SECONDS.toNanos(1);
  private static final long RATE_OVER_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

  /// One partition.
  ///
  /// @param leader broker id; empty while it has none
  /// @param sizeBytes of one replica; -1 when Kafka does not tell
  record Partition(int partition, OptionalLong leader, long start, long end, long sizeBytes) {}

  /// One topic.
  record Topic(
      String name,
      boolean isInternal,
      int replicationFactor,
      List<Partition> partitions,
      double recordsPerSecond,
      double bytesPerSecond) {
    long records() {
      return partitions.stream().mapToLong(p -> p.end() - p.start()).sum();
    }

    long sizeBytes() {
      return partitions.stream().mapToLong(p -> Math.max(0, p.sizeBytes())).sum();
    }
  }

  private record Look(long nanos, long end, long bytes) {}

  private record Looks(Look before, Look last) {}

  private final Supplier<Admin> admin;
  private final Clock clock;
  private final long timeoutMs;
  private final Map<String, Looks> looks = new HashMap<>(); // guarded by this

  TopicFigures(Supplier<Admin> admin, Clock clock, long timeoutMs) {
    this.admin = admin;
    this.clock = clock;
    this.timeoutMs = timeoutMs;
  }

  /// All topics.
  List<Topic> all(boolean withInternal)
      throws ExecutionException, InterruptedException, TimeoutException {
    var listing = new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(withInternal);
    var names = wait(admin.get().listTopics(listing).names());
    forgetOthers(names);
    return of(names);
  }

  /// @throws ExecutionException when one of them is not there
  List<Topic> of(Collection<String> names)
      throws ExecutionException, InterruptedException, TimeoutException {
    var kafka = admin.get();
    var described = new TreeMap<>(wait(kafka.describeTopics(names).allTopicNames()));
    var starts = offsets(kafka, described, OffsetSpec.earliest());
    var ends = offsets(kafka, described, OffsetSpec.latest());
    var sizes = sizes(kafka);
    return described.values().stream().map(each -> topic(each, starts, ends, sizes)).toList();
  }

  <T> T wait(KafkaFuture<T> answer)
      throws ExecutionException, InterruptedException, TimeoutException {
    return answer.get(timeoutMs, TimeUnit.MILLISECONDS);
  }

  /// Waits until brokers know what the controller has already taken, leaders included; some
  /// milliseconds.
  void awaitPartitions(String topic, int count)
      throws ExecutionException, InterruptedException, TimeoutException {
    long deadline = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
    while (clock.nanos() < deadline && !hasPartitions(topic, count)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean hasPartitions(String topic, int count)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      var found = wait(admin.get().describeTopics(List.of(topic)).allTopicNames()).get(topic);
      return found != null
          && found.partitions().stream().filter(p -> leader(p).isPresent()).count() >= count;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  private Topic topic(
      TopicDescription topic,
      Map<TopicPartition, ListOffsetsResultInfo> starts,
      Map<TopicPartition, ListOffsetsResultInfo> ends,
      Map<TopicPartition, Long> sizes) {
    var partitions =
        topic.partitions().stream()
            .map(
                info -> {
                  var partition = new TopicPartition(topic.name(), info.partition());
                  return new Partition(
                      info.partition(),
                      leader(info),
                      offset(starts, partition),
                      offset(ends, partition),
                      sizes.getOrDefault(partition, -1L));
                })
            .toList();
    int replicas = topic.partitions().getFirst().replicas().size();
    var still = new Topic(topic.name(), topic.isInternal(), replicas, partitions, 0, 0);
    return withRates(still);
  }

  private synchronized Topic withRates(Topic topic) {
    long end = topic.partitions().stream().mapToLong(Partition::end).sum();
    var now = new Look(clock.nanos(), end, topic.sizeBytes());
    var known = looks.get(topic.name());
    if (known == null || now.nanos - known.last.nanos > RATE_OVER_NANOS_MAX) {
      looks.put(topic.name(), new Looks(now, now));
      return topic;
    }
    var before = known.last;
    if (now.nanos - known.last.nanos >= RATE_OVER_NANOS_MIN) {
      looks.put(topic.name(), new Looks(known.last, now));
    } else {
      before = known.before;
    }
    double seconds = (now.nanos - before.nanos) / 1e9;
    if (seconds <= 0) {
      return topic;
    }
    return new Topic(
        topic.name,
        topic.isInternal,
        topic.replicationFactor,
        topic.partitions,
        Math.max(0, now.end - before.end) / seconds, // a topic that was made again starts over
        Math.max(0, now.bytes - before.bytes) / seconds);
  }

  private synchronized void forgetOthers(Collection<String> names) {
    looks.keySet().removeIf(name -> !names.contains(name) && !name.startsWith("_"));
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Admin kafka, Map<String, TopicDescription> topics, OffsetSpec which)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (var topic : topics.values()) {
      for (var partition : topic.partitions()) {
        if (leader(partition).isPresent()) {
          asked.put(new TopicPartition(topic.name(), partition.partition()), which);
        }
      }
    }
    return asked.isEmpty() ? Map.of() : wait(kafka.listOffsets(asked).all());
  }

  private static long offset(
      Map<TopicPartition, ListOffsetsResultInfo> offsets, TopicPartition partition) {
    var info = offsets.get(partition);
    return info == null ? 0 : info.offset();
  }

  private static OptionalLong leader(TopicPartitionInfo partition) {
    var leader = partition.leader();
    return leader == null || leader.isEmpty() ? OptionalLong.empty() : OptionalLong.of(leader.id());
  }

  /// Of one replica each, the largest; hosted clusters may not tell.
  private Map<TopicPartition, Long> sizes(Admin kafka)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, Long> sizes = new HashMap<>();
    try {
      var brokers = wait(kafka.describeCluster().nodes()).stream().map(node -> node.id()).toList();
      wait(kafka.describeLogDirs(brokers).allDescriptions())
          .values()
          .forEach(
              folders ->
                  folders
                      .values()
                      .forEach(
                          folder ->
                              folder
                                  .replicaInfos()
                                  .forEach((p, info) -> sizes.merge(p, info.size(), Math::max))));
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof ApiException)) {
        throw e;
      }
    }
    return sizes;
  }
}
