package io.millrace.engine.rules.nodes;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.Outcome;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.rules.RuleMessage;

/// What nodes share that speak to a service by one HTTP request.
final class HttpAnswer {
  private HttpAnswer() {}

  /// A POST of that body.
  ///
  /// @param sign how `wire/http` signs it when it is sent; empty: not at all
  static OutsideCall post(String url, JsonObject headers, String body, JsonObject sign) {
    var request =
        JsonObject.builder()
            .put("method", "POST")
            .put("url", url)
            .put("headers", headers)
            .put("body", body);
    if (!sign.isEmpty()) {
      request.put("sign", sign);
    }
    return new OutsideCall(OutsideCall.HTTP, request.build());
  }

  /// Why it went wrong; empty for a 2xx status.
  static String error(Answer answer) {
    var result = answer.result();
    if (!answer.delivered()) {
      return result.text("error", "The call was given up.");
    }
    long status = result.get("status") instanceof JsonLong(long code) ? code : 0;
    return status >= 200 && status < 300
        ? ""
        : "The service answered %d %s: %s"
            .formatted(status, result.text("statusText", ""), result.text("body", ""));
  }

  static Outcome failed(RuleMessage message, String error) {
    return Outcome.failed(message.withMetadata("error", error), error);
  }
}
