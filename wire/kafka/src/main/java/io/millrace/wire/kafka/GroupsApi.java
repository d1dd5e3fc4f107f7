package io.millrace.wire.kafka;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/// Consumer groups: who reads, how far, how far behind; and putting them elsewhere.
final class GroupsApi {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  /// How far one group has read one partition.
  private record Progress(long committed, long end) {
    long lag() {
      return Math.max(0, end - committed);
    }
  }

  private final KafkaConnection kafka;
  private final TopicFigures figures;

  GroupsApi(KafkaConnection kafka, TopicFigures figures) {
    this.kafka = kafka;
    this.figures = figures;
  }

  void routes(KafkaRoutes routes) {
    routes.get("/api/kafka/groups", _ -> list());
    routes.get("/api/kafka/groups/:group", request -> detail(request.path("group")));
    routes.post("/api/kafka/groups/:group/offsets", this::reset);
    routes.delete("/api/kafka/groups/:group", this::delete);
  }

  private JsonValue list() throws Exception {
    var listed =
        figures.wait(kafka.admin().listGroups(ListGroupsOptions.forConsumerGroups()).all());
    var ids = listed.stream().map(each -> each.groupId()).sorted().toList();
    var described = figures.wait(kafka.admin().describeConsumerGroups(ids).all());
    var progress = progress(ids);
    List<JsonValue> groups = new ArrayList<>();
    for (var id : ids) {
      var group = described.get(id);
      if (group != null) {
        var own = progress.getOrDefault(id, Map.of());
        groups.add(common(group, own).put("members", group.members().size()).build());
      }
    }
    return new JsonArray(groups);
  }

  private JsonValue detail(String id) throws Exception {
    var group = existing(id);
    var progress = progress(List.of(id)).getOrDefault(id, Map.of());
    List<JsonValue> offsets = new ArrayList<>();
    progress.forEach(
        (partition, at) ->
            offsets.add(
                JsonObject.builder()
                    .put("topic", partition.topic())
                    .put("partition", partition.partition())
                    .put("committed", at.committed < 0 ? JsonNull.NULL : new JsonLong(at.committed))
                    .put("end", at.end)
                    .put("lag", at.committed < 0 ? JsonNull.NULL : new JsonLong(at.lag()))
                    .build()));
    return common(group, progress)
        .put(
            "members",
            new JsonArray(group.members().stream().<JsonValue>map(GroupsApi::json).toList()))
        .put("offsets", new JsonArray(offsets))
        .build();
  }

  private ConsumerGroupDescription existing(String id) throws Exception {
    var group = figures.wait(kafka.admin().describeConsumerGroups(List.of(id)).all()).get(id);
    if (group == null || group.groupState() == GroupState.DEAD) {
      throw new GroupIdNotFoundException(id);
    }
    return group;
  }

  private JsonValue reset(KafkaRequest request) throws Exception {
    var id = request.path("group");
    var body = request.body();
    var topic = body.text("topic", "");
    if (topic.isBlank()) {
      throw HttpError.badField("topic", "is missing; say whose offsets are to be set");
    }
    var known = figures.of(List.of(topic)).getFirst();
    var only = KafkaRequest.number(body, "partition");
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> wanted = new HashMap<>();
    for (var each : known.partitions()) {
      if (only.isPresent() && only.getAsLong() != each.partition()) {
        continue;
      }
      var partition = new TopicPartition(topic, each.partition());
      aim(body.get("to"), each, partition, asked, wanted);
    }
    if (asked.isEmpty() && wanted.isEmpty()) {
      throw HttpError.badField(
          "partition",
          "is %s; '%s' has %d".formatted(body.get("partition"), topic, known.partitions().size()));
    }
    if (!asked.isEmpty()) {
      figures
          .wait(kafka.admin().listOffsets(asked).all())
          .forEach(
              (partition, found) ->
                  wanted.put(
                      partition,
                      new OffsetAndMetadata(
                          found.offset() < 0 // no record is as late
                              ? known.partitions().get(partition.partition()).end()
                              : found.offset())));
    }
    figures.wait(kafka.admin().alterConsumerGroupOffsets(id, wanted).all());
    return detail(id);
  }

  private static void aim(
      @org.jspecify.annotations.Nullable JsonValue to,
      TopicFigures.Partition known,
      TopicPartition partition,
      Map<TopicPartition, OffsetSpec> asked,
      Map<TopicPartition, OffsetAndMetadata> wanted) {
    switch (to) {
      case JsonString(var word) when word.equals("earliest") ->
          wanted.put(partition, new OffsetAndMetadata(known.start()));
      case JsonString(var word) when word.equals("latest") ->
          wanted.put(partition, new OffsetAndMetadata(known.end()));
      case JsonObject object when object.get("ts") instanceof JsonLong(long ts) ->
          asked.put(partition, OffsetSpec.forTimestamp(ts));
      case JsonObject object when object.get("offset") instanceof JsonLong(long offset) -> {
        if (offset < known.start() || offset > known.end()) {
          throw HttpError.badField(
              "to",
              "offset %d is not within %d to %d of partition %d"
                  .formatted(offset, known.start(), known.end(), known.partition()));
        }
        wanted.put(partition, new OffsetAndMetadata(offset));
      }
      case null, default ->
          throw HttpError.badField(
              "to",
              "is %s, not \"earliest\", \"latest\", {\"ts\": …} or {\"offset\": …}".formatted(to));
    }
  }

  private JsonValue delete(KafkaRequest request) throws Exception {
    figures.wait(kafka.admin().deleteConsumerGroups(List.of(request.path("group"))).all());
    return JsonNull.NULL;
  }

  private Map<String, Map<TopicPartition, Progress>> progress(List<String> ids) throws Exception {
    Map<String, ListConsumerGroupOffsetsSpec> asked = new HashMap<>();
    ids.forEach(id -> asked.put(id, new ListConsumerGroupOffsetsSpec()));
    if (asked.isEmpty()) {
      return Map.of();
    }
    var committed = figures.wait(kafka.admin().listConsumerGroupOffsets(asked).all());
    var ends = ends(committed.values());
    Map<String, Map<TopicPartition, Progress>> progress = new HashMap<>();
    committed.forEach(
        (id, offsets) -> {
          Map<TopicPartition, Progress> own = new TreeMap<>(ORDER);
          offsets.forEach(
              (partition, offset) -> {
                if (offset != null && ends.containsKey(partition)) { // else: the topic is gone
                  own.put(
                      partition, new Progress(offset.offset(), ends.getOrDefault(partition, 0L)));
                }
              });
          progress.put(id, own);
        });
    return progress;
  }

  private Map<TopicPartition, Long> ends(Iterable<Map<TopicPartition, OffsetAndMetadata>> committed)
      throws Exception {
    var existing = figures.wait(kafka.admin().listTopics().names());
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    committed.forEach(
        offsets ->
            offsets.keySet().stream()
                .filter(partition -> existing.contains(partition.topic()))
                .forEach(partition -> asked.put(partition, OffsetSpec.latest())));
    Map<TopicPartition, Long> ends = new HashMap<>();
    if (!asked.isEmpty()) {
      figures
          .wait(kafka.admin().listOffsets(asked).all())
          .forEach((partition, end) -> ends.put(partition, end.offset()));
    }
    return ends;
  }

  private static JsonObject.Builder common(
      ConsumerGroupDescription group, Map<TopicPartition, Progress> progress) {
    var topics = new java.util.TreeSet<String>();
    progress.keySet().forEach(partition -> topics.add(partition.topic()));
    group
        .members()
        .forEach(m -> m.assignment().topicPartitions().forEach(p -> topics.add(p.topic())));
    return JsonObject.builder()
        .put("groupId", group.groupId())
        .put("state", group.groupState().name())
        .put("protocol", group.type().name().toLowerCase(Locale.ROOT))
        .put("topics", new JsonArray(topics.stream().<JsonValue>map(JsonString::new).toList()))
        .put("lag", progress.values().stream().mapToLong(Progress::lag).sum());
  }

  private static JsonObject json(MemberDescription member) {
    return JsonObject.builder()
        .put("memberId", member.consumerId())
        .put("clientId", member.clientId())
        .put("host", member.host())
        .put(
            "partitions",
            new JsonArray(
                member.assignment().topicPartitions().stream()
                    .sorted(ORDER)
                    .<JsonValue>map(
                        partition ->
                            JsonObject.builder()
                                .put("topic", partition.topic())
                                .put("partition", partition.partition())
                                .build())
                    .toList()))
        .build();
  }
}
