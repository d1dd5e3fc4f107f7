package io.millrace.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// One device that publishes telemetry at QoS 1; packets by hand. On the generator's thread.
final class TelemetryClient implements AutoCloseable {
  private static final byte[] TOPIC = "v1/devices/me/telemetry".getBytes(US_ASCII);
  private static final int SHORT_MAX = 127; // lengths of one byte
  private static final int PACKET_IDS = 65_535;

  final SocketChannel channel;
  private final long[] due; // of those in flight, by their number
  private final long firstTs;
  private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 16);
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
  private boolean isReady;
  private long sent;
  private long acknowledged;

  TelemetryClient(int port, String accessToken, int window, long firstTs) throws IOException {
    this.due = new long[window];
    this.firstTs = firstTs;
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.socket().setTcpNoDelay(true);
    var userName = accessToken.getBytes(US_ASCII);
    out.put((byte) 0x10).put((byte) (14 + userName.length));
    out.putShort((short) 4).put("MQTT".getBytes(US_ASCII)).put((byte) 4).put((byte) 0x82);
    out.putShort((short) 0).putShort((short) 0); // no keep alive, no client identifier
    out.putShort((short) userName.length).put(userName);
    flush();
  }

  /// To be told when acknowledged, with the moment when the message was due.
  interface Acknowledged {
    void at(long dueNanos);
  }

  boolean isReady() {
    return isReady;
  }

  long sent() {
    return sent;
  }

  boolean hasRoom() {
    return isReady && sent - acknowledged < due.length && out.remaining() > 256;
  }

  boolean isIdle() {
    return sent == acknowledged;
  }

  void publish(long dueNanos) {
    var body = body(sent);
    int length = 4 + TOPIC.length + body.length;
    if (length > SHORT_MAX) {
      throw new IllegalStateException("A packet of " + length + " bytes");
    }
    due[(int) (sent % due.length)] = dueNanos;
    out.put((byte) 0x32).put((byte) length).putShort((short) TOPIC.length).put(TOPIC);
    out.putShort((short) packetId(sent++)).put(body);
  }

  /// Writes what is there; true when all of it went out.
  boolean flush() throws IOException {
    if (out.position() > 0) {
      out.flip();
      channel.write(out);
      out.compact();
    }
    return out.position() == 0;
  }

  void read(Acknowledged taker) throws IOException {
    if (channel.read(in) < 0) {
      throw new IOException("The broker closed a connection");
    }
    in.flip();
    while (in.remaining() >= 4) { // CONNACK and PUBACK have four bytes each
      packet(in.get() & 0xF0, in.get(), in.getShort() & 0xFFFF, taker);
    }
    in.compact();
  }

  private void packet(int kind, int length, int value, Acknowledged taker) throws IOException {
    if (kind == 0x20 && length == 2 && value == 0) {
      isReady = true;
    } else if (kind == 0x40 && length == 2 && value == packetId(acknowledged)) {
      taker.at(due[(int) (acknowledged++ % due.length)]); // [MQTT-4.6.0-2] in their order
    } else {
      throw new IOException("Packet %x of %d: %d".formatted(kind, length, value));
    }
  }

  private static int packetId(long message) {
    return (int) (message % PACKET_IDS) + 1;
  }

  /// Two values, and a time of its own.
  private byte[] body(long n) {
    var text =
        "{\"ts\":"
            + (firstTs + n * 1000)
            + ",\"values\":{\"temperature\":"
            + (15 + n % 10)
            + "."
            + n % 10
            + ",\"humidity\":"
            + (40 + n % 30)
            + "}}";
    return text.getBytes(US_ASCII);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
