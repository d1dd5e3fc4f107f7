package io.millrace.wire.user;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;

/// ThingsBoard's word for what a request does, told from its route.
final class AuditAction {
  private AuditAction() {}

  static String of(RouteTable.Route route, JsonValue body) {
    var path = route.path();
    boolean isDelete = route.method().equals("DELETE");
    if (path.startsWith("/api/plugins/telemetry")) {
      return telemetry(path, isDelete);
    }
    if (path.startsWith("/api/alarm/")) {
      return alarm(path, isDelete);
    }
    if (path.contains("/rpc/")) {
      return isDelete ? "DELETED" : "RPC_CALL";
    }
    if (path.contains("relation")) {
      return path.endsWith("/relations")
          ? "RELATIONS_DELETED"
          : isDelete ? "RELATION_DELETED" : "RELATION_ADD_OR_UPDATE";
    }
    if (path.endsWith("/device/credentials")) {
      return "CREDENTIALS_UPDATED";
    }
    if (path.startsWith("/api/customer/") && path.indexOf('/', "/api/customer/".length()) > 0) {
      return isDelete ? "UNASSIGNED_FROM_CUSTOMER" : "ASSIGNED_TO_CUSTOMER";
    }
    return other(path, isDelete, body);
  }

  private static String telemetry(String path, boolean isDelete) {
    var what = path.contains("/timeseries") ? "TIMESERIES" : "ATTRIBUTES";
    return what + (isDelete ? "_DELETED" : "_UPDATED");
  }

  private static String alarm(String path, boolean isDelete) {
    if (path.contains("/comment")) {
      return isDelete ? "DELETED_COMMENT" : "ADDED_COMMENT";
    }
    if (path.contains("/assign")) {
      return isDelete ? "ALARM_UNASSIGNED" : "ALARM_ASSIGNED";
    }
    return path.endsWith("/ack")
        ? "ALARM_ACK"
        : path.endsWith("/clear") ? "ALARM_CLEAR" : "ALARM_DELETE";
  }

  private static String other(String path, boolean isDelete, JsonValue body) {
    if (path.endsWith("/logout")) {
      return "LOGOUT";
    }
    if (isDelete) {
      return "DELETED";
    }
    boolean hasId =
        body instanceof JsonObject object
            && object.has("id")
            && !(object.get("id") instanceof JsonNull);
    return hasId || path.contains("{") ? "UPDATED" : "ADDED";
  }
}
