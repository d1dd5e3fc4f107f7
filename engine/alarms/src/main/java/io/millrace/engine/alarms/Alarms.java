package io.millrace.engine.alarms;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.engine.alarms.AlarmChange.Kind;
import io.millrace.engine.alarms.AlarmRows.Index;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All alarms, in the store's family of that name.
///
/// Changes are added to a commit by the originator's own partition thread and nobody else, which is
/// what makes "one active alarm per originator and type" hold without a lock. Reads by any thread.
public final class Alarms {
  private final AlarmRows rows;
  private final WorkingAlarms working;
  private final AlarmLists lists;
  private final List<AlarmListener> listeners = new CopyOnWriteArrayList<>();

  private Alarms(AlarmRows rows, Config config) {
    this.rows = rows;
    this.working = new WorkingAlarms(rows, config.activeCached());
    this.lists = new AlarmLists(rows, config.listedMax());
  }

  public static Alarms open(CommitStore store, Config config) {
    return new Alarms(new AlarmRows(store), config);
  }

  /// Makes the alarm, or brings the active one of that originator and type up to date.
  ///
  /// @param newId the id the alarm gets when it is new
  public AlarmChange createOrUpdate(Commit commit, AlarmRequest request, long now, UUID newId) {
    return active(request.originator(), request.type())
        .map(alarm -> update(commit, alarm, alarm.updated(request, now)))
        .orElseGet(() -> create(commit, request.created(newId, now)));
  }

  /// Clears the active alarm of that type; empty when there is none.
  ///
  /// @param details replaces the alarm's details
  public Optional<Alarm> clear(
      Commit commit, EntityId originator, String type, JsonValue details, long now) {
    return active(originator, type)
        .map(alarm -> clear(commit, alarm, alarm.cleared(details, now)).alarm());
  }

  /// The active alarm of that type as the next change would find it: with what this partition
  /// has decided but not yet committed. For partition threads.
  public Optional<Alarm> active(EntityId originator, String type) {
    return working.active(originator, type);
  }

  /// The alarm of that id as the next change would find it. For partition threads.
  public Optional<Alarm> findWorking(UUID alarmId) {
    return working.find(alarmId);
  }

  /// Clears by id, details kept; `UNCHANGED` when it is cleared already; empty when there is none.
  public Optional<AlarmChange> clearById(Commit commit, UUID alarmId, long now) {
    return working.find(alarmId).map(alarm -> clearById(commit, alarm, alarm.details(), now));
  }

  /// Clears by id with new details; `UNCHANGED` when it is cleared already; empty when none.
  public Optional<AlarmChange> clearById(Commit commit, UUID alarmId, JsonValue details, long now) {
    return working.find(alarmId).map(alarm -> clearById(commit, alarm, details, now));
  }

  /// `UNCHANGED` when it is acknowledged already; empty when there is no such alarm.
  public Optional<AlarmChange> acknowledge(Commit commit, UUID alarmId, long now) {
    return working
        .find(alarmId)
        .map(
            alarm ->
                alarm.acknowledged()
                    ? unchanged(alarm)
                    : changed(commit, Kind.ACKNOWLEDGED, alarm, alarm.acknowledged(now)));
  }

  /// Gives the alarm to a user, or to nobody; empty when there is no such alarm.
  public Optional<AlarmChange> assign(
      Commit commit, UUID alarmId, @Nullable EntityId assignee, long now) {
    var kind = assignee == null ? Kind.UNASSIGNED : Kind.ASSIGNED;
    return working
        .find(alarmId)
        .map(alarm -> changed(commit, kind, alarm, alarm.assigned(assignee, now)));
  }

  /// Removes the alarm; empty when there is none.
  public Optional<AlarmChange> delete(Commit commit, UUID alarmId) {
    return working
        .find(alarmId)
        .map(
            alarm -> {
              rows.delete(commit, alarm);
              working.show(commit, alarm, null);
              return told(commit, new AlarmChange(Kind.DELETED, alarm));
            });
  }

  /// Keeps why the alarm changed so, beside it: one reason for each kind of change and severity,
  /// the latest.
  ///
  /// @param reason anything; `ts`, `change` and `severity` are added
  public void explain(Commit commit, AlarmChange change, JsonObject reason, long now) {
    explain(commit, change, () -> reason, now);
  }

  /// The same; `reason` is asked when the commit is written, unless a later one took its place.
  public void explain(Commit commit, AlarmChange change, Supplier<JsonObject> reason, long now) {
    if (change.kind() != Kind.UNCHANGED && change.kind() != Kind.DELETED) {
      rows.explain(commit, change, () -> told(change, reason.get(), now));
    }
  }

  private static JsonObject told(AlarmChange change, JsonObject reason, long now) {
    return reason.toBuilder()
        .put("ts", now)
        .put("change", change.kind().name())
        .put("severity", change.alarm().severity().name())
        .build();
  }

  /// Why the alarm was raised, changed and cleared, the earliest first. Any thread.
  public List<JsonObject> reasons(UUID alarmId) {
    return rows.reasonsOf(alarmId).stream()
        .sorted(Comparator.comparingLong(Alarms::tsOf).thenComparing(Alarms::kindOf))
        .toList();
  }

  private static Kind kindOf(JsonObject reason) {
    return Kind.valueOf(reason.text("change", Kind.UPDATED.name()));
  }

  private static long tsOf(JsonObject reason) {
    return reason.get("ts") instanceof JsonLong(long ts) ? ts : 0;
  }

  /// The committed alarm of that id. Any thread.
  public Optional<Alarm> find(UUID alarmId) {
    return rows.find(alarmId);
  }

  /// Committed alarms of one originator. Any thread.
  public AlarmPage ofOriginator(EntityId originator, AlarmQuery query) {
    return lists.page(Index.ORIGINATOR, originator, query);
  }

  /// Committed alarms of one tenant. Any thread.
  public AlarmPage ofTenant(EntityId tenantId, AlarmQuery query) {
    boolean activeOnly =
        !query.statuses().isEmpty() && query.statuses().stream().noneMatch(AlarmStatus::isCleared);
    return lists.page(activeOnly ? Index.TENANT_ACTIVE : Index.TENANT, tenantId, query);
  }

  /// Tells `listener` of every change from now on.
  public void onChange(AlarmListener listener) {
    listeners.add(listener);
  }

  private AlarmChange create(Commit commit, Alarm alarm) {
    rows.insert(commit, alarm);
    working.show(commit, alarm, alarm);
    return told(commit, new AlarmChange(Kind.CREATED, alarm));
  }

  private AlarmChange update(Commit commit, Alarm before, Alarm after) {
    if (before.equals(after)) {
      return unchanged(before);
    }
    var kind = before.severity() == after.severity() ? Kind.UPDATED : Kind.SEVERITY_UPDATED;
    return changed(commit, kind, before, after);
  }

  private AlarmChange clearById(Commit commit, Alarm alarm, JsonValue details, long now) {
    return alarm.cleared() ? unchanged(alarm) : clear(commit, alarm, alarm.cleared(details, now));
  }

  private AlarmChange clear(Commit commit, Alarm before, Alarm after) {
    rows.retire(commit, before);
    return changed(commit, Kind.CLEARED, before, after);
  }

  private AlarmChange changed(Commit commit, Kind kind, Alarm before, Alarm after) {
    rows.update(commit, after);
    working.show(commit, before, after);
    return told(commit, new AlarmChange(kind, after));
  }

  private AlarmChange told(Commit commit, AlarmChange change) {
    for (var listener : listeners) {
      listener.changing(commit, change);
      commit.onDurable(() -> listener.changed(change));
    }
    return change;
  }

  private static AlarmChange unchanged(Alarm alarm) {
    return new AlarmChange(Kind.UNCHANGED, alarm);
  }
}
