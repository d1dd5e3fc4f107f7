package io.millrace.wire.realtime;

import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.WriteResult;
import io.millrace.store.realtime.WriteResult.Denied;
import io.millrace.store.realtime.WriteResult.Invalid;
import io.millrace.store.realtime.WriteResult.Stale;
import io.millrace.store.realtime.WriteResult.Unavailable;
import io.millrace.store.realtime.WriteResult.Written;

/// The answer that a request of an SDK waits for.
///
/// @param number the request's, as the client gave it
record Reply(SdkSession session, JsonValue number) {
  private static final JsonString DENIED = new JsonString("Permission denied");

  void send(String status, JsonValue data) {
    session.send(SdkMessages.answer(number, status, data));
  }

  void send(String status, String reason) {
    send(status, new JsonString(reason));
  }

  void ok() {
    send("ok", SdkMessages.NO_DATA);
  }

  void denied() {
    send("permission_denied", DENIED);
  }

  void notAnObject() {
    send("failure", "An update needs an object");
  }

  /// Nothing of it was looked at.
  void tooLong() {
    send("write_too_big", "The write is larger than realtime.sdkWriteBytesMax; write it in parts");
  }

  /// What became of a write.
  void result(WriteResult result) {
    switch (result) {
      case Written _ -> ok();
      case Stale _ -> send("datastale", "Transaction hash does not match");
      case Denied _ -> denied();
      case Invalid(var kind, var reason) ->
          send(kind == Invalid.Kind.TOO_BIG ? "write_too_big" : "failure", reason);
      case Unavailable(var reason) -> send("unavailable", reason);
    }
  }
}
