package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.access.Caller;
import io.millrace.engine.alarms.Alarm;
import io.millrace.engine.alarms.AlarmChange;
import io.millrace.engine.alarms.AlarmPage;
import io.millrace.engine.alarms.AlarmQuery;
import io.millrace.engine.alarms.AlarmRequest;
import io.millrace.engine.alarms.AlarmSeverity;
import io.millrace.engine.alarms.AlarmSort;
import io.millrace.engine.alarms.AlarmStatus;
import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.alarms.Propagation;
import io.millrace.engine.rules.BatchContext;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.store.entities.AlarmComments;
import io.millrace.wire.http.HttpError;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;

/// Alarms: lists, acknowledge, clear, create, delete.
final class AlarmsApi {
  private final Guard guard;
  private final Alarms alarms;
  private final AlarmComments comments;
  private final AlarmInfo info;
  private final EngineWrites engine;
  private final Ids ids;

  AlarmsApi(
      Guard guard,
      Alarms alarms,
      AlarmComments comments,
      AlarmInfo info,
      EngineWrites engine,
      Ids ids) {
    this.comments = comments;
    this.guard = guard;
    this.alarms = alarms;
    this.info = info;
    this.engine = engine;
    this.ids = ids;
  }

  void routes(RouteTable table) {
    var allowed = RouteTable.TENANT_OR_CUSTOMER;
    for (var path : new String[] {"/api/alarm", "/api/v2/alarm"}) {
      table.get(
          path + "/{entityType}/{entityId}", allowed, "Alarms of an entity.", this::ofOriginator);
    }
    for (var path : new String[] {"/api/alarms", "/api/v2/alarms"}) {
      table.get(path, RouteTable.TENANT, "Alarms of the tenant.", this::ofTenant);
    }
    table.get(
        "/api/alarm/highestSeverity/{entityType}/{entityId}",
        allowed,
        "The worst severity among an entity's alarms.",
        this::highestSeverity);
    table.get("/api/alarm/{alarmId}", allowed, "An alarm.", r -> Reply.of(alarm(r).toJson()));
    table.get(
        "/api/alarm/info/{alarmId}",
        allowed,
        "An alarm with the names around it.",
        r -> Reply.of(info.of(alarm(r))));
    table.get(
        "/api/alarm/{alarmId}/why",
        allowed,
        "Why the alarm was raised, changed and cleared: messages, values, chain version, path.",
        r -> Reply.list(alarms.reasons(alarm(r).id()), reason -> reason));
    table.post("/api/alarm", allowed, "Makes an alarm, or updates the active one.", this::save);
    table.post(
        "/api/alarm/{alarmId}/ack",
        allowed,
        "Acknowledges an alarm.",
        r ->
            change(
                r,
                "ALARM_ACK",
                (batch, id) -> alarms.acknowledge(batch.commit(), id, batch.now())));
    table.post(
        "/api/alarm/{alarmId}/clear",
        allowed,
        "Clears an alarm.",
        r ->
            change(
                r,
                "ALARM_CLEAR",
                (batch, id) -> alarms.clearById(batch.commit(), id, batch.now())));
    table.post(
        "/api/alarm/{alarmId}/assign/{assigneeId}",
        allowed,
        "Makes somebody look after an alarm.",
        r -> {
          alarm(r);
          var assignee = assignee(r);
          return change(
              r,
              "ALARM_ASSIGNED",
              (batch, id) -> alarms.assign(batch.commit(), id, assignee, batch.now()));
        });
    table.delete(
        "/api/alarm/{alarmId}/assign",
        allowed,
        "Makes nobody look after an alarm.",
        r ->
            change(
                r,
                "ALARM_UNASSIGNED",
                (batch, id) -> alarms.assign(batch.commit(), id, null, batch.now())));
    table.get("/api/alarm/types", allowed, "Types of the alarms there are.", this::types);
    table.delete("/api/alarm/{alarmId}", allowed, "Deletes an alarm.", this::delete);
  }

  private Reply ofOriginator(Request request) {
    var originator = request.entity();
    guard.tenantOf(originator);
    return page(alarms.ofOriginator(originator, query(request)));
  }

  private Reply ofTenant(Request request) {
    return page(alarms.ofTenant(Caller.current().tenantId(), query(request)));
  }

  private Reply page(AlarmPage page) {
    return Reply.of(
        Reply.page(
            new JsonArray(page.data().stream().<JsonValue>map(info::of).toList()),
            page.totalPages(),
            page.totalElements(),
            page.hasNext()));
  }

  private Reply highestSeverity(Request request) {
    var originator = request.entity();
    guard.tenantOf(originator);
    var query = AlarmQuery.newest(1_000).withStatuses(statuses(request));
    return Reply.of(
        alarms.ofOriginator(originator, query).data().stream()
            .map(Alarm::severity)
            .min(Comparator.naturalOrder()) // worst first
            .<JsonValue>map(severity -> new JsonString(severity.name()))
            .orElse(JsonNull.NULL));
  }

  private static AlarmQuery query(Request request) {
    var link = request.pageLink();
    return new AlarmQuery(
        link.pageSize(),
        link.page(),
        request.number("startTime", 0),
        request.number("endTime", Long.MAX_VALUE),
        statuses(request),
        Set.copyOf(request.choices("severityList", AlarmSeverity.class)),
        Set.copyOf(request.list("typeList")),
        link.textSearch(),
        AlarmSort.of(link.sortProperty()),
        link.ascending());
  }

  /// The old API's `searchStatus` or `status`, the new one's `statusList`; ACTIVE means both of
  /// its kinds, and so on.
  static Set<AlarmStatus> statuses(String name, List<String> texts) {
    var wanted = new HashSet<AlarmStatus>();
    texts.forEach(each -> add(wanted, name, each));
    return wanted;
  }

  private static Set<AlarmStatus> statuses(Request request) {
    var wanted = new HashSet<AlarmStatus>();
    request.query("status").ifPresent(one -> add(wanted, "status", one));
    request.query("searchStatus").ifPresent(one -> add(wanted, "searchStatus", one));
    request.list("statusList").forEach(each -> add(wanted, "statusList", each));
    return wanted;
  }

  private static void add(Set<AlarmStatus> wanted, String name, String text) {
    for (var status : AlarmStatus.values()) {
      boolean is =
          switch (text) {
            case "ANY" -> true;
            case "ACTIVE" -> !status.isCleared();
            case "CLEARED" -> status.isCleared();
            case "ACK" -> status.isAcknowledged();
            case "UNACK" -> !status.isAcknowledged();
            default -> status == Request.choice(name, AlarmStatus.class, text);
          };
      if (is) {
        wanted.add(status);
      }
    }
  }

  private Alarm alarm(Request request) {
    var id = request.uuid("alarmId");
    var alarm = alarms.find(id).orElseThrow(() -> missing(id));
    if (!alarm.tenantId().equals(Caller.current().tenantId())) {
      throw missing(id);
    }
    guard.tenantOf(alarm.originator());
    return alarm;
  }

  private static HttpError missing(UUID id) {
    return Guard.missing(new EntityId(EntityType.ALARM, id));
  }

  private Reply change(
      Request request, String event, BiFunction<BatchContext, UUID, Optional<AlarmChange>> how)
      throws Exception {
    var alarm = alarm(request);
    var changed =
        engine.on(
            alarm.originator(),
            batch -> {
              var change = how.apply(batch, alarm.id());
              change
                  .filter(done -> done.kind() != AlarmChange.Kind.UNCHANGED)
                  .ifPresent(
                      done -> {
                        alarms.explain(batch.commit(), done, byCaller(), batch.now());
                        engine.tellInside(batch, alarm.tenantId(), told(event, done));
                      });
              return change;
            });
    return Reply.of(info.of(changed.orElseThrow(() -> missing(alarm.id())).alarm()));
  }

  private Reply save(Request request) throws Exception {
    var body = request.body();
    var originator = originator(body);
    var tenant = guard.tenantOf(originator);
    var wanted = alarmRequest(body, tenant, originator);
    var change =
        engine.on(
            originator,
            batch -> {
              var done = alarms.createOrUpdate(batch.commit(), wanted, batch.now(), ids.next());
              alarms.explain(batch.commit(), done, byCaller(), batch.now());
              event(done.kind())
                  .ifPresent(event -> engine.tellInside(batch, tenant, told(event, done)));
              return done;
            });
    return Reply.of(change.alarm().toJson());
  }

  /// Who it was, for [Alarms#reasons].
  private static JsonObject byCaller() {
    return JsonObject.builder().put("user", Caller.current().email()).build();
  }

  private static Optional<String> event(AlarmChange.Kind kind) {
    return switch (kind) {
      case CREATED, UPDATED, SEVERITY_UPDATED -> Optional.of("ALARM_" + kind);
      case ACKNOWLEDGED, CLEARED, ASSIGNED, UNASSIGNED, DELETED, UNCHANGED -> Optional.empty();
    };
  }

  private RuleMessage told(String event, AlarmChange change) {
    return engine.event(
        change.alarm().originator(), event, JsonObject.EMPTY, change.alarm().toJson());
  }

  private static EntityId originator(Fields body) {
    var json = body.object("originator", JsonObject.EMPTY);
    if (json.isEmpty()) {
      throw HttpError.badField("originator", "should be specified!");
    }
    return new EntityId(
        Request.choice("originator.entityType", EntityType.class, json.text("entityType", "")),
        Request.uuid("originator.id", json.text("id", "")));
  }

  private static AlarmRequest alarmRequest(Fields body, EntityId tenant, EntityId originator) {
    var details = body.json().get("details");
    return new AlarmRequest(
        tenant,
        null,
        originator,
        body.text("type"),
        Request.choice("severity", AlarmSeverity.class, body.text("severity")),
        details == null ? JsonNull.NULL : details,
        new Propagation(
            body.flag("propagate", false),
            body.flag("propagateToOwner", false),
            body.flag("propagateToTenant", false),
            List.of()),
        body.number("startTs").orElse(0),
        body.number("endTs").orElse(0));
  }

  /// Somebody who may see the alarm.
  private EntityId assignee(Request request) {
    var id = request.id("assigneeId", EntityType.USER);
    var caller = Caller.current();
    var user = guard.sameTenant(id);
    var customer = caller.customerId();
    if (customer != null && !customer.equals(user.customerId())) {
      throw HttpError.forbidden();
    }
    return user.id();
  }

  private Reply types(Request request) {
    var link = request.pageLink();
    var tenant = Caller.current().tenantId();
    var types = new TreeSet<String>();
    boolean more = true;
    for (int page = 0; more; page++) {
      var found = alarms.ofTenant(tenant, everything(page));
      found.data().stream()
          .filter(alarm -> guard.mayRead(alarm.originator()))
          .map(Alarm::type)
          .filter(type -> type.contains(link.textSearch()))
          .forEach(types::add);
      more = found.hasNext();
    }
    var shown =
        types.stream()
            .skip((long) link.page() * link.pageSize())
            .limit(link.pageSize())
            .<JsonValue>map(type -> EntityJson.subtype(tenant, EntityType.ALARM, type))
            .toList();
    int pages = (types.size() + link.pageSize() - 1) / link.pageSize();
    return Reply.of(Reply.page(new JsonArray(shown), pages, types.size(), link.page() + 1 < pages));
  }

  private static AlarmQuery everything(int page) {
    return new AlarmQuery(
        1_000,
        page,
        0,
        Long.MAX_VALUE,
        Set.of(),
        Set.of(),
        Set.of(),
        "",
        AlarmSort.CREATED_TIME,
        true);
  }

  private Reply delete(Request request) throws Exception {
    var alarm = alarm(request);
    engine.on(alarm.originator(), batch -> alarms.delete(batch.commit(), alarm.id()));
    comments.deleteAll(alarm.id());
    return Reply.of(JsonBoolean.TRUE);
  }
}
