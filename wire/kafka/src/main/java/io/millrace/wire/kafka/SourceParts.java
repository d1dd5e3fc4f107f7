package io.millrace.wire.kafka;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Counters;
import io.millrace.engine.pipeline.Ingest;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.schemas.SchemaRegistry;
import java.util.function.Supplier;

/// What all sources work with.
///
/// @param tokens makes access tokens for new devices, which nobody can guess
record SourceParts(
    FlowConfig config,
    KafkaConnection kafka,
    CommitStore store,
    EntityStore entities,
    Ingest ingest,
    SchemaRegistry registry,
    Supplier<String> tokens,
    Clock clock,
    Counters counters) {}
