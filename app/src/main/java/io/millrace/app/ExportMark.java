package io.millrace.app;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How far an export to CSV has come, in a file beside its draft.
///
/// @param what the export that was asked for; another one begins anew
/// @param devices that are written whole
/// @param bytes of the draft up to there
/// @param rows up to there
record ExportMark(String what, int devices, long bytes, long rows) {
  private static final int LINES = 4;

  /// How far the draft has come; nothing when it is not of this export.
  static ExportMark read(Path draft, String what) throws IOException {
    var file = file(draft);
    if (Files.exists(file) && Files.exists(draft)) {
      var lines = Files.readAllLines(file);
      if (lines.size() == LINES && lines.get(0).equals(what)) {
        var mark =
            new ExportMark(
                what,
                Integer.parseInt(lines.get(1)),
                Long.parseLong(lines.get(2)),
                Long.parseLong(lines.get(3)));
        if (Files.size(draft) >= mark.bytes) {
          return mark;
        }
      }
    }
    return new ExportMark(what, 0, 0, 0);
  }

  void write(Path draft) throws IOException {
    Files.write(file(draft), List.of(what, "" + devices, "" + bytes, "" + rows));
  }

  /// The draft, cut off behind what is whole.
  BufferedWriter reopen(Path draft) throws IOException {
    var open = new RandomAccessFile(draft.toFile(), "rw");
    open.setLength(bytes);
    open.seek(bytes);
    var out = Channels.newOutputStream(open.getChannel());
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
  }

  static void delete(Path draft) throws IOException {
    Files.deleteIfExists(file(draft));
  }

  private static Path file(Path draft) {
    return draft.resolveSibling(draft.getFileName() + ".progress");
  }
}
