package io.millrace.store.realtime;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Row keys, drawn in `docs/formats/realtime.md`.
final class RowKey {
  private static final byte CATALOGUE = 1;
  private static final byte TREE = 2;
  private static final byte TEXT = 3;
  private static final byte HISTORY = 4;
  private static final byte END = 0;

  private RowKey() {}

  static byte[] ofCatalogue(String database) {
    return with(new byte[] {CATALOGUE}, database.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] catalogueStart() {
    return new byte[] {CATALOGUE};
  }

  static byte[] catalogueEnd() {
    return new byte[] {TREE};
  }

  static String databaseOf(byte[] catalogueKey) {
    return new String(catalogueKey, 1, catalogueKey.length - 1, StandardCharsets.UTF_8);
  }

  /// The row of a text that belongs to a database and not to its tree.
  static byte[] ofText(String database, String name) {
    return with(child(new byte[] {TEXT}, database), name.getBytes(StandardCharsets.UTF_8));
  }

  /// The start of all rows of a database's history.
  static byte[] ofHistory(String database) {
    return child(new byte[] {HISTORY}, database);
  }

  /// The row of one write.
  static byte[] ofHistory(byte[] start, long id) {
    return with(start, ByteBuffer.allocate(Long.BYTES).putLong(id).array());
  }

  static long historyId(byte[] row) {
    return ByteBuffer.wrap(row).getLong(row.length - Long.BYTES);
  }

  /// The row of the root, and the start of all rows of the tree.
  static byte[] ofRoot(String database) {
    return child(new byte[] {TREE}, database);
  }

  /// The row of a child, and the start of all rows below it.
  static byte[] child(byte[] parent, String key) {
    var utf8 = key.getBytes(StandardCharsets.UTF_8);
    var row = Arrays.copyOf(parent, parent.length + utf8.length + 1);
    System.arraycopy(utf8, 0, row, parent.length, utf8.length);
    row[row.length - 1] = END;
    return row;
  }

  /// Before the rows of all children, after the node's own row: no key begins with U+0001.
  static byte[] firstBelow(byte[] node) {
    return with(node, new byte[] {1});
  }

  /// After the rows of all that is below the node.
  static byte[] endOf(byte[] node) {
    var end = node.clone();
    end[end.length - 1] = END + 1;
    return end;
  }

  /// The keys from the root down, given the length of the root's row key.
  static List<String> keys(byte[] row, int rootLength) {
    var keys = new ArrayList<String>();
    for (int from = rootLength; from < row.length; ) {
      int end = from;
      while (row[end] != END) {
        end++;
      }
      keys.add(new String(row, from, end - from, StandardCharsets.UTF_8));
      from = end + 1;
    }
    return keys;
  }

  private static byte[] with(byte[] start, byte[] end) {
    var all = Arrays.copyOf(start, start.length + end.length);
    System.arraycopy(end, 0, all, start.length, end.length);
    return all;
  }
}
