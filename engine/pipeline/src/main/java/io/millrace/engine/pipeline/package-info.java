/// What happens between a message's arrival and its acknowledgement, and how calls leave the house.
///
/// Ingest, partitions, the one commit per batch, the outbox and its dead letters. Not here: what a
/// message means (`engine/rules`), protocols (`wire`). Start with [Pipeline]. A partition is one
/// thread that owns its state; deliveries run on virtual threads.
@NullMarked
package io.millrace.engine.pipeline;

import org.jspecify.annotations.NullMarked;
