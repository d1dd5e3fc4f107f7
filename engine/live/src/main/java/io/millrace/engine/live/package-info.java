/// Who is watching what: tells watchers of telemetry, attributes and alarms after each commit.
///
/// Not here: sockets and their frames (`wire`), the values themselves (`store`, `engine/alarms`).
/// Start with [LiveUpdates]. News come on partition threads, watchers take them on their own.
@NullMarked
package io.millrace.engine.live;

import org.jspecify.annotations.NullMarked;
