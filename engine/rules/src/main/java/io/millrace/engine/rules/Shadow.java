package io.millrace.engine.rules;

import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Threads;
import java.util.ArrayDeque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A changed chain beside the chain as it is, on live messages, without effects: both are rehearsed
/// with the same messages and answers, and what they do differently is kept.
///
/// Partitions only put into a bounded queue; a thread of its own does the rest. What finds the
/// queue full is left out and counted.
public final class Shadow {
  private static final Logger log = LoggerFactory.getLogger(Shadow.class);
  private static final int WAITING_MAX = 1_000;
  private static final int SHOWN_MAX = 50;

  private final EntityId tenant;
  private final UUID chainId;
  private final long startedTs;
  private final long messagesMax;
  private final Rehearsal before;
  private final Rehearsal after;
  private final BlockingQueue<Seen> queue = new ArrayBlockingQueue<>(WAITING_MAX);
  private final ArrayDeque<Difference> latest = new ArrayDeque<>();
  private final Thread thread;
  private long messages;
  private long dropped;
  private long different;
  private String ended = "";
  private volatile boolean isOver;

  /// @param messagesMax after so many messages it ends by itself
  Shadow(
      EntityId tenant,
      UUID chainId,
      long startedTs,
      long messagesMax,
      Rehearsal before,
      Rehearsal after) {
    this.tenant = tenant;
    this.chainId = chainId;
    this.startedTs = startedTs;
    this.messagesMax = messagesMax;
    this.before = before;
    this.after = after;
    thread = Threads.platform("shadow", this::work);
    thread.start();
  }

  /// What was seen live.
  private sealed interface Seen {
    record Message(RuleMessage message, long receivedAt) implements Seen {}

    record Answered(CallFrame frame, RuleMessage message, Answer answer) implements Seen {}

    record End() implements Seen {}
  }

  /// What one message, or the answer to its call, did differently.
  public record Difference(RuleMessage message, EffectsDifference effects) {}

  /// How it stands.
  ///
  /// @param ended why it runs no more; empty while it does
  /// @param messages how many messages both have had
  /// @param dropped how many were left out because it could not keep up
  /// @param different how many messages and answers had other effects
  /// @param latest the latest of these, newest last
  public record Report(
      UUID chainId,
      long startedTs,
      String ended,
      long messages,
      long dropped,
      long different,
      List<Difference> latest) {}

  public synchronized Report report() {
    return new Report(chainId, startedTs, ended, messages, dropped, different, List.copyOf(latest));
  }

  EntityId tenant() {
    return tenant;
  }

  UUID chainId() {
    return chainId;
  }

  boolean isRunning() {
    return !isOver;
  }

  /// A message entered the tenant's chains. Partition threads.
  void entered(RuleMessage message, long now) {
    offer(new Seen.Message(message, now));
  }

  /// An answer came to a node. Partition threads.
  void answered(CallFrame frame, RuleMessage message, Answer answer) {
    offer(new Seen.Answered(frame, message, answer));
  }

  private void offer(Seen seen) {
    if (!isOver && !queue.offer(seen)) {
      synchronized (this) {
        dropped++;
      }
    }
  }

  /// Ends it; its report stays.
  void end(String why) {
    synchronized (this) {
      if (ended.isEmpty()) {
        ended = why;
      }
    }
    isOver = true;
    var _ = queue.offer(new Seen.End()); // in a full queue the next one taken ends it as well
  }

  private void work() {
    try (before;
        after) {
      while (!isOver) {
        step(queue.take());
      }
    } catch (InterruptedException e) {
      end("It was interrupted.");
    } catch (RuntimeException e) {
      log.warn("The shadow of rule chain {} failed", chainId, e);
      end("It failed: " + e);
    }
    queue.clear();
  }

  private void step(Seen seen) {
    switch (seen) {
      case Seen.Message(var message, long at) -> {
        before.run(message, at);
        after.run(message, at);
        compare(message, true);
      }
      case Seen.Answered(var frame, var message, var answer) -> {
        before.answer(frame.nodeId(), message.originator(), answer);
        after.answer(frame.nodeId(), message.originator(), answer);
        compare(message, false);
      }
      case Seen.End() -> {}
    }
  }

  private void compare(RuleMessage message, boolean isMessage) {
    var difference = EffectsDifference.of(before.drain(), after.drain());
    synchronized (this) {
      messages += isMessage ? 1 : 0;
      if (!difference.isEmpty()) {
        different++;
        latest.add(new Difference(message, difference));
        if (latest.size() > SHOWN_MAX) {
          latest.removeFirst();
        }
      }
    }
    if (messages >= messagesMax) {
      end("It has seen %d messages.".formatted(messagesMax));
    }
  }

  /// Waits until its thread has let go of its files.
  void join() throws InterruptedException {
    thread.join(5_000);
  }
}
