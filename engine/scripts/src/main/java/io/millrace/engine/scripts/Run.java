package io.millrace.engine.scripts;

import io.millrace.engine.scripts.ScriptException.Kind;

/// One run of a script: what it may still spend, and the world it sees. One thread.
final class Run {
  private static final int SLICE_STEPS = 8_192;

  private final World world;
  private long startedNanos;
  private long slice = SLICE_STEPS;
  private long stepsBehindSlice;
  private long memory;
  private int depth;
  private Object receiver = Undefined.UNDEFINED;

  Run(World world) {
    this.world = world;
    this.memory = world.config().memoryBytes();
    this.stepsBehindSlice = world.config().steps() - SLICE_STEPS;
  }

  World world() {
    return world;
  }

  /// One turn of a loop or one call.
  void step() {
    if (--slice < 0) {
      nextSlice();
    }
  }

  /// Built-in work as long as that many turns of a loop.
  void work(long steps) {
    slice -= steps;
    if (slice < 0) {
      nextSlice();
    }
  }

  private void nextSlice() {
    long needed = SLICE_STEPS - slice;
    if (stepsBehindSlice < needed) {
      throw new Stopped(
          Kind.TIME, "The script took more than " + world.config().steps() + " steps");
    }
    stepsBehindSlice -= needed;
    slice = SLICE_STEPS;
    long now = world.clock().nanos();
    if (startedNanos == 0) {
      startedNanos = now; // asked for only now: most runs end before, and the clock costs as much
    }
    if (now - startedNanos > world.runNanos()) {
      throw new Stopped(
          Kind.TIME, "The script ran longer than " + world.config().runTime().toMillis() + " ms");
    }
  }

  /// Asked before something of that size is made.
  void allocate(long bytes) {
    memory -= bytes;
    if (memory < 0) {
      throw new Stopped(
          Kind.MEMORY, "The script made more than " + world.config().memoryBytes() + " bytes");
    }
  }

  /// Before a function is called on that.
  void receiver(Object calledOn) {
    receiver = calledOn;
  }

  /// What the function that begins was called on; asked once, by functions that say `this`.
  Object takeReceiver() {
    var taken = receiver;
    receiver = Undefined.UNDEFINED;
    return taken;
  }

  void enter() {
    step();
    if (++depth > world.config().callDepth()) {
      throw new Stopped(
          Kind.DEPTH, "The script called itself deeper than " + world.config().callDepth());
    }
  }

  void leave() {
    depth--;
  }

  int depth() {
    return depth;
  }

  void depth(int restored) {
    depth = restored;
  }
}
