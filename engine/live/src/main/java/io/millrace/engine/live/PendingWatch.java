package io.millrace.engine.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// A watch and what it has not taken yet: a list, or once that is full, the latest by key.
///
/// Any thread; its own lock, held for no longer than the copy of a few references.
final class PendingWatch<C, T> implements Watch<T> {
  /// What a watcher wants to see, and how.
  record Taste<C, T>(Predicate<C> wanted, Function<C, Object> key, Function<C, T> shown) {}

  private final Config config;
  private final Taste<C, T> taste;
  private final Runnable news;
  private final LongAdder collapsed;
  private final Consumer<PendingWatch<C, T>> onClose;
  private final List<C> pending = new ArrayList<>();
  private final Map<Object, C> latest = new LinkedHashMap<>();
  private boolean told;
  private boolean closed;

  PendingWatch(
      Config config,
      Taste<C, T> taste,
      Runnable news,
      LongAdder collapsed,
      Consumer<PendingWatch<C, T>> onClose) {
    this.config = config;
    this.taste = taste;
    this.news = news;
    this.collapsed = collapsed;
    this.onClose = onClose;
  }

  void add(List<C> changes) {
    if (keep(changes)) {
      news.run(); // outside the lock: it may take at once
    }
  }

  @Override
  public List<T> take() {
    List<C> taken;
    synchronized (this) {
      taken = new ArrayList<>(latest.isEmpty() ? pending : latest.values());
      pending.clear();
      latest.clear();
      told = false;
    }
    return taken.stream().map(taste.shown).toList();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      pending.clear();
      latest.clear();
    }
    onClose.accept(this);
  }

  /// Whether the watcher must be told.
  private synchronized boolean keep(List<C> changes) {
    boolean kept = false;
    for (var change : changes) {
      if (!closed && taste.wanted.test(change)) {
        keep(change);
        kept = true;
      }
    }
    boolean tell = kept && !told;
    told |= kept;
    return tell;
  }

  private void keep(C change) {
    if (latest.isEmpty() && pending.size() < config.pendingPerWatch()) {
      pending.add(change);
      return;
    }
    if (latest.isEmpty()) {
      collapsed.increment();
      pending.forEach(this::keepLatest);
      pending.clear();
    }
    keepLatest(change);
  }

  /// The latest comes last, as it would have.
  private void keepLatest(C change) {
    var key = taste.key.apply(change);
    latest.remove(key);
    if (latest.size() < config.keysPerWatch()) {
      latest.put(key, change);
    }
  }
}
