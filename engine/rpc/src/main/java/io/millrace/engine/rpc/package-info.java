/// Commands to devices and their replies: ThingsBoard's server-side RPC, live and persistent, and
/// the answers to what devices ask.
///
/// Start with [Rpcs]. Not here: topics and paths (`wire/device`), who may command (`wire/user`).
/// Any thread; what is kept is changed in its device's partition.
@NullMarked
package io.millrace.engine.rpc;

import org.jspecify.annotations.NullMarked;
