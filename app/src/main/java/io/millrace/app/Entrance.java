package io.millrace.app;

import io.millrace.store.entities.EntityStore;
import io.millrace.wire.device.DeviceAuthenticator;
import io.millrace.wire.device.DeviceAuthorizer;
import io.millrace.wire.mosquitto.Doors;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.Authenticators;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.ListenerConfig;
import io.millrace.wire.mqtt.Scram;
import java.util.ArrayList;
import java.util.List;

/// Where MQTT clients come in, who knows them, and what they may do.
record Entrance(
    List<ListenerConfig> listeners, Authenticator authenticator, Authorizer authorizer) {

  /// Devices are known by their credentials first, then users by file or token.
  static Entrance open(MillraceConfig config, World world, EntityStore entities, OpenParts parts) {
    var doors = parts.add(new Doors(world.clock(), world.scheduler()));
    var all = new ArrayList<Authenticator>();
    all.add(parts.add(new DeviceAuthenticator(entities)));
    all.addAll(doors.authenticators(config.mosquitto()));
    return new Entrance(
        ListenerConfig.of(config.mqtt(), config.bind().address()),
        Authenticators.inTurn(all).with(new Scram(doors.scramUsers(), world.random())),
        new DeviceAuthorizer(doors.authorizer(config.mosquitto())));
  }
}
