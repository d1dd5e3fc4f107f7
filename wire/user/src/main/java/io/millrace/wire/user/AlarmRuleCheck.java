package io.millrace.wire.user;

import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.conditions.AlarmDefinition;
import io.millrace.wire.http.HttpError;

/// Refuses a profile whose alarm rules cannot be run.
final class AlarmRuleCheck {
  private AlarmRuleCheck() {}

  static void check(JsonObject profileData) {
    try {
      var _ = AlarmDefinition.ofProfile(profileData);
    } catch (IllegalArgumentException e) {
      throw HttpError.badRequest(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }
}
