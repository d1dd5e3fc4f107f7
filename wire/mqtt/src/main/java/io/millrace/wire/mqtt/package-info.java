/// The MQTT broker: listeners, sessions, subscriptions, retained messages and QoS.
///
/// Knows nothing of devices or rules; those come in through [Authenticator], [Authorizer] and
/// [Tap]. Packets are in `codec`. Start with [MqttServer]. A session runs on one event loop.
@NullMarked
package io.millrace.wire.mqtt;

import org.jspecify.annotations.NullMarked;
