package io.millrace.app;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import io.millrace.base.runtime.Scheduler;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the heap keep room while there is work, and give it back when there is none.
///
/// The launcher has a small heap kept (`MaxHeapFreeRatio=15`), so that an idle Millrace takes
/// little memory. Under load that makes the collector run without end: measured, ten times as many
/// pauses. On the scheduler's thread.
final class HeapRoom implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HeapRoom.class);
  private static final String OPTION = "MaxHeapFreeRatio";
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final long BUSY_NANOS = Duration.ofMillis(200).toNanos(); // of CPU between looks
  private static final int IDLE_LOOKS = 10;
  private static final int PERCENT_BUSY = 75;

  private final Scheduler.Cancel timer;
  private boolean isRoomy;
  private long lastCpu;
  private int idleLooks;

  HeapRoom(Scheduler scheduler) {
    timer = scheduler.every(LOOK, this::look);
  }

  private void look() {
    if (Machine.WHEN_IDLE.isEmpty()) {
      timer.cancel();
      return;
    }
    long cpu = Machine.SYSTEM.getProcessCpuTime();
    idleLooks = cpu - lastCpu > BUSY_NANOS ? 0 : idleLooks + 1;
    lastCpu = cpu;
    boolean wanted = idleLooks < IDLE_LOOKS;
    if (wanted != isRoomy) {
      isRoomy = wanted;
      Machine.HEAP.setVMOption(OPTION, wanted ? "" + PERCENT_BUSY : Machine.WHEN_IDLE);
    }
  }

  @Override
  public void close() {
    timer.cancel();
  }

  /// Made at the first look, not while Millrace starts: its classes take a while.
  private static final class Machine {
    static final HotSpotDiagnosticMXBean HEAP =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    static final OperatingSystemMXBean SYSTEM =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /// The launcher's value; empty where the heap is not kept small, or the option is unknown.
    static final String WHEN_IDLE = whenIdle();

    private static String whenIdle() {
      try {
        var option = HEAP.getVMOption(OPTION);
        boolean isSmall = Integer.parseInt(option.getValue()) < PERCENT_BUSY;
        return option.isWriteable() && isSmall ? option.getValue() : "";
      } catch (IllegalArgumentException e) {
        log.debug("This JVM has no {}: {}", OPTION, e.getMessage());
        return "";
      }
    }
  }
}
