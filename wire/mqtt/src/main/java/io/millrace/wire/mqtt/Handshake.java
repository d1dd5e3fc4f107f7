package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Refusal;
import io.millrace.wire.mqtt.codec.Auth;
import io.millrace.wire.mqtt.codec.Binary;
import io.millrace.wire.mqtt.codec.ConnAck;
import io.millrace.wire.mqtt.codec.Connect;
import io.millrace.wire.mqtt.codec.Disconnect;
import io.millrace.wire.mqtt.codec.Packet;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.Property;
import io.millrace.wire.mqtt.codec.ProtocolVersion;
import io.millrace.wire.mqtt.codec.Publish;
import io.millrace.wire.mqtt.codec.ReasonCode;
import io.millrace.wire.mqtt.codec.TopicName;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From CONNECT to CONNACK: who it is, which session it gets, what the limits are.
final class Handshake {
  private static final Logger log = LoggerFactory.getLogger(Handshake.class);
  private static final long NEVER_EXPIRES = 0xffff_ffffL;

  private final Connection connection;
  private final Broker broker;
  private final Connect connect;
  private final ListenerForm form;
  private final String clientId;
  private final List<X509Certificate> certificates;
  private final Optional<String> proven;
  private Principal principal = Principal.ANONYMOUS;
  private @Nullable Authentication authentication;
  private byte[] lastData = {};

  Handshake(Connection connection, Connect connect) {
    this.connection = connection;
    this.broker = connection.broker();
    this.connect = connect;
    this.form = connection.listener().rules().form();
    this.certificates = Listener.certificates(connection.channel());
    this.proven = CertificateNames.of(certificates, connection.listener().rules().identity());
    this.clientId = ownId().isEmpty() ? assigned() : ownId();
  }

  void begin() {
    limitOutput();
    if (!form.versions().contains(connect.version())) {
      refuse(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION, "this listener does not take the version");
      return;
    }
    if (form.takesUserName() && ownId().isEmpty()) {
      refuse(ReasonCode.NOT_AUTHORIZED, "the client identifier is the user name here; send one");
      return;
    }
    if (ownId().isEmpty() && mustHaveClientId()) {
      // [MQTT-3.1.3-8] of 3.1.1: no identifier only with a clean session; 3.1: never
      refuse(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, "client identifier is empty");
      return;
    }
    if (!broker.connectRates.mayConnect(connection.remoteAddress(), broker.clock.nanos())) {
      broker.counters.connectsTooFast().increment();
      var reason = "this address connects too often (mqtt.rates.connectsPerSecond); try later";
      refuse(
          ReasonCode.CONNECTION_RATE_EXCEEDED,
          reason,
          Properties.NONE.with(Property.REASON_STRING, reason));
      return;
    }
    if (broker.config.maxRetained() == 0 && connect.will().filter(Publish::retain).isPresent()) {
      refuse(ReasonCode.RETAIN_NOT_SUPPORTED, "nothing is retained here"); // [MQTT-3.2.2-13]
      return;
    }
    int maxQos = connection.listener().rules().maxQos();
    if (connect.will().filter(will -> will.qos() > maxQos).isPresent()) {
      refuse(ReasonCode.QOS_NOT_SUPPORTED, "will above the highest QoS here"); // [MQTT-3.2.2-12]
      return;
    }
    if (lacksIdentity()) {
      refuse(
          ReasonCode.NOT_AUTHORIZED,
          "this listener takes the user name from the client's certificate, and there is none in"
              + " it");
      return;
    }
    var method = connect.properties().text(Property.AUTHENTICATION_METHOD);
    if (method != null) {
      begin(new Authentication(connection, request(), method));
      return;
    }
    connection.listener().authenticator().authenticate(request(), this::decided);
  }

  private void begin(Authentication begun) {
    authentication = begun;
    if (!begun.begin(connect.properties(), this::step)) {
      // [MQTT-4.12.0-1] a method that is not supported
      refuse(ReasonCode.BAD_AUTHENTICATION_METHOD, "authentication method is not supported");
    }
  }

  /// A packet before CONNACK: only AUTH, and only when it was asked for.
  void handle(Packet packet) {
    var open = authentication;
    if (packet instanceof Auth(var reason, var properties)
        && open != null
        && open.isOpen()
        && reason == ReasonCode.CONTINUE_AUTHENTICATION // [MQTT-4.12.0-3]
        && open.isSameMethod(properties)) { // [MQTT-4.12.0-5]
      connection.pause(Connection.HANDSHAKE);
      open.next(properties, this::step);
    } else if (packet instanceof Disconnect) {
      connection.end(false);
    } else {
      refuse(ReasonCode.PROTOCOL_ERROR, "only AUTH may follow here"); // [MQTT-3.1.2-30]
    }
  }

  private void step(EnhancedAuthenticator.Step step) {
    var open = authentication;
    if (open == null) {
      return;
    }
    switch (step) {
      case EnhancedAuthenticator.Continue(var data) -> {
        open.send(ReasonCode.CONTINUE_AUTHENTICATION, data); // [MQTT-4.12.0-2]
        connection.resume(Connection.HANDSHAKE);
      }
      case EnhancedAuthenticator.Accepted(var who, var data) -> {
        lastData = data;
        accept(who);
      }
      // [MQTT-4.12.0-4] any error may end the exchange
      case EnhancedAuthenticator.Refused(var code, var reason) ->
          refuse(code, reason, Properties.NONE.with(Property.REASON_STRING, reason));
    }
  }

  /// Any thread.
  private void decided(ConnectDecision decision) {
    var shard = connection.shard();
    if (shard.loop.inEventLoop()) {
      decide(decision);
    } else {
      shard.loop.execute(() -> decide(decision));
    }
  }

  private void decide(ConnectDecision decision) {
    if (connection.isEnded()) {
      return;
    }
    switch (decision) {
      case ConnectDecision.Accepted(var who) -> accept(who);
      case ConnectDecision.Refused(var code, var reason) ->
          refuse(code, reason, Properties.NONE.with(Property.REASON_STRING, reason));
      case ConnectDecision.NotMine() -> unknown();
      case ConnectDecision.Anonymous() -> anonymous();
    }
  }

  private void unknown() {
    if (proven.isPresent()) {
      accept(new UserPrincipal(proven.get()));
    } else {
      var reason =
          "No device has this user name as its access token, and no user has this name and"
              + " password; copy the token from the device's credentials";
      refuse(
          ReasonCode.BAD_USER_NAME_OR_PASSWORD,
          reason,
          Properties.NONE.with(Property.REASON_STRING, reason));
    }
  }

  private void anonymous() {
    if (proven.isPresent()) {
      accept(new UserPrincipal(proven.get()));
    } else if (mayBeAnonymous()) {
      accept(Principal.ANONYMOUS);
    } else if (!certificates.isEmpty()) {
      var reason = "No device has this certificate as its credentials, and no user name was given";
      refuse(
          ReasonCode.NOT_AUTHORIZED, reason, Properties.NONE.with(Property.REASON_STRING, reason));
    } else {
      refuse(
          ReasonCode.NOT_AUTHORIZED,
          "clients without a user name are not let in from here (mqtt.allowAnonymous)");
    }
  }

  private void accept(Principal who) {
    principal = who;
    connection.moveTo(broker.shardOf(clientId), this::enter);
  }

  /// On the loop that owns the session.
  private void enter() {
    var sessions = connection.shard().sessions();
    long nowMs = connection.nowMs();
    var session = sessions.get(clientId);
    if (session != null) {
      takeOver(session);
      session = sessions.get(clientId); // the old one may have ended
    }
    if (session != null && connect.cleanStart()) {
      session.end(nowMs); // [MQTT-3.1.2-4] a clean start discards the session
      session = null;
    }
    boolean present = session != null;
    if (session == null) {
      session = new Session(connection.shard(), clientId, expirySeconds() > 0);
      sessions.put(clientId, session);
    }
    open(session, present);
  }

  private void takeOver(Session session) {
    var old = session.connection();
    if (old != null) {
      broker.counters.takeOvers().increment();
      old.takenOver(); // [MQTT-3.1.4-3]
    }
  }

  private void open(Session session, boolean present) {
    session.expirySeconds(expirySeconds());
    var will = connect.will().map(publish -> Messages.will(mounted(publish), session)).orElse(null);
    session.attach(connection, will);
    var exchange =
        new Exchange(connection, session, principal, connect, keepAlive(), authentication);
    connection.open(exchange);
    if (connection.authorizer().checksReceive(connection)) {
      connection.output().check(connection.authorizer());
    }
    // a durable session and its will are on disk before the client hears of them
    session.whenKept(() -> accept(session, exchange, present), this::cannotStore);
  }

  private void accept(Session session, Exchange exchange, boolean present) {
    if (session.connection() != connection) {
      return; // closed or taken over meanwhile
    }
    broker.counters.connects().increment();
    // [MQTT-3.2.2-2] [MQTT-3.2.2-3] session present only when there was one
    boolean tells = present && connect.version() != ProtocolVersion.V3_1;
    connection.output().send(new ConnAck(tells, ReasonCode.SUCCESS, properties()));
    if (present) {
      exchange.offerAgain();
    }
    session.outbound().attach(connection, receiveMaximum());
    broker.tap.connected(connection);
    connection.resume(Connection.HANDSHAKE);
  }

  private void cannotStore(Refusal refusal) {
    refuse(ReasonCode.SERVER_UNAVAILABLE, refusal.reason());
  }

  private void refuse(ReasonCode code, String reason) {
    refuse(code, reason, Properties.NONE);
  }

  private void refuse(ReasonCode code, String reason, Properties properties) {
    broker.counters.connectsRefused().increment();
    log.debug("{} refused: {}", connection, reason);
    connection.output().refuse(code, connect.version(), properties);
    connection.end(false);
  }

  private ConnectRequest request() {
    return new ConnectRequest(
        clientId,
        proven.or(connect::userName),
        connect.password().map(Binary::toBytes),
        connection.remoteAddress(),
        connection.listener().name(),
        connect.version(),
        connect.cleanStart(),
        certificates,
        proven.isPresent());
  }

  /// The client identifier that the client brings; empty when it wants one.
  private String ownId() {
    return form.takesUserName() ? proven.or(connect::userName).orElse("") : connect.clientId();
  }

  private Publish mounted(Publish will) {
    return form.isMounted()
        ? will.withTopic(TopicName.of(form.mounted(will.topic().text())))
        : will;
  }

  private boolean lacksIdentity() {
    return connection.listener().rules().identity() != CertificateIdentity.NONE && proven.isEmpty();
  }

  private boolean mustHaveClientId() {
    return !form.takesNameless() || versionNeedsClientId();
  }

  private boolean versionNeedsClientId() {
    return switch (connect.version()) {
      case V3_1 -> true;
      case V3_1_1 -> !connect.cleanStart();
      case V5 -> false;
    };
  }

  private String assigned() {
    return form.assignedPrefix() + broker.ids.next(); // [MQTT-3.1.3-6] [MQTT-3.1.3-7] unique
  }

  private boolean mayBeAnonymous() {
    return switch (connection.listener().rules().allowAnonymous()) {
      case ALL -> true;
      case NONE -> false;
      case LOOPBACK ->
          !(connection.remoteAddress() instanceof InetSocketAddress from)
              || from.getAddress().isLoopbackAddress();
    };
  }

  private void limitOutput() {
    var properties = connect.properties();
    int aliases =
        (int)
            Math.min(
                properties.number(Property.TOPIC_ALIAS_MAXIMUM, 0),
                broker.config.topicAliasesOut());
    connection
        .output()
        .limits(properties.number(Property.MAXIMUM_PACKET_SIZE, Long.MAX_VALUE), aliases);
  }

  private int receiveMaximum() {
    long asked = connect.properties().number(Property.RECEIVE_MAXIMUM, 65_535);
    return (int) Math.min(asked, broker.config.maxInflight());
  }

  private int keepAlive() {
    int ceiling = broker.config.maxKeepAlive();
    int asked = connect.keepAlive();
    boolean tooLong = ceiling > 0 && (asked == 0 || asked > ceiling);
    return connect.version().isV5() && tooLong ? ceiling : asked;
  }

  private long askedExpirySeconds() {
    if (connect.version().isV5()) {
      return connect.properties().number(Property.SESSION_EXPIRY_INTERVAL, 0);
    }
    return connect.cleanStart() ? 0 : NEVER_EXPIRES;
  }

  private long expirySeconds() {
    return Math.min(askedExpirySeconds(), broker.config.maxSessionExpiry().toSeconds());
  }

  private Properties properties() {
    if (!connect.version().isV5()) {
      return Properties.NONE;
    }
    var config = broker.config;
    var all = Properties.NONE;
    if (config.topicAliasMaximum() > 0) {
      all = all.with(Property.TOPIC_ALIAS_MAXIMUM, config.topicAliasMaximum());
    }
    all = all.with(Property.MAXIMUM_PACKET_SIZE, config.maxPacketBytes());
    all = all.with(Property.RECEIVE_MAXIMUM, config.receiveMaximum());
    int maxQos = connection.listener().rules().maxQos();
    if (maxQos < 2) {
      all = all.with(Property.MAXIMUM_QOS, maxQos); // [MQTT-3.2.2-9]
    }
    if (config.maxRetained() == 0) {
      all = all.with(Property.RETAIN_AVAILABLE, 0);
    }
    if (connect.clientId().isEmpty()) {
      all = all.with(Property.ASSIGNED_CLIENT_IDENTIFIER, clientId); // [MQTT-3.2.2-16]
    }
    if (keepAlive() != connect.keepAlive()) {
      all = all.with(Property.SERVER_KEEP_ALIVE, keepAlive()); // [MQTT-3.2.2-21]
    }
    if (expirySeconds() != askedExpirySeconds()) {
      all = all.with(Property.SESSION_EXPIRY_INTERVAL, expirySeconds());
    }
    var open = authentication;
    return open == null ? all : open.properties(all, lastData); // [MQTT-4.12.0-5]
  }
}
