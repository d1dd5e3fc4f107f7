package io.millrace.engine.alarms;

import java.util.Comparator;

/// By what a list of alarms is sorted; equal ones come in the order they were created.
public enum AlarmSort {
  CREATED_TIME("createdTime"),
  START_TS("startTs"),
  END_TS("endTs"),
  ACK_TS("ackTs"),
  CLEAR_TS("clearTs"),
  TYPE("type"),
  SEVERITY("severity"),
  STATUS("status"),
  ORIGINATOR("originator");

  private final String property;

  AlarmSort(String property) {
    this.property = property;
  }

  /// The sort that ThingsBoard's `sortProperty` names; by creation when it names none of these.
  public static AlarmSort of(String property) {
    for (var sort : values()) {
      if (sort.property.equals(property)) {
        return sort;
      }
    }
    return CREATED_TIME;
  }

  Comparator<Alarm> order(boolean ascending) {
    var order = first().thenComparingLong(Alarm::createdTime).thenComparing(Alarm::id);
    return ascending ? order : order.reversed();
  }

  private Comparator<Alarm> first() {
    return switch (this) {
      case CREATED_TIME -> Comparator.comparingLong(Alarm::createdTime);
      case START_TS -> Comparator.comparingLong(Alarm::startTs);
      case END_TS -> Comparator.comparingLong(Alarm::endTs);
      case ACK_TS -> Comparator.comparingLong(Alarm::ackTs);
      case CLEAR_TS -> Comparator.comparingLong(Alarm::clearTs);
      case TYPE -> Comparator.comparing(Alarm::type);
      case SEVERITY -> Comparator.comparing(Alarm::severity);
      case STATUS -> Comparator.comparing(Alarm::status);
      case ORIGINATOR -> Comparator.comparing(alarm -> alarm.originator().toString());
    };
  }
}
