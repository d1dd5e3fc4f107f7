package io.millrace.store.commit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Takes the commits that were refused off the end of RocksDB's write-ahead log.
///
/// A write that failed may be in that file all the same, whole: as when only its sync failed. Its
/// sender was told that nothing was stored, so it must not come back when the log is read again.
///
/// The file is a row of blocks of 32 KiB; a record is one or more fragments, none of which crosses
/// a block: checksum (4 bytes), length (2), type (1: whole, 2: first, 3: middle, 4: last; others
/// are notes), content. A record's content begins with the number of its first change (8 bytes).
final class RefusedTail {
  private static final int BLOCK = 32 << 10;
  private static final int HEADER = 7;
  private static final int WHOLE = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;

  private RefusedTail() {}

  /// Cuts off what comes after change number `last`; the database must be closed.
  ///
  /// @return the bytes that were cut off
  static long cut(Path files, long last) throws IOException {
    List<Path> logs;
    try (var all = Files.list(files)) {
      logs = all.filter(file -> file.getFileName().toString().endsWith(".log")).sorted().toList();
    }
    long cut = 0;
    for (var file : logs) {
      cut += cutFile(file, last);
    }
    return cut;
  }

  private static long cutFile(Path file, long last) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      long end = firstAfter(channel, last);
      if (end == size) {
        return 0;
      }
      channel.truncate(end);
      channel.force(true);
      return size - end;
    }
  }

  /// Where the first record begins whose number is higher; the end of the file if there is none.
  private static long firstAfter(FileChannel channel, long last) throws IOException {
    var block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);
    var number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long record = 0;
    for (long start = 0; start < channel.size(); start += BLOCK) {
      read(channel, start, block);
      while (block.remaining() >= HEADER) {
        long fragment = start + block.position();
        int length = Short.toUnsignedInt(block.getShort(block.position() + 4));
        int type = block.get(block.position() + 6);
        if (type == 0 || length > block.remaining() - HEADER) {
          break; // not written, or torn: RocksDB itself reads no further
        }
        block.position(block.position() + HEADER);
        if (type == WHOLE || type == FIRST) {
          record = fragment;
          number.clear();
        }
        if (type <= LAST && number.hasRemaining()) {
          int taken = Math.min(number.remaining(), length);
          number.put(block.slice(block.position(), taken));
          if (!number.hasRemaining() && number.getLong(0) > last) {
            return record;
          }
        }
        block.position(block.position() + length);
      }
    }
    return channel.size();
  }

  private static void read(FileChannel channel, long at, ByteBuffer block) throws IOException {
    block.clear();
    int read = channel.read(block, at);
    while (read > 0 && block.hasRemaining()) {
      read = channel.read(block, at + block.position());
    }
    block.flip();
  }
}
