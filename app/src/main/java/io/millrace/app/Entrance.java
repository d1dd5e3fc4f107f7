package io.millrace.app;

import io.millrace.store.entities.EntityStore;
import io.millrace.wire.device.DeviceAuthenticator;
import io.millrace.wire.device.DeviceAuthorizer;
import io.millrace.wire.mosquitto.Bridges;
import io.millrace.wire.mosquitto.Doors;
import io.millrace.wire.mosquitto.MosquittoConf;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.Authenticators;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.ListenerConfig;
import io.millrace.wire.mqtt.Scram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where MQTT clients come in, who knows them, and what they may do.
///
/// @param isPersistent whether sessions and retained messages outlive the process
record Entrance(
    List<ListenerConfig> listeners,
    Authenticator authenticator,
    Authorizer authorizer,
    boolean isPersistent,
    Bridges bridges,
    Doors doors) {

  /// Devices are known by their credentials first, then users by file or token.
  static Entrance open(
      MillraceConfig config,
      Optional<MosquittoConf> conf,
      World world,
      EntityStore entities,
      OpenParts parts) {
    var doors = parts.add(new Doors(world.clock(), world.scheduler()));
    var devices = parts.add(new DeviceAuthenticator(entities));
    var scram = new Scram(doors.scramUsers(), world.random());
    var listeners = new ArrayList<ListenerConfig>();
    conf.ifPresent(
        file ->
            listeners.addAll(
                file.listeners(
                    doors,
                    users -> Authenticators.inTurn(first(devices, users)).with(scram),
                    DeviceAuthorizer::new)));
    for (var listener : ListenerConfig.of(config.mqtt(), config.bind().address())) {
      if (conf.isEmpty() || listener.setting().startsWith("mqtt.listeners.")) {
        listeners.add(listener);
      }
    }
    var bridges = bridges(config, conf, world);
    listeners.addAll(bridges.listeners());
    return new Entrance(
        listeners,
        Authenticators.inTurn(first(devices, doors.authenticators(config.mosquitto()))).with(scram),
        new DeviceAuthorizer(doors.authorizer(config.mosquitto())),
        conf.map(MosquittoConf::isPersistent).orElse(true),
        bridges,
        doors);
  }

  private static Bridges bridges(MillraceConfig config, Optional<MosquittoConf> conf, World world) {
    var all = new ArrayList<>(conf.map(MosquittoConf::bridges).orElse(List.of()));
    config.mosquitto().bridges().forEach((name, settings) -> all.add(settings.bridge(name)));
    return new Bridges(all, world.random(), world.counters());
  }

  private static List<Authenticator> first(Authenticator devices, List<Authenticator> users) {
    var all = new ArrayList<Authenticator>();
    all.add(devices);
    all.addAll(users);
    return all;
  }
}
