package io.millrace.base.runtime;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/// The only place that makes threads; `docs/concurrency.md` lists them by these names.
public final class Threads {
  private Threads() {}

  /// Platform daemon threads called `name-0`, `name-1`, …
  public static ThreadFactory factory(String name) {
    return Thread.ofPlatform().daemon().name(name + "-", 0).factory();
  }

  /// One platform daemon thread called `name`, not yet started.
  public static Thread platform(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).unstarted(work);
  }

  /// A virtual thread per task, called `name-N`, for plain blocking code. The caller bounds how
  /// many tasks it hands over.
  public static ExecutorService virtual(String name) {
    return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 0).factory());
  }
}
