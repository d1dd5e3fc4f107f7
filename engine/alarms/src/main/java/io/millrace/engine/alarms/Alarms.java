package io.millrace.engine.alarms;

import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import java.util.Optional;
import java.util.UUID;

/// All alarms, in the store's family of that name.
///
/// Changes are added to a commit by the originator's own partition thread and nobody else, which is
/// what makes "one active alarm per originator and type" hold without a lock. Reads by any thread.
public final class Alarms {
  private static final String SOON = "engine/alarms is being built";

  private Alarms() {}

  public static Alarms open(CommitStore store, Config config) {
    return new Alarms();
  }

  /// Makes the alarm, or brings the active one of that originator and type up to date.
  ///
  /// @param newId the id the alarm gets when it is new
  public AlarmChange createOrUpdate(Commit commit, AlarmRequest request, long now, UUID newId) {
    return soon(SOON);
  }

  /// Clears the active alarm of that type; empty when there is none.
  ///
  /// @param details replaces the alarm's details
  public Optional<Alarm> clear(
      Commit commit, EntityId originator, String type, JsonValue details, long now) {
    return soon(SOON);
  }

  /// The active alarm of that type as the next change would find it: with what this partition
  /// has decided but not yet committed. For partition threads.
  public Optional<Alarm> active(EntityId originator, String type) {
    return soon(SOON);
  }

  /// Clears by id, details kept; `UNCHANGED` when it is cleared already; empty when there is none.
  public Optional<AlarmChange> clearById(Commit commit, UUID alarmId, long now) {
    return soon(SOON);
  }

  /// `UNCHANGED` when it is acknowledged already; empty when there is no such alarm.
  public Optional<AlarmChange> acknowledge(Commit commit, UUID alarmId, long now) {
    return soon(SOON);
  }

  /// Removes the alarm with its history; empty when there is none.
  public Optional<AlarmChange> delete(Commit commit, UUID alarmId) {
    return soon(SOON);
  }

  /// The committed alarm of that id. Any thread.
  public Optional<Alarm> find(UUID alarmId) {
    return soon(SOON);
  }

  /// Committed alarms of one originator. Any thread.
  public AlarmPage ofOriginator(EntityId originator, AlarmQuery query) {
    return soon(SOON);
  }

  /// Committed alarms of one tenant. Any thread.
  public AlarmPage ofTenant(EntityId tenantId, AlarmQuery query) {
    return soon(SOON);
  }

  /// Tells `listener` of every change from now on.
  public void onChange(AlarmListener listener) {
    Object never = soon(SOON);
    assert never != null;
  }

  @SuppressWarnings({"TypeParameterUnusedInFormals", "DoNotCallSuggester"}) // door only, filled next
  private static <T> T soon(String what) {
    throw new IllegalStateException(what);
  }
}
