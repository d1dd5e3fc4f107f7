/// The Firebase Realtime Database API: REST, event stream, SDK WebSocket.
///
/// Not here: the trees themselves (`store/realtime`). Start with [RealtimeApi]. Requests are
/// answered on the port's event loop from snapshots; writes complete on a writer thread, whose
/// news are handed back to the connection's event loop.
@NullMarked
package io.millrace.wire.realtime;

import org.jspecify.annotations.NullMarked;
