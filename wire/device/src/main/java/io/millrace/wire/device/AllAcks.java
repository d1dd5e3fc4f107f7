package io.millrace.wire.device;

import io.millrace.base.runtime.Ack;
import io.millrace.base.runtime.Refusal;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One [Ack] for the parts of a message: done when all are, refused when one is.
final class AllAcks implements Ack {
  private final Ack ack;
  private final AtomicInteger open;
  private final AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();

  /// @param parts how many answers to wait for, at least 1
  AllAcks(Ack ack, int parts) {
    this.ack = ack;
    this.open = new AtomicInteger(parts);
  }

  @Override
  public void done() {
    part();
  }

  @Override
  public void refused(Refusal why) {
    refusal.compareAndSet(null, why);
    part();
  }

  private void part() {
    if (open.decrementAndGet() > 0) {
      return;
    }
    var why = refusal.get();
    if (why == null) {
      ack.done();
    } else {
      ack.refused(why);
    }
  }
}
