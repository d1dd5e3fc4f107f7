package io.millrace.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Guards the house plan of `docs/ARCHITECTURE.md`: floors, sideways arrows, and which room may
/// touch what of the world.
class HouseTest {
  private static final List<String> FLOORS = List.of("base", "store", "engine", "wire", "app");

  /// The sideways arrows; the same list stands in `docs/ARCHITECTURE.md`.
  private static final Map<String, Set<String>> SIDEWAYS =
      Map.ofEntries(
          Map.entry("base.model", Set.of("base.json")),
          Map.entry("store.timeseries", Set.of("store.commit")),
          Map.entry("store.attributes", Set.of("store.commit")),
          Map.entry("store.realtime", Set.of("store.commit")),
          Map.entry("store.messages", Set.of("store.commit")),
          Map.entry("engine.rules", Set.of("engine.alarms", "engine.rpc", "engine.scripts")),
          Map.entry("engine.fields", Set.of("engine.rules", "engine.scripts")),
          Map.entry(
              "engine.notifications", Set.of("engine.alarms", "engine.pipeline", "engine.rules")),
          Map.entry("engine.pipeline", Set.of("engine.rpc", "engine.rules")),
          Map.entry("engine.live", Set.of("engine.alarms")),
          Map.entry("wire.device", Set.of("wire.mqtt", "wire.http")),
          Map.entry("wire.admin", Set.of("wire.mqtt", "wire.http", "wire.device")),
          Map.entry("wire.user", Set.of("wire.http")),
          Map.entry(
              "wire.kafka", Set.of("wire.http", "wire.kafkabroker", "wire.mqtt", "wire.schemas")),
          Map.entry("wire.mosquitto", Set.of("wire.mqtt")),
          Map.entry("wire.realtime", Set.of("wire.http")));

  private static JavaClasses house;

  @BeforeAll
  static void readTheHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.millrace");
    assertThat(house.size()).as("classes on the class path").isGreaterThan(100);
  }

  @Test
  void callsGoDownTheFloorsOrAlongAListedSidewaysArrow() {
    var wrong = new TreeSet<String>();
    for (var from : house) {
      for (var dependency : from.getDirectDependenciesFromSelf()) {
        var source = room(from);
        var target = room(dependency.getTargetClass());
        if (source.isEmpty() || target.isEmpty() || source.equals(target)) {
          continue;
        }
        if (!allowed(source, target)) {
          wrong.add(source + " -> " + target + ": " + dependency.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyListedSidewaysArrowIsUsed() {
    var unused = new TreeSet<String>();
    SIDEWAYS.forEach((from, targets) -> targets.forEach(to -> unused.add(from + " -> " + to)));
    for (var from : house) {
      for (var dependency : from.getDirectDependenciesFromSelf()) {
        unused.remove(room(from) + " -> " + room(dependency.getTargetClass()));
      }
    }
    assertThat(unused).isEmpty();
  }

  @Test
  void roomsDoNotFormCycles() {
    slices().matching("io.millrace.(*).(*)..").should().beFreeOfCycles().check(house);
  }

  @Test
  void onlyTheWireTouchesTheNetworkLibraries() {
    onlyIn("io.millrace.wire..", "io.netty..", "io.vertx..");
  }

  @Test
  void onlyTheCommitRoomTouchesRocksDb() {
    onlyIn("io.millrace.store.commit..", "org.rocksdb..");
  }

  @Test
  void onlyTheKafkaRoomsTouchKafka() {
    onlyIn("io.millrace.wire.[kafka|kafkabroker]..", "org.apache.kafka..");
  }

  @Test
  void onlyTheEntitiesRoomTouchesSql() {
    onlyIn("io.millrace.store.entities..", "java.sql..", "javax.sql..", "org.jdbi..");
  }

  @Test
  void onlyTheRuntimeRoomReadsTheClockAndStartsThreads() {
    var world =
        Map.of(
            "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
            "java.time.Instant", Set.of("now"),
            "java.lang.Thread", Set.of("ofPlatform", "ofVirtual", "startVirtualThread", "sleep"),
            "java.util.concurrent.Executors",
                Set.of(
                    "newFixedThreadPool",
                    "newCachedThreadPool",
                    "newVirtualThreadPerTaskExecutor"));
    var wrong = new TreeSet<String>();
    for (var from : house) {
      if (room(from).equals("base.runtime")
          || from.getPackageName().startsWith("io.millrace.bench")) {
        continue;
      }
      for (var call : from.getMethodCallsFromSelf()) {
        var names = world.getOrDefault(call.getTargetOwner().getName(), Set.of());
        if (names.contains(call.getName()) && !takesAThreadFactory(call)) {
          wrong.add(call.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void nobodyKeepsThreadLocals() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ThreadLocal")
        .check(house);
  }

  /// A pool whose threads `base/runtime` makes is fine.
  private static boolean takesAThreadFactory(JavaMethodCall call) {
    return call.getTarget().getRawParameterTypes().stream()
        .anyMatch(type -> type.isEquivalentTo(ThreadFactory.class));
  }

  private static void onlyIn(String room, String... libraries) {
    noClasses()
        .that()
        .resideOutsideOfPackages(room, "io.millrace.bench..")
        .should()
        .dependOnClassesThat(
            new DescribedPredicate<JavaClass>("belong to " + String.join(", ", libraries)) {
              @Override
              public boolean test(JavaClass target) {
                return List.of(libraries).stream()
                    .map(library -> library.replace("..", "."))
                    .anyMatch(target.getName()::startsWith);
              }
            })
        .check(house);
  }

  private static boolean allowed(String source, String target) {
    int from = FLOORS.indexOf(floor(source));
    int to = FLOORS.indexOf(floor(target));
    return from > to || SIDEWAYS.getOrDefault(source, Set.of()).contains(target);
  }

  /// `wire.mqtt` for `io.millrace.wire.mqtt.codec.X`; empty outside the floors.
  private static String room(JavaClass type) {
    var parts = type.getPackageName().split("\\.");
    if (parts.length < 3 || !type.getPackageName().startsWith("io.millrace.")) {
      return "";
    }
    return parts[2].equals("app")
        ? "app"
        : FLOORS.contains(parts[2]) ? parts[2] + "." + parts[3] : "";
  }

  private static String floor(String room) {
    return room.split("\\.")[0];
  }
}
