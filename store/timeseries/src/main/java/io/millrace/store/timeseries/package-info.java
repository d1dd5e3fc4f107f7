/// Telemetry: points of a key of an entity over time, their ranges, aggregates and latest values.
///
/// Not here: which points are saved (rule nodes), who watches them (`engine/live`). Start with
/// [TimeseriesStore]; `docs/formats/telemetry-blocks.md` draws the bytes. One thread writes an
/// entity (its partition's), through its commit; any thread reads what is committed; one seals.
@NullMarked
package io.millrace.store.timeseries;

import org.jspecify.annotations.NullMarked;
