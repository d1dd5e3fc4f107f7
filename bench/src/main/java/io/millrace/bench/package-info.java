/// Measurements: load runs against whole processes, and JMH benchmarks of inner parts.
///
/// Not shipped and not tested; figures go to `docs/benchmarks.md` with machine and date. Start with
/// [Bench]. Each run makes the threads it needs.
@NullMarked
package io.millrace.bench;

import org.jspecify.annotations.NullMarked;
