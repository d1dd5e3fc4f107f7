package io.millrace.wire.mqtt;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.function.LongSupplier;

/// When an event loop with nothing to read goes to sleep.
///
/// A loop whose clients send one message at a time is woken again as soon as it sleeps, and each
/// time for a message or two: switching threads then costs more than the messages do. Such a loop
/// first lets another thread run and looks once more. Any other loop sleeps at once.
final class BusyLoop implements SelectStrategy {
  /// A loop is busy when it usually sleeps for less, in nanoseconds: a few switches of threads.
  private static final long SHORT_SLEEP = 60_000;

  /// More than this says no more than that the loop is idle; one idle second is soon forgotten.
  private static final long LONG_SLEEP = 1_000_000;

  /// The last so many sleeps, about, make up what is usual.
  private static final int REMEMBERED = 32;

  private final LongSupplier nanoTime;
  private final Runnable others;
  private long usualSleep = LONG_SLEEP;
  private long sleptAt;
  private boolean slept;

  /// @param nanoTime a clock that never goes back
  /// @param others lets other threads run
  BusyLoop(LongSupplier nanoTime, Runnable others) {
    this.nanoTime = nanoTime;
    this.others = others;
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint, as it is meant; nothing is right because of it
  static BusyLoop ofThisMachine() {
    return new BusyLoop(System::nanoTime, Thread::yield);
  }

  @Override
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    if (slept) {
      remember(nanoTime.getAsLong() - sleptAt);
    }
    if (hasTasks) {
      return selectNow.get();
    }
    int ready = usualSleep < SHORT_SLEEP ? lookOnceMore(selectNow) : 0;
    return ready > 0 ? ready : sleep();
  }

  private void remember(long sleep) {
    usualSleep += (Math.min(sleep, LONG_SLEEP) - usualSleep) / REMEMBERED;
    slept = false;
  }

  private int lookOnceMore(IntSupplier selectNow) throws Exception {
    others.run();
    return selectNow.get();
  }

  private int sleep() {
    slept = true;
    sleptAt = nanoTime.getAsLong();
    return SelectStrategy.SELECT;
  }
}
