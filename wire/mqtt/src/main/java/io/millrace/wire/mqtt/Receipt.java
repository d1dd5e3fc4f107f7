package io.millrace.wire.mqtt;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One acknowledgement that several commits must come before: of each loop that keeps the message
/// for a durable session, of the retained store. Any thread.
///
/// Starts held once, by the loop that routes the message.
final class Receipt implements Ack {
  private final AtomicInteger holds = new AtomicInteger(1);
  private final AtomicReference<@Nullable Ack> ack;
  private volatile @Nullable Refusal refusal;

  Receipt(Ack ack) {
    this.ack = new AtomicReference<>(ack);
  }

  /// One more to wait for.
  Receipt hold() {
    holds.incrementAndGet();
    return this;
  }

  @Override
  public void done() {
    if (holds.decrementAndGet() > 0) {
      return;
    }
    var last = ack.getAndSet(null); // a message that waits long does not keep its sender alive
    if (last != null) {
      var why = refusal;
      if (why == null) {
        last.done();
      } else {
        last.refused(why);
      }
    }
  }

  @Override
  public void refused(Refusal why) {
    refusal = why;
    done();
  }
}
