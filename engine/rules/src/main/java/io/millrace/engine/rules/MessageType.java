package io.millrace.engine.rules;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// ThingsBoard's message types and the connection by which the message type switch emits each.
public enum MessageType {
  POST_ATTRIBUTES_REQUEST("Post attributes"),
  POST_TELEMETRY_REQUEST("Post telemetry"),
  TO_SERVER_RPC_REQUEST("RPC Request from Device"),
  ACTIVITY_EVENT("Activity Event"),
  INACTIVITY_EVENT("Inactivity Event"),
  CONNECT_EVENT("Connect Event"),
  DISCONNECT_EVENT("Disconnect Event"),
  ENTITY_CREATED("Entity Created"),
  ENTITY_UPDATED("Entity Updated"),
  ENTITY_DELETED("Entity Deleted"),
  ENTITY_ASSIGNED("Entity Assigned"),
  ENTITY_UNASSIGNED("Entity Unassigned"),
  ATTRIBUTES_UPDATED("Attributes Updated"),
  ATTRIBUTES_DELETED("Attributes Deleted"),
  ALARM("Alarm"),
  ALARM_CREATED("Alarm Created"),
  ALARM_UPDATED("Alarm Updated"),
  ALARM_SEVERITY_UPDATED("Alarm Severity Updated"),
  ALARM_ACK("Alarm Acknowledged"),
  ALARM_CLEAR("Alarm Cleared"),
  ALARM_DELETE("Other"),
  ALARM_ASSIGNED("Alarm Assigned"),
  ALARM_UNASSIGNED("Alarm Unassigned"),
  COMMENT_CREATED("Comment Created"),
  COMMENT_UPDATED("Comment Updated"),
  RPC_CALL_FROM_SERVER_TO_DEVICE("RPC Request to Device"),
  ENTITY_ASSIGNED_FROM_TENANT("Entity Assigned From Tenant"),
  ENTITY_ASSIGNED_TO_TENANT("Entity Assigned To Tenant"),
  TIMESERIES_UPDATED("Timeseries Updated"),
  TIMESERIES_DELETED("Timeseries Deleted"),
  RPC_QUEUED("RPC Queued"),
  RPC_SENT("RPC Sent"),
  RPC_DELIVERED("RPC Delivered"),
  RPC_SUCCESSFUL("RPC Successful"),
  RPC_TIMEOUT("RPC Timeout"),
  RPC_EXPIRED("RPC Expired"),
  RPC_FAILED("RPC Failed"),
  RPC_DELETED("RPC Deleted"),
  RELATION_ADD_OR_UPDATE("Relation Added or Updated"),
  RELATION_DELETED("Relation Deleted"),
  RELATIONS_DELETED("All Relations Deleted"),
  REST_API_REQUEST("REST API request");

  /// The connection of every type that has none of its own.
  public static final String OTHER = "Other";

  private static final Map<String, MessageType> BY_NAME = new HashMap<>();
  private final String connection;

  static {
    for (var type : values()) {
      BY_NAME.put(type.name(), type);
    }
  }

  MessageType(String connection) {
    this.connection = connection;
  }

  public String connection() {
    return connection;
  }

  /// The type of that name; null for one that a script made up.
  public static @Nullable MessageType of(String name) {
    return BY_NAME.get(name);
  }

  public boolean is(RuleMessage message) {
    return message.type().equals(name());
  }
}
