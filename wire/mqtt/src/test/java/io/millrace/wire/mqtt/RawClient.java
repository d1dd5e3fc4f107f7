package io.millrace.wire.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A socket that sends and expects exact bytes: hex words, `H10`, `m1` and alike, `'text'`.
final class RawClient implements AutoCloseable {
  private static final Pattern WORD = Pattern.compile("'([^']*)'|([iHkmsLr])(\\d+)|([0-9A-F]+)");
  private final Socket socket;

  private RawClient(Socket socket) {
    this.socket = socket;
  }

  static RawClient connect(int port) {
    try {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(30_000);
      socket.setTcpNoDelay(true);
      return new RawClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void send(String text) {
    send(bytes(text));
  }

  void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void expect(String text) {
    var expected = bytes(text);
    try {
      var got = socket.getInputStream().readNBytes(expected.length);
      assertThat(hex(got)).isEqualTo(hex(expected));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whatever comes until the end, which is this.
  void expectEnd(String last) {
    var expected = hex(bytes(last));
    try {
      assertThat(hex(socket.getInputStream().readAllBytes())).endsWith(expected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void expectEnd() {
    int next;
    try {
      next = socket.getInputStream().read();
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("still open", e);
    } catch (IOException reset) {
      next = -1;
    }
    assertThat(next).isEqualTo(-1);
  }

  /// Reads whatever still comes, until the other side closes.
  void awaitEnd() {
    try {
      socket.getInputStream().readAllBytes();
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("still open", e);
    } catch (IOException reset) {
      return; // an end as well
    }
  }

  /// Sends one byte.
  ///
  /// @return false when the other side has closed
  boolean trickles() {
    try {
      socket.getOutputStream().write('x');
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  static byte[] bytes(String text) {
    var out = new ByteArrayOutputStream();
    var words = WORD.matcher(text);
    while (words.find()) {
      if (words.group(1) != null) {
        out.writeBytes(words.group(1).getBytes(UTF_8));
      } else if (words.group(4) != null) {
        out.writeBytes(HexFormat.of().parseHex(words.group(4)));
      } else {
        number(out, words.group(2).charAt(0), Integer.parseInt(words.group(3)));
      }
    }
    return out.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, char kind, int value) {
    switch (kind) {
      case 'i' -> out.write(value);
      case 'L' ->
          out.writeBytes(
              new byte[] {
                (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
              });
      case 'r' -> {
        int rest = value;
        for (; rest >= 128; rest >>= 7) {
          out.write(rest & 0x7f | 0x80);
        }
        out.write(rest);
      }
      default -> out.writeBytes(new byte[] {(byte) (value >> 8), (byte) value});
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
