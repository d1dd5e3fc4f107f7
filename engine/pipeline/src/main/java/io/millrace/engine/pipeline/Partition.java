package io.millrace.engine.pipeline;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.base.runtime.Refusal;
import io.millrace.base.runtime.Threads;
import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.StoreFullException;
import io.millrace.store.messages.DeviceLane;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that decides on the messages of its share of the devices, in order, batch by batch:
/// read, decide, commit once, tell.
final class Partition {
  private static final Logger log = LoggerFactory.getLogger(Partition.class);
  private static final int URGENT_EVERY = 16; // jobs of senders before one of ours

  /// What a partition works with.
  record Parts(
      Config config,
      CommitStore store,
      Rules rules,
      Outbox outbox,
      Supplier<Witness> witness,
      Timers timers,
      Retries retries,
      Clock clock,
      Ids ids,
      Room room,
      LongAdder commits,
      LongAdder jobs,
      LongAdder failed) {}

  private final Parts parts;
  private final Stamps stamps;
  private final Shelf shelf;
  private final Queue<Job> urgent = new ConcurrentLinkedQueue<>();
  private final Queue<Job> queue;
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Room.Gate gate;
  private final List<Job> taken = new ArrayList<>();
  private final Thread thread;
  private boolean fullSaid;
  private @Nullable DeviceLane kept;
  private volatile boolean parked;
  private volatile boolean closing;

  Partition(int number, Parts parts, Stamps stamps, Shelf shelf) {
    this.parts = parts;
    this.stamps = stamps;
    this.shelf = shelf;
    this.queue = new MpscAtomicArrayQueue<>(parts.config.queueMessages());
    this.gate = parts.room.gate(this::isHigh, this::isLow);
    this.thread = Threads.platform("partition-" + number, this::serve);
  }

  void start() {
    thread.start();
  }

  /// Adds a sender's job, or says that there is no room. Any thread.
  boolean offer(Job job) {
    if (closing || queuedBytes.get() > parts.config.queueBytes()) {
      return false;
    }
    queuedBytes.addAndGet(job.bytes());
    if (!queue.offer(job)) {
      queuedBytes.addAndGet(-job.bytes());
      return false;
    }
    gate.added();
    wake();
    return true;
  }

  /// Adds a job of our own, ahead of what senders sent; whoever calls bounds how many. Any thread.
  ///
  /// @return false when the partition stops
  boolean add(Job job) {
    if (closing) {
      return false;
    }
    urgent.add(job);
    wake();
    return true;
  }

  int queued() {
    return queue.size() + urgent.size();
  }

  boolean isClosing() {
    return closing;
  }

  /// Works off what is queued and ends the thread.
  void close() {
    closing = true;
    LockSupport.unpark(thread);
  }

  void join(long timeoutMs) throws InterruptedException {
    if (thread.isAlive()) {
      thread.join(timeoutMs);
    }
    var stopping =
        new Refusal(Refusal.Kind.UNAVAILABLE, "Millrace is stopping; send the message again");
    for (Job job = poll(); job != null; job = poll()) {
      job.refused(stopping);
    }
  }

  Rules rules() {
    return parts.rules;
  }

  /// Before [#start]: where its messages are kept.
  void keepMessages(DeviceLane in) {
    kept = in;
  }

  @Nullable DeviceLane kept() {
    return kept;
  }

  Witness witness() {
    return parts.witness.get();
  }

  Outbox outbox() {
    return parts.outbox;
  }

  Timers timers() {
    return parts.timers;
  }

  Retries retries() {
    return parts.retries;
  }

  Stamps stamps() {
    return stamps;
  }

  Shelf shelf() {
    return shelf;
  }

  private boolean isHigh() {
    return queue.size() > parts.config.queueMessages() / 2
        || queuedBytes.get() > parts.config.queueBytes() / 2;
  }

  private boolean isLow() {
    return queue.size() < parts.config.queueMessages() / 4
        && queuedBytes.get() < parts.config.queueBytes() / 4;
  }

  private void serve() {
    for (Job first = await(); first != null; first = await()) {
      try {
        serve(first);
        fullSaid = false;
      } catch (StoreFullException full) {
        refuseTaken(full.getMessage());
        say(full);
      } catch (Throwable fault) { // a partition never dies: its devices have no other
        log.error("A batch of {} failed on {}", taken.size(), thread.getName(), fault);
        refuseTaken("Millrace failed (" + fault + "); send the message again");
      }
      taken.clear();
      gate.removed();
    }
  }

  private void serve(Job first) {
    try (var commit = parts.store.begin()) {
      var batch = new Batch(this, commit, parts.clock.millis(), parts.ids.next());
      Job job = first;
      do {
        run(job, batch);
        job = hasRoom(commit) ? poll() : null;
      } while (job != null);
      stamps.save(commit, batch.now());
      batch.keepMessages();
      commit.write();
    }
    parts.commits.increment();
    parts.jobs.add(taken.size());
    for (int i = 0; i < taken.size(); i++) {
      tell(taken.get(i));
    }
  }

  private void run(Job job, Batch batch) {
    try {
      batch.run(job);
      taken.add(job);
    } catch (Throwable fault) { // whatever it was, it was this message
      parts.failed.increment();
      job.failed(fault);
    }
  }

  private boolean hasRoom(Commit commit) {
    return taken.size() < parts.config.batchMessages()
        && commit.sizeBytes() < parts.config.batchBytes();
  }

  private static void tell(Job job) {
    try {
      job.done();
    } catch (Throwable fault) { // the others are told all the same
      log.error("{} could not be told that it is done", job, fault);
    }
  }

  private void say(StoreFullException full) {
    if (!fullSaid) { // once, not once per batch
      fullSaid = true;
      log.error("{} Messages are refused meanwhile.", full.getMessage());
    }
  }

  private void refuseTaken(@Nullable String reason) {
    if (kept != null) {
      kept.clear();
    }
    var refusal = new Refusal(Refusal.Kind.UNAVAILABLE, String.valueOf(reason));
    for (var job : taken) {
      job.refused(refusal);
    }
  }

  private @Nullable Job poll() {
    var job = taken.size() % URGENT_EVERY == 0 ? urgent.poll() : null;
    if (job == null) {
      job = queue.poll();
      if (job == null) {
        return urgent.poll();
      }
      queuedBytes.addAndGet(-job.bytes());
    }
    return job;
  }

  /// The next job, or null when there will be none.
  private @Nullable Job await() {
    while (true) {
      var job = poll();
      if (job != null) {
        return job;
      }
      if (closing) {
        return null;
      }
      parked = true; // before the last look: a job added after it sees the flag
      if (queue.isEmpty() && urgent.isEmpty() && !closing) {
        LockSupport.park(this);
      }
      parked = false;
    }
  }

  private void wake() {
    if (parked) {
      parked = false;
      LockSupport.unpark(thread);
    }
  }
}
