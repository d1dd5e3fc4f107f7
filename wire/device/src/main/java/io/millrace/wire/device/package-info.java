/// The API that devices use, over MQTT topics and HTTP paths: ThingsBoard's.
///
/// Who a device is, what its topics and bodies mean, what it is answered. Not here: the protocols
/// (`wire/mqtt`, `wire/http`), what becomes of a message (`engine/pipeline`). Start with
/// [DeviceTopics]. Runs on event loops and on virtual threads.
@NullMarked
package io.millrace.wire.device;

import org.jspecify.annotations.NullMarked;
