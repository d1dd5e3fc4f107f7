package io.millrace.engine.alarms;

/// Whether the condition still holds and whether a person has taken note: ThingsBoard's four.
public enum AlarmStatus {
  ACTIVE_UNACK,
  ACTIVE_ACK,
  CLEARED_UNACK,
  CLEARED_ACK;

  public static AlarmStatus of(boolean cleared, boolean acknowledged) {
    if (cleared) {
      return acknowledged ? CLEARED_ACK : CLEARED_UNACK;
    }
    return acknowledged ? ACTIVE_ACK : ACTIVE_UNACK;
  }

  public boolean isCleared() {
    return this == CLEARED_UNACK || this == CLEARED_ACK;
  }

  public boolean isAcknowledged() {
    return this == ACTIVE_ACK || this == CLEARED_ACK;
  }
}
