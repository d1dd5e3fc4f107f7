package io.millrace.wire.mosquitto;

import io.millrace.wire.mqtt.AllowAnonymous;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.ListenerConfig;
import io.millrace.wire.mqtt.ListenerRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A mosquitto.conf that was understood: what it asks for, in Millrace's terms.
public final class MosquittoConf {
  private final ConfModel model;

  private MosquittoConf(ConfModel model) {
    this.model = model;
  }

  /// Reads the file and all that it includes.
  ///
  /// @throws FileFault naming every fault with file, line and cure
  public static MosquittoConf read(Path file) {
    return new MosquittoConf(ConfReader.read(file));
  }

  /// Settings of Millrace by name; Mosquitto's defaults where they are not ours.
  public Map<String, String> settings() {
    return Map.copyOf(model.settings);
  }

  /// One sentence for each line that does not do here what it does there.
  public List<String> warnings() {
    return List.copyOf(model.warnings);
  }

  public ConfLog log() {
    return model.log;
  }

  public Optional<Path> pidFile() {
    return model.pidFile;
  }

  /// Whether retained messages and sessions outlive the process; Mosquitto's default is no.
  public boolean isPersistent() {
    return model.persistence;
  }

  /// The listeners with who may on each.
  ///
  /// @param chain makes one authenticator of those of a listener, the devices' among them
  /// @param guard puts what always holds in front of a listener's rules
  /// @throws FileFault when a password or ACL file cannot be used
  public List<ListenerConfig> listeners(
      Doors doors,
      Function<List<Authenticator>, Authenticator> chain,
      UnaryOperator<Authorizer> guard) {
    var made = new HashMap<Entry, Gate>();
    var all = new ArrayList<ListenerConfig>();
    for (var listener : model.allListeners()) {
      var security = model.securityOf(listener);
      boolean anonymous = model.allowsAnonymous(listener);
      var gate =
          made.computeIfAbsent(
              new Entry(security, anonymous),
              each -> Gate.of(each.security, each.anonymous, doors, chain, guard));
      all.add(
          listener.config(
              new ListenerRules(
                  anonymous ? AllowAnonymous.ALL : AllowAnonymous.NONE,
                  listener.identity,
                  listener.maxConnections,
                  listener.maxQos,
                  Optional.of(gate.authenticator),
                  Optional.of(gate.authorizer),
                  listener.form(security))));
    }
    return all;
  }

  /// The bridges to other brokers.
  public List<BridgeConfig> bridges() {
    return model.bridges.stream().map(BridgeConfig::of).toList();
  }

  /// Listeners with the same of both share what knows their clients.
  private record Entry(ConfSecurity security, boolean anonymous) {}

  private record Gate(Authenticator authenticator, Authorizer authorizer) {
    static Gate of(
        ConfSecurity security,
        boolean anonymous,
        Doors doors,
        Function<List<Authenticator>, Authenticator> chain,
        UnaryOperator<Authorizer> guard) {
      var authenticators = new ArrayList<Authenticator>();
      if (security.passwordFile.isPresent()) {
        authenticators.add(doors.passwordFile(security.passwordFile.get()));
      } else if (anonymous) {
        authenticators.add(AnyName.AUTHENTICATOR);
      }
      authenticators.add(AnyName.NOBODY);
      var whole = chain.apply(authenticators);
      return new Gate(
          security.clientIdPrefix.isEmpty()
              ? whole
              : new ClientIdPrefix(security.clientIdPrefix, whole),
          guard.apply(
              security
                  .aclFile
                  .map(file -> doors.aclFile(file, false))
                  .orElseGet(() -> new FileAuthorizer(Optional.empty(), false))));
    }
  }
}
