package io.millrace.wire.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Bytes received and not yet read: usually one socket buffer, read in place.
final class Input {
  private static final int COPY_BELOW_BYTES = 1024;
  private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
  private boolean first = true;
  private boolean connect;

  /// Takes the buffer over.
  void add(ByteBuf more) {
    if (first && more.isReadable()) {
      first = false;
      connect = more.getByte(more.readerIndex()) == 0x10;
    }
    if (!bytes.isReadable()) {
      bytes.release();
      bytes = more;
    } else {
      append(more);
    }
  }

  ByteBuf bytes() {
    return bytes;
  }

  /// True when the stream began as a CONNECT packet does.
  boolean startsWithConnect() {
    return connect;
  }

  /// Lets go of a buffer that was read to its end, and does not keep a big one for a small rest.
  void compact() {
    int left = bytes.readableBytes();
    if (left == 0) {
      release();
    } else if (left < COPY_BELOW_BYTES && bytes.capacity() > 2 * COPY_BELOW_BYTES) {
      var small = bytes.alloc().buffer(2 * left);
      small.writeBytes(bytes);
      bytes.release();
      bytes = small;
    }
  }

  void release() {
    bytes.release();
    bytes = Unpooled.EMPTY_BUFFER;
  }

  private void append(ByteBuf more) {
    if (more.readableBytes() > bytes.maxWritableBytes() || bytes.refCnt() > 1) {
      throw new IllegalStateException("input buffer is shared or full");
    }
    try {
      bytes.discardReadBytes();
      bytes.writeBytes(more);
    } finally {
      more.release();
    }
  }
}
