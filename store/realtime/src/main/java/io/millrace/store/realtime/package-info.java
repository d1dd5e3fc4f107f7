/// The realtime databases: an immutable JSON tree each, its writer, listeners and durable rows.
///
/// Not here: Firebase's REST and WebSocket words (`wire/realtime`). Start with [RealtimeStore],
/// then [Database] and [Node]. Any thread reads and asks for writes; each database applies its
/// writes one after the other on a writer thread, which also tells the listeners.
@NullMarked
package io.millrace.store.realtime;

import org.jspecify.annotations.NullMarked;
