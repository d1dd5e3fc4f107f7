package io.millrace.base.model;

import java.util.Arrays;

/// ThingsBoard's entity types that Millrace knows; the names are those of its JSON.
public enum EntityType {
  TENANT(1),
  CUSTOMER(2),
  USER(3),
  DASHBOARD(4),
  ASSET(5),
  DEVICE(6),
  ALARM(7),
  RULE_CHAIN(8),
  RULE_NODE(9),
  ENTITY_VIEW(10),
  TENANT_PROFILE(11),
  DEVICE_PROFILE(12),
  ASSET_PROFILE(13),
  API_KEY(14),
  NOTIFICATION(15),
  CALCULATED_FIELD(16),
  /// Millrace's own: ThingsBoard's JSON shows the bare id of credentials.
  DEVICE_CREDENTIALS(17),
  WIDGETS_BUNDLE(18),
  WIDGET_TYPE(19),
  TB_RESOURCE(20),
  NOTIFICATION_TARGET(21),
  NOTIFICATION_TEMPLATE(22),
  NOTIFICATION_RULE(23),
  NOTIFICATION_REQUEST(24),
  QUEUE(25);

  private static final EntityType[] BY_CODE = byCode();
  private final byte code;

  EntityType(int code) {
    this.code = (byte) code;
  }

  /// The byte that stands for this type in stored keys; never reused.
  public byte code() {
    return code;
  }

  /// The type whose [#code] that is.
  public static EntityType of(byte code) {
    return BY_CODE[code];
  }

  private static EntityType[] byCode() {
    var types =
        new EntityType[Arrays.stream(values()).mapToInt(EntityType::code).max().orElse(0) + 1];
    for (var type : values()) {
      types[type.code] = type;
    }
    return types;
  }
}
