package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A message to a client, written once however many clients get it.
///
/// @param frames the same in UTF-8, as the frames of a WebSocket; never changed
record SdkMessage(String text, List<byte[]> frames) {

  static SdkMessage of(JsonObject message) {
    var text = message.toString();
    var frames =
        SdkFrames.cut(text).stream().map(piece -> piece.getBytes(StandardCharsets.UTF_8)).toList();
    return new SdkMessage(text, frames);
  }
}
