package io.millrace.engine.scripts;

import io.millrace.base.json.JsonNull;

/// Lists of bytes: whole numbers from -128 to 127.
final class TbelBytes {
  private TbelBytes() {}

  static ScriptArray list(byte[] bytes, Run run) {
    run.allocate(16L * bytes.length);
    var items = new Object[bytes.length];
    for (int i = 0; i < items.length; i++) {
      items[i] = (int) bytes[i];
    }
    return new ScriptArray(items, false, run);
  }

  static byte[] of(Object value, Run run) {
    if (!(value instanceof ScriptArray list)) {
      throw Errors.type("A list of bytes is needed here, not " + TbelText.of(value));
    }
    run.allocate(list.size());
    run.work(list.size());
    var bytes = new byte[list.size()];
    for (int i = 0; i < bytes.length; i++) {
      var item = list.itemOr(i, JsonNull.NULL);
      bytes[i] =
          item instanceof String text && text.length() == 1
              ? (byte) text.charAt(0)
              : TbelNumbers.number(item).byteValue();
    }
    return bytes;
  }
}
