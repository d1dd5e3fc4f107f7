package io.millrace.store.realtime;

import io.millrace.base.runtime.Clock;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import io.millrace.store.commit.StoreFullException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One named tree.
public final class Database {
  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private static final String KEEP = "keep";

  private final String name;
  private final CommitStore store;
  private final Config config;
  private final Clock clock;
  private final PushIds pushIds;
  private final KeyPool keys;
  private final Rows rows;
  private final GroupQueue<AskedWrite> queue;
  private final Object lock = new Object(); // guards listens, and root together with telling
  private final Map<String, Optional<String>> texts = new ConcurrentHashMap<>();
  private final Keeping keeping = new Keeping();
  private final Listens listens = new Listens();
  private final Indexing indexing = new Indexing(this);
  private final History history;
  private volatile Node root;
  private boolean fullSaid; // by its writer, one at a time
  private long historyNext; // of the root; guarded by lock

  Database(
      String name,
      CommitStore store,
      Config config,
      Clock clock,
      PushIds pushIds,
      KeyPool keys,
      Executor writers) {
    this.name = name;
    this.store = store;
    this.config = config;
    this.clock = clock;
    this.pushIds = pushIds;
    this.keys = keys;
    this.rows = new Rows(name);
    this.history = new History(name, store, config, keys);
    this.historyNext = history.next();
    this.root = TreeReader.read(store, name, keys);
    this.queue =
        new GroupQueue<>(
            writers, config.waitingWritesMax(), config.groupWritesMax(), this::applyGroup);
    text(KEEP).map(KeepRule::parse).ifPresent(keeping::use);
  }

  public String name() {
    return name;
  }

  /// The tree as it is now: durable, and a snapshot for whoever holds it.
  public Node root() {
    return root;
  }

  /// Asks for a write.
  ///
  /// @param guard decides before anything else whether it may happen
  /// @param also adds to the commit that makes the write durable; only called when it is applied
  /// @return completes on a writer thread, after the commit and after the listeners
  public CompletableFuture<WriteResult> write(
      RealtimeWrite write, WriteGuard guard, WriteAddition also) {
    return write(write, guard, also, "");
  }

  /// The same.
  ///
  /// @param by who asks, for the history
  public CompletableFuture<WriteResult> write(
      RealtimeWrite write, WriteGuard guard, WriteAddition also, String by) {
    WritePlan plan;
    try {
      plan = WritePlan.of(write, config, keys, pushIds);
    } catch (BadDataException e) {
      return CompletableFuture.completedFuture(e.result());
    }
    return ask(new AskedWrite(plan, guard, also, by, new CompletableFuture<>()));
  }

  private CompletableFuture<WriteResult> ask(AskedWrite asked) {
    return queue.offer(asked)
        ? asked.done()
        : unavailable(
            "%d writes wait for the database %s (realtime.waitingWritesMax) or it is closing; try again in a second"
                .formatted(config.waitingWritesMax(), name));
  }

  /// The same for a writer who may do everything and adds nothing to the commit.
  public CompletableFuture<WriteResult> write(RealtimeWrite write) {
    return write(write, WriteGuard.OPEN, WriteAddition.NONE);
  }

  /// What would become of a write if it were asked for now; nothing is written.
  ///
  /// @param guard is asked as for a real write
  public WriteResult rehearse(RealtimeWrite write, WriteGuard guard) {
    var now = root;
    try {
      var plan = WritePlan.of(write, config, keys, pushIds);
      var after = after(plan, now, clock.millis());
      return guard.allows(now, after, plan.guarded(), clock.millis())
          ? AppliedWrite.values(plan, after)
          : new WriteResult.Denied("Permission denied");
    } catch (BadDataException e) {
      return e.result();
    }
  }

  /// The writes that changed what stands at `path`, the latest first, as far as they are kept.
  ///
  /// @param before only writes before the one of this id
  public List<PastWrite> history(TreePath path, long before, int most) {
    Node now;
    long next;
    synchronized (lock) { // which rows the root holds
      now = root;
      next = historyNext;
    }
    return history.of(new History.Asked(path, before, most), now, next);
  }

  /// Whether a query can be asked there by somebody who must not wait; see [#makeReady].
  public boolean isReady(TreePath path, Query query) {
    return indexing.isReady(path, query);
  }

  /// Puts a long list in the order of a query, which is then kept up with every write as long as it
  /// is used. Blocks: seconds for a million children; writes go on meanwhile.
  public void makeReady(TreePath path, Query query) {
    indexing.makeReady(path, query);
  }

  /// The last write of every place that a write replaced, as far as writes are kept.
  ///
  /// @param depth deeper places are taken for the one above them at this depth
  public Map<TreePath, LastWrite> lastWrites(int depth) {
    return history.last(depth);
  }

  /// Sets `path` to what stood there right before a write.
  ///
  /// @param id of a [PastWrite] of this path
  public CompletableFuture<WriteResult> undo(TreePath path, long id, String by) {
    var past = history(path, id + 1, 1).stream().filter(write -> write.id() == id).findFirst();
    if (past.isEmpty()) {
      return invalid("No kept write with id %d changed %s".formatted(id, path));
    }
    if (!past.get().isKnown()) {
      return invalid(
          "What stood at %s before the write %d is not kept: it was replaced together with more than realtime.historyBytesMax=%d bytes"
              .formatted(path, id, config.historyBytesMax()));
    }
    var value = past.get().before().toExportJson();
    return write(RealtimeWrite.put(path, value), WriteGuard.OPEN, WriteAddition.NONE, by);
  }

  private static CompletableFuture<WriteResult> invalid(String reason) {
    return CompletableFuture.completedFuture(
        new WriteResult.Invalid(WriteResult.Invalid.Kind.DATA, reason));
  }

  /// Reads a value of any length for a [RealtimeWrite.Import]; see [NodeReader].
  ///
  /// @param path where it will stand
  /// @throws io.millrace.base.json.JsonSyntaxException when it is not JSON
  /// @throws IllegalArgumentException when it cannot be data, in Firebase's words
  public Node read(TreePath path, InputStream json) {
    try {
      return NodeReader.read(json, path.size(), config, keys, clock.millis());
    } catch (BadDataException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  /// A text that belongs to the database but not to its tree, as its security rules.
  public Optional<String> text(String name) {
    return texts.computeIfAbsent(name, this::stored);
  }

  private Optional<String> stored(String text) {
    var row = store.get(Family.REALTIME, RowKey.ofText(name, text));
    return row == null ? Optional.empty() : Optional.of(new String(row, StandardCharsets.UTF_8));
  }

  /// Makes the text durable; blocks for one sync.
  public void setText(String name, String text) {
    try (var commit = store.begin()) {
      commit.put(
          Family.REALTIME, RowKey.ofText(this.name, name), text.getBytes(StandardCharsets.UTF_8));
      commit.write();
    }
    texts.put(name, Optional.of(text));
  }

  /// Hears of the tree at `path` now and of every change there from now on.
  ///
  /// @throws TooManyException when `realtime.listenersMax` listen already
  public Listening listen(TreePath path, ChangeListener listener) {
    synchronized (lock) {
      if (listens.size() >= config.listenersMax()) {
        throw new TooManyException(
            "%d listeners are at the database %s (realtime.listenersMax)"
                .formatted(listens.size(), name));
      }
      listens.add(path, listener);
      listener.started(root);
    }
    return () -> {
      synchronized (lock) {
        listens.remove(path, listener);
      }
    };
  }

  /// A listener's registration.
  @FunctionalInterface
  public interface Listening {
    /// No call begins after this returns. Not twice.
    void stop();
  }

  /// How many listen.
  public int listeners() {
    synchronized (lock) {
      return listens.size();
    }
  }

  /// How many writes wait to be applied.
  public int waitingWrites() {
    return queue.size();
  }

  /// Applies what waits and takes no more.
  void close() throws InterruptedException {
    queue.close();
  }

  private void applyGroup(List<AskedWrite> group) {
    var applied = new ArrayList<AppliedWrite>(group.size());
    try (var commit = store.begin()) {
      var head = root;
      for (var asked : group) {
        var one = apply(asked, head, commit);
        applied.add(one);
        head = one.after();
      }
      history.trim(commit);
      commit.write();
      fullSaid = false;
    } catch (StoreFullException e) {
      if (!fullSaid) { // once, not once per group
        fullSaid = true;
        log.error("Writes to the realtime database {} are refused: {}", name, e.getMessage());
      }
      group.forEach(asked -> asked.done().complete(new WriteResult.Unavailable(e.toString())));
      return;
    } catch (RuntimeException e) {
      log.error("{} writes to the realtime database {} are refused", group.size(), name, e);
      group.forEach(asked -> asked.done().complete(new WriteResult.Unavailable(e.toString())));
      return;
    }
    applied.forEach(this::tell);
    if (!keeping.isIdle()) {
      keep(applied);
    }
  }

  private void keep(List<AppliedWrite> applied) {
    var paths = new ArrayList<TreePath>();
    applied.forEach(one -> one.change().ifPresent(change -> paths.addAll(change.paths())));
    for (var delete : keeping.deletes(root, paths, clock.millis())) {
      var _ = write(delete);
    }
  }

  /// Has lists keep only so many children from now on, durably; other lists are left alone.
  ///
  /// @param json see [KeepRule#parse]
  /// @throws IllegalArgumentException when it cannot be read; nothing has changed then
  public void keep(String json) {
    var rules = KeepRule.parse(json);
    setText(KEEP, json);
    keeping.use(rules);
  }

  /// The keep rules, as they were written.
  public String keepRules() {
    return text(KEEP).orElse("[]");
  }

  private AppliedWrite apply(AskedWrite asked, Node before, Commit commit) {
    commit.mark();
    try {
      var result = tryApply(asked, before, commit);
      commit.keep();
      return result;
    } catch (BadDataException e) {
      commit.rollBack();
      return AppliedWrite.refused(asked, before, e.result());
    } catch (RuntimeException e) {
      commit.rollBack();
      log.error("A write to {} of the realtime database {} failed", asked.plan().base(), name, e);
      return AppliedWrite.refused(asked, before, new WriteResult.Unavailable(e.toString()));
    }
  }

  private AppliedWrite tryApply(AskedWrite asked, Node before, Commit commit) {
    long nowMs = clock.millis();
    var plan = asked.plan();
    var after = after(plan, before, nowMs);
    if (!asked.guard().allows(before, after, plan.guarded(), nowMs)) {
      return AppliedWrite.refused(asked, before, new WriteResult.Denied("Permission denied"));
    }
    var current = before.at(plan.base());
    if (plan.ifHash().isPresent() && !plan.ifHash().get().equals(current.hash())) {
      return AppliedWrite.refused(asked, before, new WriteResult.Stale(current));
    }
    checkSize(before, after);
    for (var part : plan.parts()) {
      rows.replaced(part.path(), before, after, commit);
    }
    var written = AppliedWrite.values(plan, after);
    history.add(commit, asked, before, after, nowMs);
    asked.also().into(commit, written);
    return AppliedWrite.written(asked, written, before, after, history.next());
  }

  private Node after(WritePlan plan, Node before, long nowMs) {
    var after = before;
    for (var part : plan.parts()) {
      after = after.with(part.path(), WritePlan.resolve(part, before, nowMs, config, keys));
    }
    return after;
  }

  private void checkSize(Node before, Node after) {
    if (after.sizeBytes() > config.treeBytesMax() && after.sizeBytes() > before.sizeBytes()) {
      throw BadDataException.tooBig(
          "The database %s would take %d bytes of memory, more than realtime.treeBytesMax=%d; delete something or raise the setting"
              .formatted(name, after.sizeBytes(), config.treeBytesMax()));
    }
  }

  private void tell(AppliedWrite applied) {
    applied
        .change()
        .ifPresent(
            change -> {
              synchronized (lock) {
                root = change.after();
                historyNext = applied.historyNext();
                listens.tell(change);
              }
            });
    applied.asked().done().complete(applied.result());
  }

  private static CompletableFuture<WriteResult> unavailable(String reason) {
    return CompletableFuture.completedFuture(new WriteResult.Unavailable(reason));
  }
}
