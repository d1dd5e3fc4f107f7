package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.store.messages.PublishLane;
import io.millrace.wire.mqtt.codec.Properties;
import io.millrace.wire.mqtt.codec.TopicName;
import io.millrace.wire.mqtt.codec.TopicNames;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event loop's part of the broker: the sessions it owns, what it has to flush and to mail.
///
/// A session belongs to the shard that its client identifier hashes to, always: its connections
/// move there, so that nothing of a session is ever seen by two threads. All methods are for the
/// event loop unless they say "any thread".
final class Shard {
  private static final Logger log = LoggerFactory.getLogger(Shard.class);
  private static final int SLOTS = 8192;

  final Broker broker;
  final EventLoop loop;
  final TopicNames topics = new TopicNames(SLOTS);
  private final int number;
  private final MatchCache matches;
  private final Map<String, Session> sessions = new HashMap<>();
  private final Set<Connection> connections = new HashSet<>();
  private final List<Connection> dirty = new ArrayList<>();
  private final @Nullable Mail[] outgoing;
  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger mailed = new AtomicInteger();
  private final AtomicBoolean inboxScheduled = new AtomicBoolean();
  private final Runnable endOfRound = this::endRound;
  private final Runnable openInbox = this::openInbox;
  private boolean roundScheduled;
  private final ShardLedger ledger;
  private final ShardTraffic traffic = new ShardTraffic();
  private final TopicTable table;
  private @Nullable PublishLane kept;

  Shard(Broker broker, EventLoop loop, int number, int shardCount) {
    this.broker = broker;
    this.loop = loop;
    this.number = number;
    this.matches = new MatchCache(broker.subscriptions, SLOTS);
    this.table = new TopicTable(broker.config.topicsTracked(), broker.clock.nanos());
    this.ledger = new ShardLedger(this, broker.sessionStore);
    this.outgoing = new @Nullable Mail[shardCount];
  }

  int number() {
    return number;
  }

  /// What durable sessions have to write.
  ShardLedger ledger() {
    return ledger;
  }

  Map<String, Session> sessions() {
    return sessions;
  }

  Set<Connection> connections() {
    return connections;
  }

  Match match(TopicName topic) {
    return matches.match(topic);
  }

  /// Any thread: runs `work` on this loop, in the order of calls, waking the loop once per batch.
  void later(Runnable work) {
    inbox.add(work);
    if (inboxScheduled.compareAndSet(false, true)) {
      try {
        loop.execute(openInbox);
      } catch (RejectedExecutionException e) {
        log.debug("Loop {} has ended; nobody is left to be told", number);
      }
    }
  }

  /// From now on, what is published here is kept in the message log.
  void keepIn(PublishLane log) {
    kept = log;
  }

  /// Keeps a published message, if there is a log that wants it.
  void keep(TopicName topic, byte[] payload, int qos, boolean retain, Properties properties) {
    var log = kept;
    if (log != null && log.wants(topic.text())) {
      long nowMs = broker.clock.millis();
      log.add(nowMs, topic.text(), payload, qos, retain, LoggedProperties.encode(properties));
    }
  }

  /// Publishes a message that no connection of this shard sent.
  void publish(Message message) {
    keep(message.topic(), message.payload(), message.qos(), message.retain(), message.properties());
    if (!message.topic().text().startsWith("$SYS/")) {
      table.count(message.topic(), message.payload());
    }
    if (message.retain() && !broker.retained.put(message, Ack.NONE)) {
      broker.counters.droppedRetained().increment();
    }
    route(message, match(message.topic()), null);
  }

  /// Delivers to the sessions of this shard and puts the rest into the mail.
  ///
  /// @param except a shared subscription does not choose this session
  void route(Message message, Match match, @Nullable Session except) {
    var byShard = match.byShard();
    for (int i = 0; i < byShard.length; i++) {
      if (byShard[i].length == 0) {
        continue;
      }
      if (i == number) {
        deliver(message, byShard[i]);
      } else {
        mailTo(i).add(message, byShard[i]);
      }
    }
    for (var group : match.shared()) {
      var route = group.next(except);
      if (route != null) {
        routeTo(message, route);
      }
    }
  }

  void routeTo(Message message, Route route) {
    int target = route.session().shard().number();
    if (target == number) {
      route.session().deliver(message, route);
    } else {
      mailTo(target).add(message, new Route[] {route});
    }
  }

  void deliver(Message message, Route[] routes) {
    var publisher = message.publisher();
    for (var route : routes) {
      var way = publisher == null ? route : route.forPublisher(publisher);
      if (way != null) {
        way.session().deliver(message, way);
      }
    }
  }

  /// This connection has something to flush at the end of the round.
  void touch(Connection connection) {
    dirty.add(connection);
    scheduleRound();
  }

  private Mail mailTo(int target) {
    var mail = outgoing[target];
    if (mail == null) {
      mail = new Mail(broker.shards().get(target));
      outgoing[target] = mail;
      scheduleRound();
    }
    return mail;
  }

  /// The round ends when the loop has read all sockets that were ready: then everything written
  /// goes out, one system call per connection, one wake-up per neighbour.
  void scheduleRound() {
    if (!roundScheduled) {
      roundScheduled = true;
      loop.execute(endOfRound);
    }
  }

  private void endRound() {
    roundScheduled = false;
    for (int i = 0; i < outgoing.length; i++) {
      var mail = outgoing[i];
      if (mail != null) {
        outgoing[i] = null;
        mail.send();
      }
    }
    ledger.write();
    for (int i = 0; i < dirty.size(); i++) {
      dirty.get(i).output().flush();
    }
    dirty.clear();
  }

  /// Any thread: messages mailed to this shard and not yet delivered, changed by `count`.
  int mailed(int count) {
    return mailed.addAndGet(count);
  }

  ShardTraffic traffic() {
    return traffic;
  }

  /// What is published to which topics.
  TopicTable table() {
    return table;
  }

  /// A few times per second: clocks of connections and sessions, and the counts since last time.
  void tick() {
    traffic.collect(broker.counters);
    long nowNanos = broker.clock.nanos();
    List.copyOf(connections).forEach(connection -> connection.tick(nowNanos));
    long nowMs = broker.clock.millis();
    table.tick(nowNanos, nowMs);
    List.copyOf(sessions.values()).forEach(session -> session.tick(nowMs));
    ledger.tick();
  }

  /// The broker closes: every client is told.
  void shutDown() {
    for (var connection : List.copyOf(connections)) {
      connection.shutDown();
    }
    endRound();
    ledger.tick();
    ledger.writeAll();
    endRound();
  }

  private void openInbox() {
    inboxScheduled.set(false);
    for (var work = inbox.poll(); work != null; work = inbox.poll()) {
      try {
        work.run();
      } catch (RuntimeException e) {
        log.error("Work handed to loop {} failed; the loop goes on", number, e);
      }
    }
  }
}
