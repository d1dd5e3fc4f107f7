package io.millrace.wire.admin;

import io.millrace.wire.admin.MetricText.Kind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The process and its JVM, under the names that Prometheus' own clients use.
final class JvmMetrics {
  private static final Path STATUS = Path.of("/proc/self/status");

  private JvmMetrics() {}

  static void write(MetricText text) {
    process(text);
    memory(text);
    collections(text);
    threads(text);
    var runtime = ManagementFactory.getRuntimeMXBean();
    text.family("jvm_info", Kind.GAUGE, "The Java machine; always 1.")
        .sample(Map.of("version", runtime.getVmVersion(), "vendor", runtime.getVmVendor()), 1);
  }

  private static void process(MetricText text) {
    var runtime = ManagementFactory.getRuntimeMXBean();
    text.one(
        "process_start_time_seconds",
        Kind.GAUGE,
        "When the process was started, in seconds since 1970-01-01.",
        runtime.getStartTime() / 1000.0);
    text.one(
        "process_uptime_seconds",
        Kind.GAUGE,
        "For how long the process has been running.",
        runtime.getUptime() / 1000.0);
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      text.one(
          "process_cpu_seconds_total",
          Kind.COUNTER,
          "Processor time used, user and system.",
          Math.max(0, system.getProcessCpuTime()) / 1e9);
    }
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
      text.one(
          "process_open_fds",
          Kind.GAUGE,
          "Open file descriptors.",
          (double) unix.getOpenFileDescriptorCount());
      text.one(
          "process_max_fds",
          Kind.GAUGE,
          "Open file descriptors at most.",
          (double) unix.getMaxFileDescriptorCount());
    }
    long resident = residentBytes();
    if (resident > 0) {
      text.one("process_resident_memory_bytes", Kind.GAUGE, "Memory in RAM.", (double) resident);
    }
  }

  /// From the kernel, where it tells.
  private static long residentBytes() {
    try {
      for (var line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      return 0; // not Linux
    }
    return 0;
  }

  private static void memory(MetricText text) {
    var memory = ManagementFactory.getMemoryMXBean();
    var areas =
        Map.of("heap", memory.getHeapMemoryUsage(), "nonheap", memory.getNonHeapMemoryUsage());
    text.family("jvm_memory_used_bytes", Kind.GAUGE, "Memory that the Java machine uses.");
    areas.forEach((area, usage) -> text.sample(Map.of("area", area), (double) usage.getUsed()));
    text.family("jvm_memory_committed_bytes", Kind.GAUGE, "Memory that it has reserved.");
    areas.forEach(
        (area, usage) -> text.sample(Map.of("area", area), (double) usage.getCommitted()));
    text.family("jvm_memory_max_bytes", Kind.GAUGE, "Memory that it may use; -1 is no bound.");
    areas.forEach((area, usage) -> text.sample(Map.of("area", area), (double) usage.getMax()));
    text.family("jvm_buffer_pool_used_bytes", Kind.GAUGE, "Memory of buffers outside the heap.");
    for (var pool :
        ManagementFactory.getPlatformMXBeans(java.lang.management.BufferPoolMXBean.class)) {
      text.sample(Map.of("pool", pool.getName()), (double) pool.getMemoryUsed());
    }
  }

  private static void collections(MetricText text) {
    text.family("jvm_gc_collection_seconds", Kind.SUMMARY, "Garbage collections and their time.");
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      var labels = Map.of("gc", collector.getName());
      text.sample("_sum", labels, Math.max(0, collector.getCollectionTime()) / 1000.0);
      text.sample("_count", labels, (double) Math.max(0, collector.getCollectionCount()));
    }
  }

  private static void threads(MetricText text) {
    var threads = ManagementFactory.getThreadMXBean();
    text.one("jvm_threads_current", Kind.GAUGE, "Platform threads.", threads.getThreadCount());
    text.one("jvm_threads_peak", Kind.GAUGE, "Most at once.", threads.getPeakThreadCount());
    text.one(
        "jvm_classes_loaded",
        Kind.GAUGE,
        "Classes that are loaded.",
        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
  }
}
