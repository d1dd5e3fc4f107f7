package io.millrace.store.timeseries;

import io.millrace.store.commit.Commit;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.commit.Family;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The names of all telemetry keys, shared by all entities, and their numbers on disk.
///
/// Every commit that uses a number writes its row as well until one such commit is durable. So a
/// refused commit needs no undoing: its numbers stay reserved in memory and are written by the
/// next commit that uses them.
final class KeyDictionary {
  private static final int KEYS_MAX = 1_000_000;
  private static final int ROW_BYTES = 1 + Integer.BYTES;
  private final Map<String, TelemetryKey> byName = new ConcurrentHashMap<>();
  private final Map<Integer, TelemetryKey> byId = new ConcurrentHashMap<>();
  private int nextId = 1; // guarded by this

  static KeyDictionary load(CommitStore store) {
    var dictionary = new KeyDictionary();
    store.scan(
        Family.TELEMETRY,
        new byte[] {Rows.DICTIONARY},
        new byte[] {Rows.DICTIONARY + 1},
        dictionary::read);
    return dictionary;
  }

  @Nullable TelemetryKey find(String name) {
    return byName.get(name);
  }

  TelemetryKey of(int id) {
    var key = byId.get(id);
    if (key == null) {
      throw new IllegalStateException("Telemetry key number " + id + " has no name in the store");
    }
    return key;
  }

  /// The key of that name, for rows that this commit adds.
  TelemetryKey forWriting(Commit commit, String name) {
    var key = byName.get(name);
    if (key == null) {
      key = add(name);
    }
    if (!key.durable) {
      write(commit, key);
    }
    return key;
  }

  private synchronized TelemetryKey add(String name) {
    var present = byName.get(name);
    if (present != null) {
      return present;
    }
    check(name);
    var key = new TelemetryKey(nextId++, name, false);
    byId.put(key.id, key);
    byName.put(name, key);
    return key;
  }

  private void check(String name) {
    if (name.isEmpty() || name.length() > TelemetryKey.CHARACTERS_MAX) {
      throw new IllegalArgumentException(
          "A telemetry key of %d characters; 1 to %d are allowed"
              .formatted(name.length(), TelemetryKey.CHARACTERS_MAX));
    }
    if (nextId > KEYS_MAX) {
      throw new IllegalArgumentException(
          "Telemetry key %s would be number %d; all devices together may use %d different keys. Put what varies into values, not into keys."
              .formatted(name, nextId, KEYS_MAX));
    }
    utf8(name);
  }

  private static void write(Commit commit, TelemetryKey key) {
    commit.put(Family.TELEMETRY, row(key.id), utf8(key.name));
    commit.onDurable(() -> key.durable = true);
  }

  private boolean read(byte[] row, byte[] name) {
    int id = ByteBuffer.wrap(row).getInt(1);
    var key = new TelemetryKey(id, new String(name, StandardCharsets.UTF_8), true);
    byName.put(key.name, key);
    byId.put(id, key);
    nextId = Math.max(nextId, id + 1);
    return true;
  }

  private static byte[] row(int id) {
    return ByteBuffer.allocate(ROW_BYTES).put(Rows.DICTIONARY).putInt(id).array();
  }

  private static byte[] utf8(String name) {
    try {
      var bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
      var exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "A telemetry key is not valid Unicode: half of a surrogate pair stands alone", e);
    }
  }
}
