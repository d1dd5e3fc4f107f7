package io.millrace.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// The least WebSocket client that can speak to a realtime database: text frames, no threads.
final class RawWebSocket implements AutoCloseable {
  private static final byte TEXT = (byte) 0x81;
  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(1 << 16).flip();

  private RawWebSocket(SocketChannel channel) {
    this.channel = channel;
  }

  /// Connects and reads the hello.
  static RawWebSocket connect(int port, String database) throws IOException {
    var channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.socket().setTcpNoDelay(true);
    var socket = new RawWebSocket(channel);
    socket.write(
        ByteBuffer.wrap(
            """
            GET /.ws?v=5&ns=%s HTTP/1.1\r
            Host: 127.0.0.1:%d\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Version: 13\r
            \r
            """
                .formatted(database, port)
                .getBytes(StandardCharsets.US_ASCII)));
    for (int matched = 0; matched < 4; ) {
      byte b = socket.next();
      matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
    }
    socket.read();
    return socket;
  }

  SocketChannel channel() {
    return channel;
  }

  /// A request with its number, action and body.
  void ask(int number, String action, String body) throws IOException {
    send("{\"t\":\"d\",\"d\":{\"r\":%d,\"a\":\"%s\",\"b\":%s}}".formatted(number, action, body));
  }

  private void send(String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    var frame = ByteBuffer.allocate(bytes.length + 8);
    frame.put(TEXT);
    if (bytes.length < 126) {
      frame.put((byte) (0x80 | bytes.length));
    } else {
      frame.put((byte) 0xFE).putShort((short) bytes.length);
    }
    frame.putInt(0).put(bytes).flip(); // masked with zeros
    write(frame);
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// The next text; blocks.
  String read() throws IOException {
    next();
    int length = next() & 0x7F;
    if (length == 126) {
      length = (next() & 0xFF) << 8 | (next() & 0xFF);
    }
    var text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = next();
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  private byte next() throws IOException {
    if (!in.hasRemaining()) {
      in.clear();
      if (channel.read(in) < 0) {
        throw new IOException("The realtime database closed the socket");
      }
      in.flip();
    }
    return in.get();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
