/// MQTT packets as bytes and back: 3.1, 3.1.1 and 5.0.
///
/// One decoder and one encoder per packet, listed in [PacketType]; no state beyond one packet.
/// Not here: what a packet means. Start with [Packet]. Runs on the caller's thread.
@NullMarked
package io.millrace.wire.mqtt.codec;

import org.jspecify.annotations.NullMarked;
