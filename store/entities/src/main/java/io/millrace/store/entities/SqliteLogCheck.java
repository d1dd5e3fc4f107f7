package io.millrace.store.entities;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Reads SQLite's write-ahead log, which a killed process leaves behind, and compares checksums.
///
/// SQLite itself ends at the first frame that is wrong; what was committed behind it would be lost
/// without a word. The file: 32 bytes (magic, version, page size, number, two salts, two sums),
/// then frames: 24 bytes (page, size, two salts, two sums) and a page. A sum goes on from that of
/// the frame before. Frames of an earlier use of the file, with both salts different, may follow.
final class SqliteLogCheck {
  private static final int MAGIC = 0x377f0682; // plus 1: the sums are over big-endian words
  private static final int HEADER = 32;
  private static final int FRAME = 24;
  private static final int PAGE_MAX = 65_536;

  private int first; // the two sums so far
  private int second;

  private SqliteLogCheck() {}

  /// What is wrong with it; empty when nothing is, or there is none.
  static Optional<String> problem(Path log) throws IOException {
    if (!Files.exists(log) || Files.size(log) == 0) {
      return Optional.empty();
    }
    try (var channel = FileChannel.open(log, StandardOpenOption.READ)) {
      return new SqliteLogCheck()
          .firstDamage(channel)
          .map(at -> "%s is damaged at byte %d".formatted(log, at));
    }
  }

  private Optional<Long> firstDamage(FileChannel channel) throws IOException {
    var header = read(channel, 0, HEADER);
    int magic = header.getInt(0);
    int page = header.getInt(8);
    boolean isHeader =
        (magic & ~1) == MAGIC && page >= 512 && page <= PAGE_MAX && Integer.bitCount(page) == 1;
    var order = (magic & 1) == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    if (!isHeader) {
      return Optional.of(0L);
    }
    sum(header.slice(0, HEADER - 8).order(order));
    if (!isSum(header, HEADER - 8)) {
      return Optional.of(0L);
    }
    for (long at = HEADER; at + FRAME + page <= channel.size(); at += FRAME + page) {
      var frame = read(channel, at, FRAME + page);
      boolean isFirstSalt = frame.getInt(8) == header.getInt(16);
      boolean isSecondSalt = frame.getInt(12) == header.getInt(20);
      if (!isFirstSalt && !isSecondSalt) {
        return Optional.empty(); // of an earlier use
      }
      sum(frame.slice(0, 8).order(order));
      sum(frame.slice(FRAME, page).order(order));
      if (!isFirstSalt || !isSecondSalt || !isSum(frame, 16)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private void sum(ByteBuffer words) {
    while (words.hasRemaining()) {
      first += words.getInt() + second;
      second += words.getInt() + first;
    }
  }

  private boolean isSum(ByteBuffer in, int at) {
    return in.getInt(at) == first && in.getInt(at + 4) == second;
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    var bytes = ByteBuffer.allocate(length);
    int read = channel.read(bytes, at);
    while (read > 0 && bytes.hasRemaining()) {
      read = channel.read(bytes, at + bytes.position());
    }
    return bytes.clear();
  }
}
