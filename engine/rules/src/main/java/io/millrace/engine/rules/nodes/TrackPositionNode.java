package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Adds how far and how fast an originator has come since its last position.
///
/// A position that is older than the last one, or no position at all, passes as it is.
final class TrackPositionNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.enrichment("track position", Settings.class, TrackPositionNode::new)
          .summary("Adds speed (km/h), distance and odometer (km) and heading (degrees).")
          .alias("io.millrace.engine.rules.nodes.TrackPositionNode");

  private static final double MS_PER_HOUR = 3_600_000;

  record Settings(
      @Doc("Key of the latitude in the body.") @Default("latitude") String latitudeKeyName,
      @Doc("Key of the longitude in the body.") @Default("longitude") String longitudeKeyName,
      @Doc("Put before the names of what is added.") String prefix,
      @Doc("Faster than this, in km/h, is a jump of the receiver: no distance is added.")
          @Default("1000")
          @Limit(min = 1)
          long speedMax) {}

  /// Where it was last.
  private record Fix(GeoPoint place, long ts, double odometerKm) {
    JsonObject toJson() {
      return JsonObject.builder()
          .put("latitude", new JsonDouble(place.latitude()))
          .put("longitude", new JsonDouble(place.longitude()))
          .put("ts", ts)
          .put("odometer", new JsonDouble(odometerKm))
          .build();
    }

    static Fix read(JsonObject json) {
      var place = new GeoPoint(number(json.get("latitude"), 0), number(json.get("longitude"), 0));
      return new Fix(place, (long) number(json.get("ts"), 0), number(json.get("odometer"), 0));
    }
  }

  private final Settings settings;
  private final NodeSetup setup;

  TrackPositionNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    var body = KeySource.DATA.of(message);
    double latitude = number(body.get(settings.latitudeKeyName()), Double.NaN);
    double longitude = number(body.get(settings.longitudeKeyName()), Double.NaN);
    if (Double.isNaN(latitude) || Double.isNaN(longitude)) {
      return Outcome.success(message);
    }
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
      return Outcome.failed(
          message,
          "latitude %s, longitude %s is no place on earth; are they exchanged?"
              .formatted(latitude, longitude));
    }
    return track(new GeoPoint(latitude, longitude), MessageTime.of(message), message, context);
  }

  private Outcome track(GeoPoint place, long ts, RuleMessage message, NodeContext context) {
    var last = last(message, context);
    if (last.isPresent() && ts <= last.get().ts()) {
      return Outcome.success(message);
    }
    double km = last.map(fix -> fix.place().distanceKm(place)).orElse(0.0);
    double speed = last.map(fix -> km / (ts - fix.ts()) * MS_PER_HOUR).orElse(0.0);
    boolean isJump = speed > settings.speedMax();
    double odometer = last.map(Fix::odometerKm).orElse(0.0) + (isJump ? 0 : km);
    var fix = new Fix(place, ts, odometer);
    setup.states().save(context.commit(), message.originator(), context.nodeId(), fix.toJson());
    if (isJump) {
      return Outcome.success(message);
    }
    var added = JsonObject.builder();
    add(added, "speed", speed, 10);
    add(added, "distance", km, 10_000);
    add(added, "odometer", odometer, 10_000);
    if (last.isPresent() && km > 0) {
      add(added, "heading", last.get().place().headingTo(place), 1);
    }
    return Outcome.success(KeySource.DATA.add(message, added.build()));
  }

  private Optional<Fix> last(RuleMessage message, NodeContext context) {
    return setup
        .states()
        .find(message.originator(), context.nodeId())
        .filter(JsonObject.class::isInstance)
        .map(state -> Fix.read((JsonObject) state));
  }

  private void add(JsonObject.Builder added, String name, double value, double steps) {
    added.put(settings.prefix() + name, new JsonDouble(Math.round(value * steps) / steps));
  }

  private static double number(@Nullable JsonValue value, double otherwise) {
    return switch (value) {
      case JsonLong(long whole) -> whole;
      case JsonDouble(double fraction) -> fraction;
      case null, default -> otherwise;
    };
  }
}
