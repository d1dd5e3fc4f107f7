package io.millrace.wire.mosquitto;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Mosquitto's persistence file, `mosquitto.db`, format 5 and 6 (Mosquitto 1.6 to 2.1).
///
/// Chunks of a kind and a length follow each other; lengths and identifiers are big-endian, numbers
/// of 64 bits as the machine that wrote them has them (little-endian on all that matter).
public record MosquittoDb(
    Map<Long, Stored> messages,
    List<Long> retained,
    List<Session> sessions,
    List<Subscribed> subscriptions,
    List<Waiting> waiting) {
  private static final String MAGIC = "\0\u00b5\0mosquitto db";
  private static final int MESSAGE = 2;
  private static final int CLIENT_MESSAGE = 3;
  private static final int RETAIN = 4;
  private static final int SUBSCRIPTION = 5;
  private static final int CLIENT = 6;
  private static final int OUTGOING = 1;

  /// A message, kept once.
  ///
  /// @param expiresAtSeconds 0 when it does not
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Stored(String topic, byte[] payload, int qos, long expiresAtSeconds) {}

  /// A client's session.
  public record Session(String clientId, long expirySeconds) {}

  /// A subscription of a session.
  public record Subscribed(String clientId, String filter, int qos, int options, int identifier) {}

  /// A message that waits for a client, in the order of the file.
  public record Waiting(String clientId, long message, int qos) {}

  /// Reads the file.
  ///
  /// @throws FileFault when it is none, damaged, or of another format
  public static MosquittoDb read(Path file) {
    ByteBuffer in;
    try {
      in = ByteBuffer.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new FileFault("%s cannot be read (%s)".formatted(file, e.getClass().getSimpleName()));
    }
    var db =
        new MosquittoDb(
            new HashMap<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    try {
      db.header(in, file);
      while (in.hasRemaining()) {
        int kind = in.getInt();
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
          throw damaged(file, in);
        }
        db.chunk(kind, in.slice(in.position(), length));
        in.position(in.position() + length);
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw e instanceof FileFault known ? known : damaged(file, in);
    }
    return db;
  }

  private void header(ByteBuffer in, Path file) {
    var magic = new byte[15];
    in.get(magic);
    if (!new String(magic, StandardCharsets.ISO_8859_1).equals(MAGIC)) {
      throw new FileFault(
          file
              + " is no persistence file of Mosquitto; it is called mosquitto.db and lies in"
              + " persistence_location");
    }
    int _ = in.getInt(); // a checksum that Mosquitto always writes as 0
    int version = in.getInt();
    if (version != 5 && version != 6) {
      throw new FileFault(
          "%s has format %d; 5 and 6 (Mosquitto 1.6 and newer) can be read. Let a newer Mosquitto start with it once."
              .formatted(file, version));
    }
  }

  private void chunk(int kind, ByteBuffer in) {
    switch (kind) {
      case MESSAGE -> message(in);
      case CLIENT_MESSAGE -> clientMessage(in);
      case RETAIN -> retained.add(number(in));
      case SUBSCRIPTION -> subscription(in);
      case CLIENT -> client(in);
      default -> {} // the configuration, and what later versions add
    }
  }

  private void message(ByteBuffer in) {
    long id = number(in);
    long expires = number(in);
    int payloadBytes = in.getInt();
    short _ = in.getShort(); // the packet identifier at its publisher
    int sourceBytes = Short.toUnsignedInt(in.getShort());
    int userBytes = Short.toUnsignedInt(in.getShort());
    int topicBytes = Short.toUnsignedInt(in.getShort());
    short _ = in.getShort(); // the port it came in by
    int qos = in.get();
    byte _ = in.get(); // whether it was published as retained
    in.position(in.position() + sourceBytes + userBytes);
    var topic = text(in, topicBytes);
    messages.put(id, new Stored(topic, bytes(in, payloadBytes), qos, expires));
  }

  private void clientMessage(ByteBuffer in) {
    long message = number(in);
    short _ = in.getShort();
    int idBytes = Short.toUnsignedInt(in.getShort());
    int qos = in.get();
    byte _ = in.get(); // state of its acknowledgement
    byte _ = in.get(); // retain and duplicate
    int direction = in.get();
    if (direction == OUTGOING) {
      waiting.add(new Waiting(text(in, idBytes), message, qos));
    }
  }

  private void subscription(ByteBuffer in) {
    int identifier = in.getInt();
    int idBytes = Short.toUnsignedInt(in.getShort());
    int topicBytes = Short.toUnsignedInt(in.getShort());
    int qos = in.get();
    int options = in.get();
    in.position(in.position() + 2);
    subscriptions.add(
        new Subscribed(text(in, idBytes), text(in, topicBytes), qos, options, identifier));
  }

  private void client(ByteBuffer in) {
    long _ = number(in); // when it ends; counted anew from the import on
    long expiry = Integer.toUnsignedLong(in.getInt());
    short _ = in.getShort();
    int idBytes = Short.toUnsignedInt(in.getShort());
    in.position(in.position() + 8);
    sessions.add(new Session(text(in, idBytes), expiry));
  }

  private static long number(ByteBuffer in) {
    return Long.reverseBytes(in.getLong());
  }

  private static String text(ByteBuffer in, int length) {
    return new String(bytes(in, length), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a length beyond the end");
    }
    var bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static FileFault damaged(Path file, ByteBuffer in) {
    return new FileFault(
        "%s is damaged at byte %d; nothing was taken over. Let Mosquitto write it again (kill -USR1)."
            .formatted(file, in.position()));
  }
}
