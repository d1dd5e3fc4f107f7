package io.millrace.engine.alarms;

import java.util.Set;

/// Which alarms to list, and which page of them.
///
/// @param page counted from 0
/// @param fromTs created at or after, milliseconds
/// @param untilTs created at or before, milliseconds
/// @param statuses any of these; empty means all
/// @param severities any of these; empty means all
/// @param types any of these; empty means all
/// @param textSearch part of the type, whatever the case; empty means all
public record AlarmQuery(
    int pageSize,
    int page,
    long fromTs,
    long untilTs,
    Set<AlarmStatus> statuses,
    Set<AlarmSeverity> severities,
    Set<String> types,
    String textSearch,
    AlarmSort sort,
    boolean ascending) {
  public AlarmQuery {
    if (pageSize < 1 || page < 0) {
      throw new IllegalArgumentException(
          "pageSize=%d, page=%d: a page has at least one alarm and counts from 0."
              .formatted(pageSize, page));
    }
    statuses = Set.copyOf(statuses);
    severities = Set.copyOf(severities);
    types = Set.copyOf(types);
  }

  /// The newest alarms, all of them.
  public static AlarmQuery newest(int pageSize) {
    return new AlarmQuery(
        pageSize,
        0,
        0,
        Long.MAX_VALUE,
        Set.of(),
        Set.of(),
        Set.of(),
        "",
        AlarmSort.CREATED_TIME,
        false);
  }

  public AlarmQuery withStatuses(Set<AlarmStatus> wanted) {
    return new AlarmQuery(
        pageSize, page, fromTs, untilTs, wanted, severities, types, textSearch, sort, ascending);
  }
}
