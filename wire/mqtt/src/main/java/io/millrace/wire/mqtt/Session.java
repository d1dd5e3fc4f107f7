package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import io.netty.util.collection.IntCollections;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the broker knows of a client, whether it is connected or not (section 4.1).
///
/// Belongs to one [Shard] and its event loop.
final class Session {
  private static final long SLOW_DOWN_MS = 5;

  private final Shard shard;
  private final String clientId;
  private final @Nullable SessionLedger ledger;
  private final Outbound outbound;
  private final Map<String, Subscribed> subscriptions = new HashMap<>(2);
  private IntObjectMap<Boolean> received = IntCollections.emptyMap(); // until there is one
  private @Nullable Will will;
  private @Nullable Connection connection;
  private volatile boolean online;
  private final AtomicBoolean slowed = new AtomicBoolean();
  private long expirySeconds;
  private long endsAtMs = Long.MAX_VALUE;
  private long willAtMs = Long.MAX_VALUE;

  /// A filter that was granted.
  ///
  /// @param tapped granted by the tap: nothing is routed to it
  record Subscribed(TopicFilter filter, Route route, boolean tapped) {}

  /// A new session.
  ///
  /// @param outlives true when it is to outlive its connection
  Session(Shard shard, String clientId, boolean outlives) {
    this.shard = shard;
    this.clientId = clientId;
    this.ledger = outlives ? shard.ledger().open(this) : null;
    this.outbound = new Outbound(shard.broker, ledger);
  }

  /// One that an earlier process kept.
  Session(Shard shard, String clientId, long id) {
    this.shard = shard;
    this.clientId = clientId;
    this.ledger = new SessionLedger(shard.ledger(), this, id);
    this.outbound = new Outbound(shard.broker, ledger);
  }

  /// Any thread: true when it outlives the process.
  boolean isDurable() {
    return ledger != null;
  }

  @Nullable SessionLedger ledger() {
    return ledger;
  }

  /// Runs `then` when everything that changed until now is on disk: at once unless durable.
  void whenKept(Connection open, Runnable then) {
    whenKept(then, open::cannotStore);
  }

  void whenKept(Runnable then, Consumer<Refusal> otherwise) {
    if (ledger == null) {
      then.run();
      return;
    }
    ledger.after(
        new Ack() {
          @Override
          public void done() {
            then.run();
          }

          @Override
          public void refused(Refusal refusal) {
            otherwise.accept(refusal);
          }
        });
  }

  /// Its own row is to be written.
  void changed() {
    if (ledger != null) {
      ledger.sessionChanged();
    }
  }

  void subscribed(Subscribed subscribed) {
    var filter = subscribed.filter().text();
    subscriptions.put(filter, subscribed);
    if (ledger != null) {
      ledger.filterChanged(filter);
    }
  }

  @Nullable Subscribed unsubscribed(String filter) {
    var subscribed = subscriptions.remove(filter);
    if (ledger != null && subscribed != null) {
      ledger.filterChanged(filter);
    }
    return subscribed;
  }

  Shard shard() {
    return shard;
  }

  String clientId() {
    return clientId;
  }

  Outbound outbound() {
    return outbound;
  }

  Map<String, Subscribed> subscriptions() {
    return subscriptions;
  }

  @Nullable Connection connection() {
    return connection;
  }

  /// Any thread.
  boolean isOnline() {
    return online;
  }

  /// Any thread: true when a message would probably leave at once.
  boolean isReady() {
    return online && !outbound.isCongested();
  }

  long expirySeconds() {
    return expirySeconds;
  }

  void expirySeconds(long seconds) {
    expirySeconds = seconds;
    changed();
  }

  /// Remembers a QoS 2 packet identifier until PUBREL.
  ///
  /// @return false when it is known already: the message came before
  boolean receive(int packetId) {
    boolean isNew = remember(packetId); // [MQTT-4.3.3-10]
    if (isNew && ledger != null) {
      ledger.stateChanged();
    }
    return isNew;
  }

  void forgetReceived(int packetId) {
    boolean known = received.remove(packetId) != null; // [MQTT-4.3.3-12]
    if (known && ledger != null) {
      ledger.stateChanged();
    }
  }

  int receivedCount() {
    return received.size();
  }

  /// A connection takes over.
  void attach(Connection to, @Nullable Will itsWill) {
    connection = to;
    will = itsWill;
    willAtMs = Long.MAX_VALUE; // [MQTT-3.1.3-9] back before the delay ended: no will
    endsAtMs = Long.MAX_VALUE;
    online = true;
    changed();
  }

  /// The connection is gone.
  ///
  /// @param withWill false after DISCONNECT with reason 0
  void detach(boolean withWill, long nowMs) {
    connection = null;
    online = false;
    outbound.detach();
    if (!withWill) {
      will = null; // [MQTT-3.1.2-10]
    }
    endsAtMs = nowMs + expirySeconds * 1000;
    var left = will;
    if (left != null) {
      willAtMs = nowMs + Math.min(left.delaySeconds(), expirySeconds) * 1000; // [MQTT-3.1.2-8]
    }
    changed();
    tick(nowMs);
  }

  /// Any thread: those who receive from this session cannot keep up; it is not read for a moment.
  void slowDown() {
    if (slowed.compareAndSet(false, true)) {
      shard.later(this::rest);
    }
  }

  private void rest() {
    var open = connection;
    if (open != null) {
      open.pause(Connection.RECEIVERS);
    }
    var _ =
        shard.loop.schedule(
            () -> {
              slowed.set(false);
              if (open != null) {
                open.resume(Connection.RECEIVERS);
              }
            },
            SLOW_DOWN_MS,
            TimeUnit.MILLISECONDS);
  }

  /// Does what has fallen due; called a few times per second.
  void tick(long nowMs) {
    outbound.tick();
    if (connection != null) {
      return;
    }
    if (nowMs >= willAtMs) {
      publishWill(nowMs);
    }
    if (nowMs >= endsAtMs) {
      if (expirySeconds > 0) {
        shard.broker.counters.sessionsExpired().increment();
      }
      end(nowMs);
    }
  }

  /// Forgets everything; a will still due is published now.
  void end(long nowMs) {
    publishWill(nowMs);
    shard.sessions().remove(clientId, this);
    for (var subscribed : subscriptions.values()) {
      if (!subscribed.tapped()) {
        shard.broker.subscriptions.remove(subscribed.filter(), this);
      }
    }
    outbound.drain().forEach(this::handOn);
    if (ledger != null) {
      boolean shared = subscriptions.values().stream().anyMatch(s -> s.filter().isShared());
      ledger.end(subscriptions.keySet(), shared ? this::handOn : null);
    }
    subscriptions.clear();
    endsAtMs = Long.MAX_VALUE;
  }

  /// Gives a message to this session, as `route` says.
  void deliver(Message message, Route route) {
    int qos = Math.min(message.qos(), route.qos()); // [MQTT-3.8.4-8]
    boolean retain = route.retainAsPublished() && message.retain(); // [MQTT-3.3.1-12], -13
    deliver(message, qos, retain, route.identifiers(), route.shared());
  }

  /// Gives a message to this session alone, or a retained one.
  void deliver(Message message, int qos, boolean retain, int[] identifiers) {
    deliver(message, qos, retain, identifiers, null);
  }

  private void deliver(
      Message message, int qos, boolean retain, int[] identifiers, @Nullable TopicFilter shared) {
    var to = connection;
    if (qos > 0) {
      if (to != null || endsAtMs != Long.MAX_VALUE) {
        outbound.offer(new Delivery(message, qos, retain, identifiers, shared));
      }
    } else if (to != null) {
      to.output().publish(message, retain, identifiers);
    }
  }

  // ---- durable state

  /// Itself, as `docs/formats/mqtt-sessions.md` has it.
  StoredSession stored(long id) {
    return new StoredSession(id, expirySeconds, endsAtMs, willAtMs, will);
  }

  /// What is on its way, both ways.
  byte[] stateRow() {
    var kept = ledger;
    var out = SessionFormat.start(64);
    if (kept != null) {
      outbound.writeState(kept, out);
    }
    out.writeInt(received.size());
    received.keySet().forEach(out::writeShort);
    return SessionFormat.bytes(out);
  }

  /// Goes on where an earlier process stopped; it was connected then if it has no end.
  void restore(StoredSession stored, long nowMs) {
    expirySeconds = stored.expirySeconds();
    will = stored.will();
    boolean wasConnected = stored.endsAtMs() == Long.MAX_VALUE;
    endsAtMs = wasConnected ? nowMs + expirySeconds * 1000 : stored.endsAtMs();
    willAtMs = stored.willAtMs();
    if (wasConnected && will != null) {
      willAtMs = nowMs + Math.min(will.delaySeconds(), expirySeconds) * 1000;
    }
  }

  void restore(Subscribed subscribed) {
    subscriptions.put(subscribed.filter().text(), subscribed);
  }

  void restoreReceived(int packetId) {
    var _ = remember(packetId);
  }

  private boolean remember(int packetId) {
    if (received.isEmpty() && !(received instanceof IntObjectHashMap)) {
      received = new IntObjectHashMap<>(4);
    }
    return received.put(packetId, Boolean.TRUE) == null;
  }

  private void publishWill(long nowMs) {
    var left = will;
    will = null;
    willAtMs = Long.MAX_VALUE;
    if (left != null) {
      changed();
      shard.publish(left.published(nowMs));
    }
  }

  /// Section 4.8.2: what the leaving member of a group has not acknowledged goes to another.
  private void handOn(Delivery delivery) {
    var shared = delivery.shared;
    var group = shared == null ? null : shard.broker.subscriptions.group(shared);
    var next = group == null ? null : group.next(this);
    if (next != null) {
      shard.routeTo(delivery.message, next);
    }
  }
}
