package io.millrace.engine.rules;

import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.scripts.Scripts;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.timeseries.TimeseriesStore;

/// The parts of the house that nodes read and write through.
public record NodeServices(
    Scripts scripts,
    TimeseriesStore timeseries,
    AttributeStore attributes,
    Alarms alarms,
    EntityStore entities,
    NodeStates states,
    Rpcs rpcs) {}
