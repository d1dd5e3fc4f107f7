/// Alarms: at most one active per originator and type, with ThingsBoard's life cycle and fields.
///
/// Not here: what raises them (`engine/rules`), who is told (`engine/live`), REST (`wire/user`).
/// Start with [Alarms]. Writes run on the originator's partition thread; reads on any thread.
@NullMarked
package io.millrace.engine.alarms;

import org.jspecify.annotations.NullMarked;
