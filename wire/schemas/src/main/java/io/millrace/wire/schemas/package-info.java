/// Values that were written with a schema: Avro and Protobuf in Confluent's wire format, with the
/// schemas of any registry that speaks Confluent's REST, and plain JSON and text beside them. Knows
/// nothing of Kafka: bytes in, [io.millrace.base.json.JsonValue] out.
@NullMarked
package io.millrace.wire.schemas;

import org.jspecify.annotations.NullMarked;
