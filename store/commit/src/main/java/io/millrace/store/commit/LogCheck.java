package io.millrace.store.commit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/// Reads one of RocksDB's logs (a write-ahead log or a manifest) and compares every checksum.
///
/// The file is drawn in [RefusedTail]. RocksDB itself ends at the first record that is wrong
/// and takes it for the end; what lies behind would be lost without a word.
final class LogCheck {
  private static final int BLOCK = 32 << 10;
  private static final int HEADER = 7;
  private static final int MASK = 0xa282ead8; // what RocksDB adds to a rotated checksum

  private final Path file;
  private final Consumer<String> fault;
  private final Consumer<String> note;
  private final byte[] bytes = new byte[BLOCK];
  private long size;
  private long end = -1; // of the records, where room that was never written begins
  private boolean isDone;

  private LogCheck(Path file, Consumer<String> fault, Consumer<String> note) {
    this.file = file;
    this.fault = fault;
    this.note = note;
  }

  /// Tells of the first fault, or that the last record is not whole, which is what a process
  /// that was killed in a write leaves behind: nobody was told that it was stored.
  static void of(Path file, Consumer<String> fault, Consumer<String> note) throws IOException {
    new LogCheck(file, fault, note).run();
  }

  private void run() throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      size = channel.size();
      for (long start = 0; start < size && !isDone; start += BLOCK) {
        int length = read(channel, start);
        if (end < 0) {
          records(start, length);
        } else {
          blanks(start, 0, length);
        }
      }
    }
  }

  private void records(long start, int length) {
    var block = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (length - at >= HEADER && !isDone) {
      int content = Short.toUnsignedInt(block.getShort(at + 4));
      if (bytes[at + 6] == 0 && content == 0 && block.getInt(at) == 0) {
        end = start + at;
        break;
      }
      if (at + HEADER + content > length) {
        tooLong(start, at, content, length);
      } else if (block.getInt(at) != checksum(at + 6, content + 1)) {
        damagedAt(start + at);
      }
      at += HEADER + content;
    }
    if (!isDone) {
      blanks(start, at, length);
    }
  }

  /// A record that claims to go on behind its block, or behind the file.
  private void tooLong(long start, int at, int content, int length) {
    boolean isLast = at + HEADER + content <= BLOCK; // the block is cut off there
    if (isLast && !isWhole(at, length)) {
      isDone = true;
      note.accept(
          "the last record of %s, at byte %d, is not whole: a process was killed while it wrote it"
              .formatted(file, start + at));
    } else {
      damagedAt(start + at);
    }
  }

  /// Whether its checksum is right for a smaller length: then only the length is damaged, which the
  /// checksum leaves out.
  private boolean isWhole(int at, int until) {
    int expected = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    var crc = new CRC32C();
    for (int i = at + 6; i < until; i++) {
      crc.update(bytes[i]);
      if (masked(crc) == expected) {
        return true;
      }
    }
    return false;
  }

  /// What is too short for a record before the next block, and what was never written, is zeros.
  private void blanks(long start, int from, int until) {
    boolean isTail = end < 0 && until < BLOCK; // of the last block: the start of a torn record
    for (int i = from; i < until && !isDone && !isTail; i++) {
      if (bytes[i] != 0) {
        damagedAt(end < 0 ? start + i : end);
      }
    }
  }

  private void damagedAt(long at) {
    isDone = true;
    fault.accept("%s is damaged at byte %d".formatted(file, at));
  }

  private int checksum(int from, int length) {
    var crc = new CRC32C();
    crc.update(bytes, from, length);
    return masked(crc);
  }

  private static int masked(CRC32C crc) {
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }

  private int read(FileChannel channel, long at) throws IOException {
    var block = ByteBuffer.wrap(bytes);
    int read = channel.read(block, at);
    while (read > 0 && block.hasRemaining()) {
      read = channel.read(block, at + block.position());
    }
    return block.position();
  }
}
