package io.millrace.engine.scripts;

import com.sun.management.ThreadMXBean;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Threads;
import io.millrace.engine.scripts.ScriptException.Kind;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.Context;
import org.jspecify.annotations.Nullable;

/// Stops runs of the full engine that take too long or allocate too much, from a thread of its own
/// that looks every few milliseconds while one runs.
///
/// It goes by the machine's clock: a simulated one would never stop an endless loop. Memory is what
/// the running thread allocated, whether or not it is still in use.
final class GraalWatch implements AutoCloseable {
  private static final long LOOK_NANOS = 4_000_000;

  /// The engine makes several bytes of its own for one that the script asks for.
  private static final int MEMORY_FACTOR = 8;

  /// One run being watched.
  static final class Watched {
    private final Context context;
    private final long thread;
    private final long deadlineNanos;
    private final long bytesMax;
    private volatile @Nullable Kind stopped;

    private Watched(Context context, long thread, long deadlineNanos, long bytesMax) {
      this.context = context;
      this.thread = thread;
      this.deadlineNanos = deadlineNanos;
      this.bytesMax = bytesMax;
    }

    /// The limit that ended the run, or null.
    @Nullable Kind stopped() {
      return stopped;
    }
  }

  private final Config config;
  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final Map<Watched, Boolean> running = new ConcurrentHashMap<>();
  private final Thread looker;
  private volatile boolean isClosed;

  GraalWatch(Config config) {
    this.config = config;
    this.looker = Threads.platform("script-watch", this::look);
    looker.start();
  }

  Watched start(Context context) {
    long thread = Thread.currentThread().threadId();
    var watched =
        new Watched(
            context,
            thread,
            Clock.SYSTEM.nanos() + config.runTime().toNanos(),
            threads.getThreadAllocatedBytes(thread) + MEMORY_FACTOR * config.memoryBytes());
    running.put(watched, true);
    LockSupport.unpark(looker);
    return watched;
  }

  void end(Watched watched) {
    running.remove(watched);
  }

  private void look() {
    while (!isClosed) {
      if (running.isEmpty()) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, LOOK_NANOS);
        running.keySet().forEach(this::check);
      }
    }
  }

  private void check(Watched watched) {
    boolean isLate = Clock.SYSTEM.nanos() - watched.deadlineNanos > 0;
    if (isLate || threads.getThreadAllocatedBytes(watched.thread) > watched.bytesMax) {
      watched.stopped = isLate ? Kind.TIME : Kind.MEMORY;
      running.remove(watched);
      watched.context.close(true);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(looker);
  }
}
