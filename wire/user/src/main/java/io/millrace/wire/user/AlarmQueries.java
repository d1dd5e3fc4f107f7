package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.engine.alarms.Alarm;
import io.millrace.engine.alarms.AlarmPage;
import io.millrace.engine.alarms.AlarmQuery;
import io.millrace.engine.alarms.AlarmSeverity;
import io.millrace.engine.alarms.AlarmSort;
import io.millrace.engine.alarms.Alarms;
import io.millrace.store.entities.PageLink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Answers ThingsBoard's AlarmDataQuery and AlarmCountQuery for the current caller.
final class AlarmQueries {
  private static final int CHUNK = 1_000;

  private final EntityQueries queries;
  private final EntityValues values;
  private final Alarms alarms;
  private final AlarmInfo info;

  AlarmQueries(EntityQueries queries, EntityValues values, Alarms alarms, AlarmInfo info) {
    this.queries = queries;
    this.values = values;
    this.alarms = alarms;
    this.info = info;
  }

  /// ThingsBoard's PageData of AlarmData.
  JsonObject page(JsonObject query) {
    var link = new Fields(new Fields(query).object("pageLink", JsonObject.EMPTY));
    int size = Math.clamp(link.number("pageSize").orElse(10), 1, PageLink.PAGE_SIZE_MAX);
    long first = Math.clamp(link.number("page").orElse(0), 0, Integer.MAX_VALUE) * (long) size;
    var originators = originators(query);
    var keys = new ArrayList<EntityKey>(EntityKey.list(query, "entityFields"));
    keys.addAll(EntityKey.list(query, "latestValues"));
    var page = new ArrayList<JsonValue>();
    long total = 0;
    for (var alarm : matching(wanted(link), originators, assigned(link))) {
      var originator = originators.get(alarm.originator());
      if (originator != null && total >= first && page.size() < size) {
        page.add(data(alarm, originator, keys));
      }
      total++;
    }
    int pages = (int) ((total + size - 1) / size);
    return Reply.page(new JsonArray(page), pages, total, first + size < total);
  }

  /// How many alarms an AlarmCountQuery finds.
  long count(JsonObject query) {
    var fields = new Fields(query);
    var known =
        fields.json().has("entityFilter") ? originators(query) : Map.<EntityId, EntityRow>of();
    boolean isOfAll = !fields.json().has("entityFilter");
    var wanted = wanted(fields);
    Predicate<Alarm> assigned = assigned(fields);
    return isOfAll && !Caller.current().isCustomerUser()
        ? all(wanted).stream().filter(assigned).count()
        : matching(wanted, known, assigned).size();
  }

  /// Whose alarms the query is about.
  Map<EntityId, EntityRow> originators(JsonObject query) {
    var originators = new HashMap<EntityId, EntityRow>();
    queries.matching(query).forEach(row -> originators.put(row.id(), row));
    return originators;
  }

  private List<Alarm> matching(
      AlarmQuery wanted, Map<EntityId, EntityRow> originators, Predicate<Alarm> more) {
    var found =
        originators.size() == 1
            ? all(link -> alarms.ofOriginator(originators.keySet().iterator().next(), link), wanted)
            : all(wanted);
    return found.stream()
        .filter(alarm -> originators.containsKey(alarm.originator()))
        .filter(more)
        .toList();
  }

  private List<Alarm> all(AlarmQuery wanted) {
    return all(query -> alarms.ofTenant(Caller.current().tenantId(), query), wanted);
  }

  private interface Pages {
    AlarmPage of(AlarmQuery query);
  }

  private static List<Alarm> all(Pages pages, AlarmQuery wanted) {
    var all = new ArrayList<Alarm>();
    boolean more = true;
    for (int page = 0; more; page++) {
      var found = pages.of(atPage(wanted, page));
      all.addAll(found.data());
      more = found.hasNext();
    }
    return all;
  }

  private static AlarmQuery atPage(AlarmQuery query, int page) {
    return new AlarmQuery(
        CHUNK,
        page,
        query.fromTs(),
        query.untilTs(),
        query.statuses(),
        query.severities(),
        query.types(),
        query.textSearch(),
        query.sort(),
        query.ascending());
  }

  private static AlarmQuery wanted(Fields link) {
    var sort = link.object("sortOrder", JsonObject.EMPTY);
    var key = sort.get("key") instanceof JsonObject named ? named.text("key", "") : "";
    long end = link.number("endTs").orElse(0);
    long window = link.number("timeWindow").orElse(0);
    long start = link.number("startTs").orElse(0);
    return new AlarmQuery(
        CHUNK,
        0,
        start,
        end > 0 ? end : window > 0 && start > 0 ? start + window : Long.MAX_VALUE,
        AlarmsApi.statuses("statusList", EntityFilter.texts(link.json(), "statusList")),
        severities(EntityFilter.texts(link.json(), "severityList")),
        Set.copyOf(EntityFilter.texts(link.json(), "typeList")),
        link.text("textSearch", ""),
        AlarmSort.of(key),
        sort.text("direction", "DESC").equalsIgnoreCase("ASC"));
  }

  private static Set<AlarmSeverity> severities(List<String> names) {
    return Set.copyOf(
        names.stream()
            .map(name -> Request.choice("severityList", AlarmSeverity.class, name))
            .toList());
  }

  private static Predicate<Alarm> assigned(Fields link) {
    Optional<EntityId> assignee = link.id("assigneeId", EntityType.USER);
    return alarm -> assignee.isEmpty() || assignee.get().equals(alarm.assigneeId());
  }

  private JsonObject data(Alarm alarm, EntityRow originator, List<EntityKey> keys) {
    return info.of(alarm).toBuilder()
        .put("entityId", EntityJson.id(alarm.originator()))
        .put("latest", values.latest(originator, keys))
        .build();
  }
}
