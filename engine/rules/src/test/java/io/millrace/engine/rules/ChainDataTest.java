package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.Attribute;
import io.millrace.base.model.AttributeScope;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.alarms.Alarm;
import io.millrace.engine.alarms.AlarmQuery;
import io.millrace.store.entities.Asset;
import io.millrace.store.entities.AssetProfile;
import io.millrace.store.entities.Customer;
import io.millrace.store.entities.Device;
import io.millrace.store.entities.DeviceCredentials;
import io.millrace.store.entities.DeviceProfile;
import io.millrace.store.entities.Relation;
import io.millrace.store.entities.Tenant;
import io.millrace.store.timeseries.RangeQuery;
import io.millrace.testkit.SimulatedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rule chains by data: `x.chain.json` beside `x.test.json`.
///
/// A test is a list of steps; each may `send` messages (one batch), `answer` the oldest call,
/// `advanceMs`, `relate` (House to the device), `attributesOf` (owner → attributes), and `expect`:
// `nodes` (per node, the messages
// it got), `telemetry` (key → [[ts,
/// value]…], ts relative to the start), `attributes` (scope → object), `alarms`, `calls`,
/// `errors` (node → part of its last error).
final class ChainDataTest {
  private static final String FOLDER = "/chains";

  @TempDir Path directory;

  static List<String> chains() throws Exception {
    var folder = Path.of(ChainDataTest.class.getResource(FOLDER).toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".test.json"))
          .map(name -> name.substring(0, name.length() - ".test.json".length()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void chainDoesAsItsTestSays(String name) throws IOException {
    try (var bed = new ChainBed(directory)) {
      furnish(bed);
      var chain = ChainBed.resource(FOLDER + "/" + name + ".chain.json");
      var metadata = chain.get("metadata") instanceof JsonObject inner ? inner : chain;
      bed.engine.requireSound(metadata);
      bed.root(metadata);
      var test = ChainBed.resource(FOLDER + "/" + name + ".test.json");
      if (test.get("profileData") instanceof JsonObject data) {
        profile(bed, data);
      }
      int number = 0;
      for (var step : list(test, "steps")) {
        step(bed, (JsonObject) step, name + " step " + number++);
      }
    }
  }

  /// A tenant, a customer and a device, so that nodes find what they look up.
  private static void furnish(ChainBed bed) {
    bed.entities.tenants().save(Tenant.named(ChainBed.TENANT, "Tenant"));
    var customerId = new EntityId(EntityType.CUSTOMER, new UUID(6, 6));
    bed.entities.customers().save(Customer.named(customerId, ChainBed.TENANT, "Customer A"));
    var profileId = new EntityId(EntityType.DEVICE_PROFILE, new UUID(5, 5));
    var profile =
        bed.entities
            .deviceProfiles()
            .save(DeviceProfile.named(profileId, ChainBed.TENANT, "thermostat"));
    var plain = Device.named(ChainBed.DEVICE, "T1", profile);
    var device =
        new Device(
            plain.id(),
            0,
            plain.tenantId(),
            customerId,
            plain.name(),
            plain.type(),
            "Cellar",
            profileId,
            plain.deviceData(),
            plain.additionalInfo(),
            0);
    bed.entities
        .devices()
        .create(
            device,
            DeviceCredentials.token(bed.entities.newId(EntityType.DEVICE), device, "T1_TOKEN"));
  }

  private static void profile(ChainBed bed, JsonObject data) {
    var profiles = bed.entities.deviceProfiles();
    var was = profiles.findByName(ChainBed.TENANT, "thermostat").orElseThrow();
    profiles.save(
        new DeviceProfile(
            was.id(),
            was.createdTime(),
            was.tenantId(),
            was.name(),
            was.description(),
            was.isDefault(),
            was.defaultRuleChainId(),
            was.transportType(),
            was.provisionType(),
            data,
            was.version()));
  }

  /// The asset House, related to the device.
  private static void relate(ChainBed bed, String type) {
    var profile =
        bed.entities
            .assetProfiles()
            .save(
                AssetProfile.named(
                    new EntityId(EntityType.ASSET_PROFILE, new UUID(8, 8)),
                    ChainBed.TENANT,
                    "building"));
    var house = new EntityId(EntityType.ASSET, new UUID(9, 9));
    bed.entities.assets().save(Asset.named(house, "House", profile));
    bed.entities.relations().save(ChainBed.TENANT, Relation.of(house, type, ChainBed.DEVICE));
  }

  /// Attributes of the tenant or the customer, for thresholds that come from there.
  private static void others(ChainBed bed, JsonObject given) {
    given.forEach(
        (owner, values) -> {
          var id =
              owner.equals("TENANT")
                  ? ChainBed.TENANT
                  : new EntityId(EntityType.CUSTOMER, new UUID(6, 6));
          var attributes = new ArrayList<Attribute>();
          ((JsonObject) values)
              .forEach((key, value) -> attributes.add(new Attribute(key, value, 1)));
          try (var commit = bed.store.begin()) {
            bed.attributes.save(commit, id, AttributeScope.SERVER_SCOPE, attributes);
            commit.write();
          }
        });
  }

  private static void step(ChainBed bed, JsonObject step, String where) {
    if (step.get("relate") instanceof JsonObject relation) {
      relate(bed, relation.text("type", ""));
    }
    if (step.get("attributesOf") instanceof JsonObject given) {
      others(bed, given);
    }
    if (step.get("advanceMs") instanceof JsonLong(long ms)) {
      bed.advance(Duration.ofMillis(ms));
    }
    bed.send(
        list(step, "send").stream()
            .map(message -> message(bed, (JsonObject) message))
            .toArray(RuleMessage[]::new));
    if (step.get("answer") instanceof JsonObject result) {
      bed.answer(new Answer(!result.has("error"), result));
    }
    if (step.get("expect") instanceof JsonObject expected) {
      expected.forEach((what, value) -> expect(bed, what, value, where + " " + what));
    }
  }

  private static RuleMessage message(ChainBed bed, JsonObject given) {
    var body = given.get("body");
    var message =
        bed.message(
            given.text("type", "POST_TELEMETRY_REQUEST"), body == null ? "{}" : body.toString());
    return given.get("metadata") instanceof JsonObject metadata
        ? message.withMetadata(metadata)
        : message;
  }

  private static void expect(ChainBed bed, String what, JsonValue value, String where) {
    var expected = value instanceof JsonObject object ? object : JsonObject.EMPTY;
    switch (what) {
      case "nodes" -> expected.forEach((node, seen) -> nodes(bed, node, (JsonArray) seen, where));
      case "telemetry" ->
          expected.forEach(
              (key, points) ->
                  assertThat(telemetry(bed, key)).as(where + " " + key).isEqualTo(points));
      case "attributes" ->
          expected.forEach(
              (scope, values) ->
                  assertThat(attributes(bed, scope)).as(where + " " + scope).isEqualTo(values));
      case "alarms" -> alarms(bed, (JsonArray) value, where);
      case "why" -> why(bed, (JsonArray) value, where);
      case "calls" -> calls(bed, (JsonArray) value, where);
      case "errors" ->
          expected.forEach(
              (node, error) ->
                  assertThat(bed.figures(node).lastError())
                      .as(where + " " + node)
                      .contains(error.asText()));
      default -> throw new AssertionError(where + ": nothing is called " + what);
    }
  }

  private static void nodes(ChainBed bed, String node, JsonArray expected, String where) {
    var recent = bed.figures(node).recent();
    assertThat(bed.figures(node).received()).as(where + " at " + node).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      var seen = recent.get(i).message();
      var wanted = (JsonObject) expected.get(i);
      var as = where + " at " + node + " #" + i;
      wanted.forEach(
          (part, value) -> {
            switch (part) {
              case "type" -> assertThat(seen.type()).as(as).isEqualTo(value.asText());
              case "body" -> assertThat(seen.body()).as(as).isEqualTo(value);
              case "bodyHas" -> has(seen.body(), (JsonObject) value, as);
              case "metadata" -> assertThat(seen.metadata()).as(as).isEqualTo(value);
              case "metadataHas" -> has(seen.metadata(), (JsonObject) value, as);
              case "originator" ->
                  assertThat(seen.originator().toString()).as(as).isEqualTo(value.asText());
              default -> throw new AssertionError(as + ": nothing is called " + part);
            }
          });
    }
  }

  private static JsonArray telemetry(ChainBed bed, String key) {
    long start = new SimulatedTime().millis();
    var points = new ArrayList<JsonValue>();
    for (var point :
        bed.timeseries.read(ChainBed.DEVICE, RangeQuery.oldest(key, 0, Long.MAX_VALUE, 1000))) {
      points.add(JsonArray.of(new JsonLong(point.ts() - start), point.value()));
    }
    return new JsonArray(points);
  }

  private static JsonObject attributes(ChainBed bed, String scope) {
    var values = JsonObject.builder();
    bed.attributes
        .read(ChainBed.DEVICE, AttributeScope.valueOf(scope))
        .forEach(attribute -> values.put(attribute.key(), attribute.value()));
    return values.build();
  }

  private static void alarms(ChainBed bed, JsonArray expected, String where) {
    var alarms =
        bed.alarms.ofOriginator(ChainBed.DEVICE, AlarmQuery.newest(100)).data().stream()
            .sorted(Comparator.comparingLong(Alarm::createdTime).thenComparing(Alarm::type))
            .toList();
    assertThat(alarms).as(where).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      has(alarms.get(i).toJson(), (JsonObject) expected.get(i), where + " #" + i);
    }
  }

  /// The reasons of the latest alarm.
  private static void why(ChainBed bed, JsonArray expected, String where) {
    var alarm = bed.alarms.ofOriginator(ChainBed.DEVICE, AlarmQuery.newest(1)).data().getFirst();
    var reasons = bed.alarms.reasons(alarm.id());
    assertThat(reasons).as(where).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      var as = where + " #" + i;
      var reason = reasons.get(i);
      ((JsonObject) expected.get(i))
          .forEach(
              (name, value) -> {
                if (value instanceof JsonObject members) {
                  has(Objects.requireNonNull(reason.get(name)), members, as + " " + name);
                } else {
                  assertThat(reason.get(name)).as(as + " " + name).isEqualTo(value);
                }
              });
    }
  }

  private static void calls(ChainBed bed, JsonArray expected, String where) {
    assertThat(bed.asked).as(where).hasSize(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      has(bed.asked.get(i).call().request(), (JsonObject) expected.get(i), where + " #" + i);
    }
  }

  private static void has(JsonValue actual, JsonObject expected, String where) {
    assertThat(actual).as(where).isInstanceOf(JsonObject.class);
    expected.forEach(
        (name, value) ->
            assertThat(((JsonObject) actual).get(name)).as(where + " " + name).isEqualTo(value));
  }

  private static List<JsonValue> list(JsonObject step, String name) {
    return step.get(name) instanceof JsonArray array ? array.values() : List.of();
  }
}
