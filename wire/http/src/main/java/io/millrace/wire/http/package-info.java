/// HTTP ports: routing, bodies, errors, WebSocket upgrade, the files of the web UI, and calls out.
///
/// Knows nothing of devices, rules or users; rooms beside it add routes to an [HttpListener]. Start
/// with [HttpServer]. Routes run on Vert.x event loops and must not block; what blocks goes through
/// [BlockingHandlers], one virtual thread per request.
@NullMarked
package io.millrace.wire.http;

import org.jspecify.annotations.NullMarked;
