package io.millrace.store.realtime;

import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import java.util.function.Consumer;

/// Writes a node as JSON piece by piece, so that it never stands in memory as one text.
///
/// The same text as [Node#toJson] or [Node#toExportJson] would give.
public final class JsonWriter {
  private final Consumer<String> pieces;
  private final int pieceLength;
  private final boolean isExport;
  private final StringBuilder piece = new StringBuilder();

  private JsonWriter(Consumer<String> pieces, int pieceLength, boolean isExport) {
    this.pieces = pieces;
    this.pieceLength = pieceLength;
    this.isExport = isExport;
  }

  /// Writes all of `node`.
  ///
  /// @param isExport with priorities, and never with arrays
  /// @param pieceLength about how long each piece is, in characters; one string may make it longer
  /// @param pieces takes the text; may block
  public static void write(Node node, boolean isExport, int pieceLength, Consumer<String> pieces) {
    var writer = new JsonWriter(pieces, pieceLength, isExport);
    writer.node(node);
    writer.end();
  }

  private void node(Node node) {
    switch (node) {
      case Leaf leaf -> leaf(leaf);
      case Branch branch when branch.isEmpty() -> piece.append("null");
      case Branch branch when !isExport && NodeJson.looksLikeArray(branch) -> array(branch);
      case Branch branch -> object(branch);
    }
    if (piece.length() >= pieceLength) {
      end();
    }
  }

  private void leaf(Leaf leaf) {
    if (isExport && leaf.hasPriority()) {
      piece.append("{\"" + NodeJson.VALUE + "\":").append(leaf.value());
      priority(leaf.priority());
      piece.append('}');
    } else {
      piece.append(leaf.value());
    }
  }

  private void object(Branch branch) {
    char before = '{';
    for (var child : branch) {
      piece.append(before).append(new JsonString(child.key())).append(':');
      before = ',';
      node(child.node());
    }
    if (isExport) {
      priority(branch.priority());
    }
    piece.append('}');
  }

  private void priority(JsonValue priority) {
    if (priority != JsonNull.NULL) {
      piece.append(",\"" + Node.PRIORITY + "\":").append(priority);
    }
  }

  private void array(Branch branch) {
    int next = 0;
    char before = '[';
    for (var child : branch) {
      for (int index = Integer.parseInt(child.key()); next < index; next++) {
        piece.append(before).append("null");
        before = ',';
      }
      piece.append(before);
      before = ',';
      next++;
      node(child.node());
    }
    piece.append(']');
  }

  private void end() {
    if (!piece.isEmpty()) {
      pieces.accept(piece.toString());
      piece.setLength(0);
    }
  }
}
