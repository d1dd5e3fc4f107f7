package io.millrace.store.messages;

import java.util.Arrays;
import java.util.zip.CRC32C;

/// The first bytes of every block: kind, version, checksum of the rest.
final class Framing {
  static final int MESSAGES = 'M';
  static final int PUBLISHES = 'P';
  static final int HEAD = 6;
  private static final int VERSION = 1;

  private Framing() {}

  /// Begins a block; [#seal] completes it.
  static void begin(int kind, BlockOutput out) {
    out.u8(kind);
    out.u8(VERSION);
    out.u8(0);
    out.u8(0);
    out.u8(0);
    out.u8(0);
  }

  static byte[] seal(BlockOutput out) {
    var block = Arrays.copyOf(out.array(), out.size());
    int sum = sum(block);
    for (int i = 0; i < 4; i++) {
      block[2 + i] = (byte) (sum >>> (24 - 8 * i));
    }
    return block;
  }

  static BlockInput open(int kind, byte[] block) {
    if (block.length < HEAD || block[0] != kind) {
      throw new DamagedBlockException("it is not of kind " + (char) kind);
    }
    if (block[1] != VERSION) {
      throw new DamagedBlockException(
          "it has version %d, this program reads %d".formatted(block[1], VERSION));
    }
    int sum = 0;
    for (int i = 0; i < 4; i++) {
      sum = sum << 8 | (block[2 + i] & 0xff);
    }
    if (sum != sum(block)) {
      throw new DamagedBlockException("its checksum does not match");
    }
    return new BlockInput(block, HEAD);
  }

  private static int sum(byte[] block) {
    var crc = new CRC32C();
    crc.update(block, HEAD, block.length - HEAD);
    return (int) crc.getValue();
  }
}
