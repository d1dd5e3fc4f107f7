package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.NodeContext;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.rules.NodeType;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.RuleMessage;
import io.millrace.engine.rules.RuleNode;
import java.util.concurrent.TimeUnit;

/// Says when an originator enters, stays inside, leaves or stays outside a fence.
final class GeofencingEventsNode implements RuleNode {
  static final NodeType<Settings> TYPE =
      NodeType.action("gps geofencing events", Settings.class, GeofencingEventsNode::new)
          .summary("Entered and Left at the change; Inside and Outside after some time.")
          .connections(Outcome.SUCCESS, "Entered", "Left", "Inside", "Outside")
          .alias("org.thingsboard.rule.engine.geo.TbGpsGeofencingActionNode")
          .version(1, (_, given) -> upgrade(given));

  record Settings(
      @Doc("Key of the latitude, in the body or the metadata.") @Default("latitude")
          String latitudeKeyName,
      @Doc("Key of the longitude, in the body or the metadata.") @Default("longitude")
          String longitudeKeyName,
      @Doc("POLYGON or CIRCLE.") @Default("POLYGON") PerimeterSettings.Type perimeterType,
      @Doc("Take the fence from the message's metadata.")
          boolean fetchPerimeterInfoFromMessageMetadata,
      @Doc("Metadata member that holds the fence.") String perimeterKeyName,
      @Doc("Corners as [[latitude, longitude], …], or a list of such.") String polygonsDefinition,
      @Doc("Latitude of the circle's centre.") double centerLatitude,
      @Doc("Longitude of the circle's centre.") double centerLongitude,
      @Doc("Radius of the circle.") double range,
      @Doc("Unit of the radius.") @Default("METER") PerimeterSettings.RangeUnit rangeUnit,
      @Doc("How long before Inside is said.") @Default("1") long minInsideDuration,
      @Doc("Unit of that time.") @Default("MINUTES") TimeUnit minInsideDurationTimeUnit,
      @Doc("How long before Outside is said.") @Default("1") long minOutsideDuration,
      @Doc("Unit of that time.") @Default("MINUTES") TimeUnit minOutsideDurationTimeUnit,
      @Doc("Say Inside or Outside for every message instead.") @Default("true")
          boolean reportPresenceStatusOnEachMessage) {

    PerimeterSettings perimeter() {
      return new PerimeterSettings(
          latitudeKeyName,
          longitudeKeyName,
          perimeterType,
          fetchPerimeterInfoFromMessageMetadata,
          perimeterKeyName,
          polygonsDefinition,
          centerLatitude,
          centerLongitude,
          range,
          rangeUnit);
    }
  }

  private final Settings settings;
  private final NodeSetup setup;
  private final Fence fence;

  GeofencingEventsNode(Settings settings, NodeSetup setup) {
    this.settings = settings;
    this.setup = setup;
    this.fence = Fence.of(settings.perimeter());
  }

  /// @param since when it last entered or left
  /// @param stayed whether that it stayed was said already
  private record Presence(boolean inside, long since, boolean stayed) {
    JsonObject toJson() {
      return JsonObject.builder()
          .put("inside", inside)
          .put("stateSwitchTime", since)
          .put("stayed", stayed)
          .build();
    }

    static Presence read(JsonObject json) {
      return new Presence(
          json.get("inside") == JsonBoolean.TRUE,
          json.get("stateSwitchTime") instanceof JsonLong(long ts) ? ts : 0,
          json.get("stayed") == JsonBoolean.TRUE);
    }
  }

  @Override
  public Outcome on(RuleMessage message, NodeContext context) {
    boolean inside = fence.contains(message);
    var before = setup.states().find(message.originator(), context.nodeId());
    if (!(before.isPresent() && before.get() instanceof JsonObject json)) {
      return switched(inside, message, context);
    }
    var presence = Presence.read(json);
    if (presence.inside() != inside) {
      return switched(inside, message, context);
    }
    if (settings.reportPresenceStatusOnEachMessage()) {
      return Outcome.next(inside ? "Inside" : "Outside", message);
    }
    if (presence.stayed() || context.now() - presence.since() <= minimumMs(inside)) {
      return Outcome.success(message);
    }
    save(new Presence(inside, presence.since(), true), message, context);
    return Outcome.next(inside ? "Inside" : "Outside", message);
  }

  private Outcome switched(boolean inside, RuleMessage message, NodeContext context) {
    save(new Presence(inside, context.now(), false), message, context);
    return Outcome.next(inside ? "Entered" : "Left", message);
  }

  private void save(Presence presence, RuleMessage message, NodeContext context) {
    setup
        .states()
        .save(context.commit(), message.originator(), context.nodeId(), presence.toJson());
  }

  private long minimumMs(boolean inside) {
    return inside
        ? settings.minInsideDurationTimeUnit().toMillis(settings.minInsideDuration())
        : settings.minOutsideDurationTimeUnit().toMillis(settings.minOutsideDuration());
  }

  /// ThingsBoard: version 0 never said it for every message.
  private static JsonObject upgrade(JsonObject given) {
    var name = "reportPresenceStatusOnEachMessage";
    return given.has(name) ? given : given.with(name, JsonBoolean.FALSE);
  }
}
