package io.millrace.engine.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The calls that wait for one peer, in lanes. A bounded number is in memory, the rest on disk.
///
/// Any thread; its own lock, under which nothing else is locked and nothing blocks.
final class Peer {
  /// The calls of one shelf from `first` to `last` that are on disk only.
  private static final class OnDisk {
    private long first;
    private long last;

    OnDisk(long number) {
      this.first = number;
      this.last = number;
    }
  }

  /// Reads waiting calls of one shelf and this peer, from a number on.
  interface Reader {
    List<Lane.Waiting> read(int shelf, long from, int limit);
  }

  private final Deliveries.Address address;
  private final Config.Outgoing config;
  private final int concurrency;
  private final Map<Lane.Key, Lane> lanes = new HashMap<>();
  private final ArrayDeque<Lane> ready = new ArrayDeque<>();
  private final Map<Integer, OnDisk> onDisk = new HashMap<>();
  private int inMemory;
  private long inMemoryBytes;
  private long waiting;
  private int underWay;
  private boolean refilling;
  private final AtomicBoolean isStarving = new AtomicBoolean();

  Peer(Deliveries.Address address, Config.Outgoing config) {
    this.address = address;
    this.config = config;
    this.concurrency = address.isInside() ? config.concurrency() : config.concurrencyPerPeer();
  }

  String name() {
    return address.peer();
  }

  boolean isInside() {
    return address.isInside();
  }

  /// Whether it waits for a free thread; kept by the [Courier].
  AtomicBoolean isStarving() {
    return isStarving;
  }

  synchronized long waiting() {
    return waiting;
  }

  synchronized boolean isIdle() {
    return waiting == 0 && underWay == 0 && !refilling;
  }

  /// Takes a call that is durable, in the order of its shelf.
  synchronized void add(Lane.Waiting call) {
    waiting++;
    var behind = onDisk.get(call.shelf());
    if (behind != null) {
      behind.last = call.number();
    } else if (hasRoom()) {
      place(call);
    } else {
      onDisk.put(call.shelf(), new OnDisk(call.number()));
    }
  }

  /// The next lane whose first call is to be tried, or null; ends in [#answered] or [#later].
  synchronized @Nullable Lane next() {
    if (underWay >= concurrency) {
      return null;
    }
    var lane = ready.poll();
    if (lane != null) {
      underWay++;
    }
    return lane;
  }

  /// The lane's first call was answered, or given up: the next one may go. That the answer is not
  /// durable yet does no harm: after a crash the calls since the last durable one are all repeated,
  /// in order.
  synchronized void answered(Lane lane) {
    lane.calls.removeFirst();
    lane.attempts = 0;
    underWay--;
    if (lane.calls.isEmpty()) {
      lanes.remove(lane.key);
    } else {
      ready.add(lane);
    }
  }

  /// The call is out of the outbox.
  synchronized void settled(Lane.Waiting call) {
    waiting--;
    inMemory--;
    inMemoryBytes -= call.bytes();
  }

  /// The lane's first call will be tried again, after [#again].
  synchronized void later() {
    underWay--;
  }

  synchronized void again(Lane lane) {
    ready.add(lane);
  }

  /// Whether [#refill] is due; says so to one caller only.
  synchronized boolean wantsRefill() {
    if (refilling || onDisk.isEmpty() || !hasRoom() || inMemory > config.memoryPerPeer() / 2) {
      return false;
    }
    refilling = true;
    return true;
  }

  /// Brings calls from disk into memory, as many as there is room for. Reads the disk.
  void refill(Reader reader) {
    try {
      for (int shelf : shelvesOnDisk()) {
        refill(shelf, reader);
      }
    } finally {
      refilled();
    }
  }

  private synchronized void refilled() {
    refilling = false;
  }

  private synchronized List<Integer> shelvesOnDisk() {
    return new ArrayList<>(onDisk.keySet());
  }

  private void refill(int shelf, Reader reader) {
    long from;
    long last;
    int room;
    synchronized (this) {
      var behind = onDisk.get(shelf);
      if (behind == null || !hasRoom()) {
        return;
      }
      from = behind.first;
      last = behind.last;
      room = config.memoryPerPeer() - inMemory;
    }
    var found = reader.read(shelf, from, room);
    synchronized (this) {
      place(shelf, found, last);
    }
  }

  private void place(int shelf, List<Lane.Waiting> found, long lastBefore) {
    var behind = onDisk.get(shelf);
    if (behind == null) {
      return;
    }
    for (var call : found) {
      if (!hasRoom()) {
        return;
      }
      place(call);
      behind.first = call.number() + 1;
    }
    // what became durable after the read is found by the next one
    if (behind.first > behind.last || (found.isEmpty() && behind.last == lastBefore)) {
      onDisk.remove(shelf);
    }
  }

  private void place(Lane.Waiting call) {
    inMemory++;
    inMemoryBytes += call.bytes();
    var lane = lanes.computeIfAbsent(Lane.Key.of(call.entry()), Lane::new);
    lane.calls.add(call);
    if (lane.calls.size() == 1) {
      ready.add(lane);
    }
  }

  private boolean hasRoom() {
    return inMemory < config.memoryPerPeer()
        && (inMemory == 0 || inMemoryBytes < config.memoryBytesPerPeer());
  }
}
