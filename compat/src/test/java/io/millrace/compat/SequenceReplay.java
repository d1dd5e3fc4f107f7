package io.millrace.compat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.wire.mqtt.MqttClient;
import io.millrace.wire.mqtt.MqttClientOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Plays one sequence against a broker, byte for byte.
final class SequenceReplay {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final int TIMEOUT_MS = 2000;
  private static final byte[] CONNACK = SequenceBytes.parse("20 r2 00 00");
  private static final byte[] CONNACK_5 =
      SequenceBytes.parse("20 r14 00 00 0B 22 H10 27 L2000000 21 H20");

  private final int port;

  SequenceReplay(int port) {
    this.port = port;
  }

  /// What went wrong, or nothing.
  Optional<String> play(Sequence sequence) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      socket.setTcpNoDelay(true);
      if (sequence.connects()) {
        send(socket, connect(sequence));
        expect(socket, sequence.version() == 5 ? CONNACK_5 : CONNACK);
      }
      for (var step : sequence.steps()) {
        play(socket, step);
      }
      finish(socket, sequence.expectsDisconnect());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void play(Socket socket, Sequence.Step step) throws IOException {
    switch (step.type()) {
      case "send" -> send(socket, step.bytes());
      case "recv" -> expect(socket, step.bytes());
      case "publish" -> {
        try (var other = MqttClient.connect(MqttClientOptions.to("127.0.0.1", port))) {
          other.publish(step.topic(), step.payload().getBytes(UTF_8), step.qos(), false);
        }
      }
      default -> throw new IOException("unknown step " + step.type());
    }
  }

  private static void finish(Socket socket, boolean expectsDisconnect) throws IOException {
    if (expectsDisconnect) {
      int more = read(socket);
      if (more >= 0) {
        throw new IOException("expected the end, got 0x%02X".formatted(more));
      }
    } else {
      send(socket, SequenceBytes.parse("C0 00"));
      expect(socket, SequenceBytes.parse("D0 00"));
    }
  }

  private static int read(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketTimeoutException e) {
      throw new IOException("still open, and silent", e);
    } catch (IOException e) {
      return -1; // reset: closed as well
    }
  }

  private static void send(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  private static void expect(Socket socket, byte[] expected) throws IOException {
    var got = new byte[expected.length];
    int count = 0;
    try {
      while (count < got.length) {
        int n = socket.getInputStream().read(got, count, got.length - count);
        if (n < 0) {
          break;
        }
        count += n;
      }
    } catch (SocketTimeoutException e) {
      throw new IOException(difference(expected, got, count) + ", then silence", e);
    }
    if (count < got.length || !Arrays.equals(got, expected)) {
      throw new IOException(difference(expected, got, count));
    }
  }

  private static String difference(byte[] expected, byte[] got, int count) {
    return "expected %s, got %s".formatted(HEX.formatHex(expected), HEX.formatHex(got, 0, count));
  }

  private static byte[] connect(Sequence sequence) {
    var id = sequence.name();
    var five = sequence.version() == 5 ? "00 " : "";
    var protocol = sequence.version() == 3 ? "s6 'MQIsdp'" : "s4 'MQTT'";
    var body = "%s i%d 02 k60 %ss%d".formatted(protocol, sequence.version(), five, id.length());
    var head = SequenceBytes.parse(body);
    var text = id.getBytes(UTF_8);
    var length = SequenceBytes.parse("10 r" + (head.length + text.length));
    var all = Arrays.copyOf(length, length.length + head.length + text.length);
    System.arraycopy(head, 0, all, length.length, head.length);
    System.arraycopy(text, 0, all, length.length + head.length, text.length);
    return all;
  }
}
