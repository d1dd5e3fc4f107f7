package io.millrace.engine.alarms;

import java.util.List;

/// One page of a list of alarms, with ThingsBoard's page fields.
public record AlarmPage(List<Alarm> data, int totalPages, long totalElements, boolean hasNext) {}
