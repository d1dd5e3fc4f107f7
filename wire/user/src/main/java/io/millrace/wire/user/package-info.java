/// The API that people and programs use: REST and WebSocket, in ThingsBoard's paths and shapes.
///
/// One `XApi` per resource, mounted by [UserApi], the place to start. Not here: device-side paths
/// (`wire/device`), the realtime database, who may sign in (`engine/access`). Handlers run on
/// virtual threads and may block; socket handlers run on event loops and must not.
@NullMarked
package io.millrace.wire.user;

import org.jspecify.annotations.NullMarked;
