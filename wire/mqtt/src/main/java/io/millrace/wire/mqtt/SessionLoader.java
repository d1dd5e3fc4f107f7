package io.millrace.wire.mqtt;

import io.millrace.wire.mqtt.SessionStore.Put;
import io.millrace.wire.mqtt.codec.TopicNames;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings back the sessions that an earlier process kept, before any connection is taken.
///
/// Rows come by kind: sessions, then subscriptions, states and messages.
final class SessionLoader {
  private static final Logger log = LoggerFactory.getLogger(SessionLoader.class);

  private final Broker broker;
  private final long nowMs;
  private final TopicNames topics = new TopicNames(1024);
  private final Map<Long, Session> sessions = new HashMap<>();
  private final Map<Long, StoredState> states = new HashMap<>();
  private long messages;

  private SessionLoader(Broker broker) {
    this.broker = broker;
    this.nowMs = broker.clock.millis();
  }

  static void load(Broker broker) {
    var loader = new SessionLoader(broker);
    broker.sessionStore.load(loader::row);
    loader.finish();
  }

  private void row(byte[] key, byte[] value) {
    switch (key[0]) {
      case SessionFormat.SESSION -> session(key, value);
      case SessionFormat.SUBSCRIPTION -> subscription(key, value);
      case SessionFormat.STATE -> state(key, value);
      case SessionFormat.BLOCK -> block(key, value);
      default -> throw new IllegalStateException("A row of an unknown kind among MQTT sessions");
    }
  }

  private void session(byte[] key, byte[] value) {
    var stored = StoredSession.read(value, topics);
    var clientId = SessionFormat.clientId(key);
    var shard = broker.shardOf(clientId);
    var session = new Session(shard, clientId, stored.id());
    session.restore(stored, nowMs);
    shard.sessions().put(clientId, session);
    sessions.put(stored.id(), session);
    broker.nextSession.accumulateAndGet(stored.id() + 1, Math::max);
  }

  private void subscription(byte[] key, byte[] value) {
    var session = sessions.get(SessionFormat.id(key));
    if (session != null) {
      var subscribed = StoredSubscription.read(session, key, value);
      session.restore(subscribed);
      if (!subscribed.tapped()) {
        broker.subscriptions.add(subscribed.filter(), subscribed.route());
      }
    }
  }

  private void state(byte[] key, byte[] value) {
    long id = SessionFormat.id(key);
    var session = sessions.get(id);
    if (session == null) {
      return;
    }
    var state = StoredState.read(value);
    states.put(id, state);
    state.received().forEach(session::restoreReceived);
    session.outbound().restoreLastPacketId(state.lastPacketId());
  }

  private void block(byte[] key, byte[] value) {
    long id = SessionFormat.id(key);
    broker.nextSession.accumulateAndGet(id + 1, Math::max); // rows of an ended one may be left
    var session = sessions.get(id);
    var ledger = session == null ? null : session.ledger();
    if (session == null || ledger == null) {
      return;
    }
    var state = states.getOrDefault(id, StoredState.NONE);
    session.outbound().restore(state, ledger, new Put(key, value));
    messages++;
  }

  private void finish() {
    states.forEach(
        (id, state) -> {
          var session = sessions.get(id);
          var ledger = session == null ? null : session.ledger();
          if (ledger != null) {
            ledger.restoreNext(state.unsent());
          }
        });
    for (var session : sessions.values()) {
      session.shard().later(session::changed); // when it ends, if it was connected
    }
    if (!sessions.isEmpty()) {
      log.info("{} MQTT sessions kept, {} rows of queued messages", sessions.size(), messages);
    }
  }
}
