/// The doors to time, chance and threads, and the process's counters.
///
/// All code reads the clock, draws random numbers and starts threads through this room, so that the
/// whole process can run on a simulated world. Start with [Clock], [Scheduler], [Threads].
@NullMarked
package io.millrace.base.runtime;

import org.jspecify.annotations.NullMarked;
