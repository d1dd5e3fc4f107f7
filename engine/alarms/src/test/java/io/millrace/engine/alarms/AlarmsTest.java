package io.millrace.engine.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.alarms.AlarmChange.Kind;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlarmsTest {
  private static final EntityId TENANT = new EntityId(EntityType.TENANT, new UUID(1, 1));
  private static final EntityId DEVICE = new EntityId(EntityType.DEVICE, new UUID(2, 2));
  private static final String HIGH = "High Temperature";
  private static final int MANY = 1000;

  @TempDir Path directory;
  private CommitStore store;
  private Alarms alarms;
  private final List<AlarmChange> told = Collections.synchronizedList(new ArrayList<>());
  private long ids;

  @BeforeEach
  void open() {
    store = CommitStore.open(directory, 8 << 20);
    openAlarms();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aSecondRequestUpdatesTheActiveAlarm() {
    var created = raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 100);
    var updated = raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 200);

    assertThat(created.kind()).isEqualTo(Kind.CREATED);
    assertThat(updated.kind()).isEqualTo(Kind.UPDATED);
    assertThat(updated.alarm().id()).isEqualTo(created.alarm().id());
    assertThat(updated.alarm().startTs()).isEqualTo(100);
    assertThat(updated.alarm().endTs()).isEqualTo(200);
    assertThat(alarms.find(created.alarm().id())).contains(updated.alarm());
  }

  @Test
  void aChangedSeverityIsSaid() {
    raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 100);
    assertThat(raise(DEVICE, HIGH, AlarmSeverity.CRITICAL, 200).kind())
        .isEqualTo(Kind.SEVERITY_UPDATED);
  }

  @Test
  void theSameStateWritesNothing() {
    raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 100);
    assertThat(raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 100).kind()).isEqualTo(Kind.UNCHANGED);
    assertThat(told).hasSize(1);
  }

  @Test
  void aClearedAlarmMakesRoomForANewOne() {
    var first = raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 100).alarm();
    var cleared = in(commit -> alarms.clear(commit, DEVICE, HIGH, details("{\"a\":1}"), 150));
    var second = raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 200);

    assertThat(cleared).hasValueSatisfying(alarm -> assertThat(alarm.clearTs()).isEqualTo(150));
    assertThat(alarms.find(first.id()))
        .hasValueSatisfying(
            alarm -> {
              assertThat(alarm.status()).isEqualTo(AlarmStatus.CLEARED_UNACK);
              assertThat(alarm.details()).isEqualTo(details("{\"a\":1}"));
            });
    assertThat(second.kind()).isEqualTo(Kind.CREATED);
    assertThat(second.alarm().id()).isNotEqualTo(first.id());
  }

  @Test
  void clearingWithoutAnActiveAlarmIsNothing() {
    Optional<Alarm> cleared = in(commit -> alarms.clear(commit, DEVICE, HIGH, JsonNull.NULL, 1));
    assertThat(cleared).isEmpty();
  }

  @Test
  void acknowledgingAndClearingAreIndependent() {
    var id = raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 100).alarm().id();
    in(commit -> alarms.acknowledge(commit, id, 110));
    assertThat(alarms.find(id).orElseThrow().status()).isEqualTo(AlarmStatus.ACTIVE_ACK);
    in(commit -> alarms.clearById(commit, id, 120));
    var alarm = alarms.find(id).orElseThrow();
    assertThat(alarm.status()).isEqualTo(AlarmStatus.CLEARED_ACK);
    assertThat(alarm.ackTs()).isEqualTo(110);
    assertThat(alarm.clearTs()).isEqualTo(120);
    assertThat(in(commit -> alarms.acknowledge(commit, id, 130)).orElseThrow().kind())
        .isEqualTo(Kind.UNCHANGED);
    assertThat(in(commit -> alarms.clearById(commit, id, 130)).orElseThrow().kind())
        .isEqualTo(Kind.UNCHANGED);
  }

  @Test
  void clearingAnOldAlarmByIdLeavesTheNewOneActive() {
    var old = raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 100).alarm().id();
    in(commit -> alarms.clearById(commit, old, 110));
    var current = raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 120).alarm();
    in(commit -> alarms.acknowledge(commit, old, 130));
    in(commit -> alarms.delete(commit, old));

    assertThat(alarms.active(DEVICE, HIGH)).contains(current);
    assertThat(alarms.find(old)).isEmpty();
  }

  @Test
  void aBatchSeesItsOwnChanges() {
    in(
        commit -> {
          var first = change(commit, DEVICE, HIGH, AlarmSeverity.MAJOR, 1);
          var second = change(commit, DEVICE, HIGH, AlarmSeverity.MINOR, 2);
          assertThat(second.alarm().id()).isEqualTo(first.alarm().id());
          alarms.clear(commit, DEVICE, HIGH, JsonNull.NULL, 3);
          var third = change(commit, DEVICE, HIGH, AlarmSeverity.MAJOR, 4);
          assertThat(third.kind()).isEqualTo(Kind.CREATED);
          assertThat(alarms.find(first.alarm().id())).as("others see none of it yet").isEmpty();
          return null;
        });
    assertThat(alarms.ofOriginator(DEVICE, AlarmQuery.newest(10)).totalElements()).isEqualTo(2);
    assertThat(told)
        .extracting(AlarmChange::kind)
        .containsExactly(Kind.CREATED, Kind.SEVERITY_UPDATED, Kind.CLEARED, Kind.CREATED);
  }

  @Test
  void whatIsTakenBackLeavesNoTrace() {
    raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 1);
    in(
        commit -> {
          change(commit, DEVICE, HIGH, AlarmSeverity.MINOR, 2);
          commit.mark();
          alarms.clear(commit, DEVICE, HIGH, JsonNull.NULL, 3);
          change(commit, DEVICE, HIGH, AlarmSeverity.CRITICAL, 4);
          change(commit, DEVICE, "Other", AlarmSeverity.CRITICAL, 4);
          commit.rollBack();
          assertThat(alarms.active(DEVICE, "Other")).isEmpty();
          return null;
        });
    var active = alarms.active(DEVICE, HIGH).orElseThrow();
    assertThat(active.severity()).isEqualTo(AlarmSeverity.MINOR);
    assertThat(alarms.ofOriginator(DEVICE, AlarmQuery.newest(10)).data()).containsExactly(active);
    assertThat(told)
        .extracting(AlarmChange::kind)
        .containsExactly(Kind.CREATED, Kind.SEVERITY_UPDATED);
  }

  @Test
  void everythingIsThereAfterARestart() {
    var alarm = raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 100).alarm();
    in(
        commit ->
            alarms.assign(commit, alarm.id(), new EntityId(EntityType.USER, new UUID(3, 3)), 5));
    var before = alarms.find(alarm.id());
    openAlarms();
    assertThat(alarms.find(alarm.id())).isEqualTo(before);
    assertThat(alarms.active(DEVICE, HIGH)).isEqualTo(before);
    assertThat(raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 300).kind()).isEqualTo(Kind.UPDATED);
  }

  @Test
  void neverTwoActiveAlarmsOfOneTypeUnderLoad() throws Exception {
    var partitions = 4;
    var work = new ArrayList<Future<?>>();
    try (var threads = Executors.newFixedThreadPool(partitions)) {
      for (int p = 0; p < partitions; p++) {
        var device = new EntityId(EntityType.DEVICE, new UUID(7, p));
        work.add(threads.submit(() -> raiseMany(device)));
      }
      for (var each : work) {
        each.get();
      }
    }
    for (int p = 0; p < partitions; p++) {
      var device = new EntityId(EntityType.DEVICE, new UUID(7, p));
      var active =
          AlarmQuery.newest(10)
              .withStatuses(Set.of(AlarmStatus.ACTIVE_ACK, AlarmStatus.ACTIVE_UNACK));
      assertThat(alarms.ofOriginator(device, active).totalElements()).isEqualTo(1);
    }
    assertThat(alarms.ofTenant(TENANT, AlarmQuery.newest(10)).totalElements())
        .isEqualTo(partitions);
  }

  private void raiseMany(EntityId device) {
    for (int batch = 0; batch < MANY / 50; batch++) {
      try (var commit = store.begin()) {
        for (int i = 0; i < 50; i++) {
          change(commit, device, HIGH, AlarmSeverity.MAJOR, batch * 50L + i + 1);
        }
        commit.write();
      }
    }
  }

  @Test
  void listsPageSortAndFilter() {
    for (int i = 0; i < 7; i++) {
      var device = new EntityId(EntityType.DEVICE, new UUID(9, i));
      var severity = i % 2 == 0 ? AlarmSeverity.CRITICAL : AlarmSeverity.WARNING;
      var id = raise(device, "Type " + (char) ('G' - i), severity, 100 + i).alarm().id();
      if (i < 2) {
        in(commit -> alarms.clearById(commit, id, 500));
      }
    }
    var newest = alarms.ofTenant(TENANT, AlarmQuery.newest(3));
    assertThat(newest.data()).extracting(Alarm::createdTime).containsExactly(106L, 105L, 104L);
    assertThat(newest.totalPages()).isEqualTo(3);
    assertThat(newest.totalElements()).isEqualTo(7);
    assertThat(newest.hasNext()).isTrue();

    assertThat(list(query(3, 2, Set.of(), Set.of(), "", AlarmSort.CREATED_TIME, false)))
        .containsExactly("Type G");
    assertThat(
            list(
                query(
                    10, 0, Set.of(AlarmStatus.CLEARED_UNACK), Set.of(), "", AlarmSort.TYPE, true)))
        .containsExactly("Type F", "Type G");
    assertThat(
            list(
                query(
                    10,
                    0,
                    Set.of(AlarmStatus.ACTIVE_UNACK),
                    Set.of(AlarmSeverity.WARNING),
                    "",
                    AlarmSort.TYPE,
                    true)))
        .containsExactly("Type B", "Type D");
    assertThat(list(query(10, 0, Set.of(), Set.of(), "pe c", AlarmSort.TYPE, true)))
        .containsExactly("Type C");
    var between =
        new AlarmQuery(10, 0, 102, 103, Set.of(), Set.of(), Set.of(), "", AlarmSort.START_TS, true);
    assertThat(list(between)).containsExactly("Type E", "Type D");
  }

  @Test
  void anotherTenantSeesNone() {
    raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 100);
    var other = new EntityId(EntityType.TENANT, new UUID(1, 2));
    assertThat(alarms.ofTenant(other, AlarmQuery.newest(10)).data()).isEmpty();
  }

  @Test
  void aTypeHasOneTo255Characters() {
    assertThatThrownBy(() -> AlarmRequest.of(TENANT, DEVICE, " ", AlarmSeverity.MAJOR))
        .hasMessageContaining("1 to 255 characters");
    assertThatThrownBy(() -> AlarmRequest.of(TENANT, DEVICE, "x".repeat(256), AlarmSeverity.MAJOR))
        .hasMessageContaining("this one has 256");
  }

  @Test
  void theJsonIsThingsBoards() {
    var alarm = raise(DEVICE, HIGH, AlarmSeverity.MAJOR, 100).alarm();
    assertThat(alarm.toJson())
        .isEqualTo(
            Json.parse(
                """
                {"id":{"entityType":"ALARM","id":"00000000-0000-0005-0000-000000000001"},"createdTime":100,
                 "tenantId":{"entityType":"TENANT","id":"00000000-0000-0001-0000-000000000001"},
                 "customerId":null,"type":"High Temperature",
                 "originator":{"entityType":"DEVICE","id":"00000000-0000-0002-0000-000000000002"},
                 "severity":"MAJOR","acknowledged":false,"cleared":false,"assigneeId":null,
                 "startTs":100,"endTs":100,"ackTs":0,"clearTs":0,"assignTs":0,"details":null,
                 "propagate":false,"propagateToOwner":false,"propagateToTenant":false,
                 "propagateRelationTypes":[],"name":"High Temperature","status":"ACTIVE_UNACK"}
                """));
  }

  private List<String> list(AlarmQuery query) {
    return alarms.ofTenant(TENANT, query).data().stream().map(Alarm::type).toList();
  }

  private static AlarmQuery query(
      int pageSize,
      int page,
      Set<AlarmStatus> statuses,
      Set<AlarmSeverity> severities,
      String text,
      AlarmSort sort,
      boolean ascending) {
    return new AlarmQuery(
        pageSize, page, 0, Long.MAX_VALUE, statuses, severities, Set.of(), text, sort, ascending);
  }

  private AlarmChange raise(EntityId device, String type, AlarmSeverity severity, long now) {
    return in(commit -> change(commit, device, type, severity, now));
  }

  private synchronized UUID nextId() {
    return new UUID(5, ++ids);
  }

  private AlarmChange change(
      Commit commit, EntityId device, String type, AlarmSeverity severity, long now) {
    return alarms.createOrUpdate(
        commit, AlarmRequest.of(TENANT, device, type, severity), now, nextId());
  }

  private <T> T in(Function<Commit, T> work) {
    try (var commit = store.begin()) {
      var result = work.apply(commit);
      commit.write();
      return result;
    }
  }

  private void openAlarms() {
    alarms = Alarms.open(store, Settings.defaults(Config.class));
    alarms.onChange(told::add);
  }

  private static JsonObject details(String json) {
    return (JsonObject) Json.parse(json);
  }
}
