package io.millrace.app;

import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Telemetry as Apache Parquet: the little of the format that one table needs (data pages of
/// version 1, plain values, gzip), so that no library for clusters comes along.
///
/// Columns: `entity_type`, `entity_id`, `name`, `ts` (timestamp in ms, UTC), `key`, and the value
/// as `number` (double) or as `text`; booleans and JSON are text. See parquet.apache.org.
final class ParquetPoints implements AutoCloseable {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int ROWS_PER_GROUP = 100_000;
  // parquet.thrift: Type, Encoding, CompressionCodec, ConvertedType
  private static final int INT64 = 2;
  private static final int DOUBLE = 5;
  private static final int BYTE_ARRAY = 6;
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int GZIP = 2;
  private static final int UTF8 = 0;
  private static final int TIMESTAMP_MILLIS = 9;

  private final OutputStream out;
  private final List<Column> columns =
      List.of(
          new Column("entity_type", BYTE_ARRAY, UTF8, false),
          new Column("entity_id", BYTE_ARRAY, UTF8, false),
          new Column("name", BYTE_ARRAY, UTF8, false),
          new Column("ts", INT64, TIMESTAMP_MILLIS, false),
          new Column("key", BYTE_ARRAY, UTF8, false),
          new Column("number", DOUBLE, -1, true),
          new Column("text", BYTE_ARRAY, UTF8, true));
  private final List<byte[]> groups = new ArrayList<>(); // RowGroup structs
  private long at;
  private long allRows;
  private int rows;

  ParquetPoints(OutputStream out) throws IOException {
    this.out = out;
    write(MAGIC);
  }

  /// One column of the row group that is being filled.
  private static final class Column {
    final String name;
    final int type;
    final int converted;
    final boolean isOptional;
    final ByteArrayOutputStream values = new ByteArrayOutputStream();
    final ByteArrayOutputStream present = new ByteArrayOutputStream(); // a byte each

    Column(String name, int type, int converted, boolean isOptional) {
      this.name = name;
      this.type = type;
      this.converted = converted;
      this.isOptional = isOptional;
    }

    void text(@Nullable String text) {
      present.write(text == null ? 0 : 1);
      if (text != null) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        values.writeBytes(little(4).putInt(bytes.length).array());
        values.writeBytes(bytes);
      }
    }

    void number(long number) {
      present.write(1);
      values.writeBytes(little(8).putLong(number).array());
    }

    void number(@Nullable Double number) {
      present.write(number == null ? 0 : 1);
      if (number != null) {
        values.writeBytes(little(8).putDouble(number).array());
      }
    }

    /// Definition levels, runs of equal ones, when there may be gaps; then the values.
    byte[] page() {
      var page = new ByteArrayOutputStream();
      if (isOptional) {
        var runs = new Thrift();
        var levels = present.toByteArray();
        for (int i = 0, end; i < levels.length; i = end) {
          for (end = i; end < levels.length && levels[end] == levels[i]; end++) {}
          runs.varint((long) (end - i) << 1);
          runs.out.write(levels[i]);
        }
        page.writeBytes(little(4).putInt(runs.out.size()).array());
        page.writeBytes(runs.out.toByteArray());
      }
      page.writeBytes(values.toByteArray());
      return page.toByteArray();
    }

    void clear() {
      values.reset();
      present.reset();
    }
  }

  void add(ExportedPoint row) throws IOException {
    var value = row.point().value();
    columns.get(0).text(row.entity().type().name());
    columns.get(1).text(row.entity().id().toString());
    columns.get(2).text(row.name());
    columns.get(3).number(row.point().ts());
    columns.get(4).text(row.point().key());
    columns
        .get(5)
        .number(
            switch (value) {
              case JsonLong(long number) -> Double.valueOf((double) number);
              case JsonDouble(double number) -> Double.valueOf(number);
              default -> null;
            });
    columns
        .get(6)
        .text(value instanceof JsonLong || value instanceof JsonDouble ? null : text(row));
    if (++rows == ROWS_PER_GROUP) {
      endGroup();
    }
  }

  private static String text(ExportedPoint row) {
    var value = row.point().value();
    return value instanceof JsonBoolean ? value.toString() : value.asText();
  }

  private void endGroup() throws IOException {
    if (rows == 0) {
      return;
    }
    var group = new Thrift();
    long before = at;
    group.list(1, Thrift.STRUCT, columns.size());
    long plainBytes = 0;
    for (var column : columns) {
      plainBytes += writeColumn(column, group);
      column.clear();
    }
    group.i64(2, plainBytes);
    group.i64(3, rows);
    group.stop();
    groups.add(group.out.toByteArray());
    allRows += rows;
    rows = 0;
    if (at <= before) {
      throw new IllegalStateException("An empty row group");
    }
  }

  private long writeColumn(Column column, Thrift group) throws IOException {
    long offset = at;
    var plain = column.page();
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    var header = new Thrift(); // PageHeader
    header.i32(1, 0); // DATA_PAGE
    header.i32(2, plain.length);
    header.i32(3, packed.size());
    header.struct(5);
    header.i32(1, rows);
    header.i32(2, PLAIN);
    header.i32(3, RLE);
    header.i32(4, RLE);
    header.end();
    header.stop();
    write(header.out.toByteArray());
    write(packed.toByteArray());
    long headerBytes = header.out.size();

    group.begin(); // ColumnChunk, an element of the list
    group.i64(2, offset);
    group.struct(3); // ColumnMetaData
    group.i32(1, column.type);
    group.list(2, Thrift.I32, 2);
    group.zigzag(PLAIN);
    group.zigzag(RLE);
    group.list(3, Thrift.BINARY, 1);
    group.text(column.name);
    group.i32(4, GZIP);
    group.i64(5, rows);
    group.i64(6, plain.length + headerBytes);
    group.i64(7, at - offset);
    group.i64(9, offset);
    group.end();
    group.end();
    return plain.length + headerBytes;
  }

  /// Ends the file: its footer says where everything is.
  @Override
  public void close() throws IOException {
    endGroup();
    var footer = new Thrift(); // FileMetaData
    footer.i32(1, 1);
    footer.list(2, Thrift.STRUCT, columns.size() + 1);
    footer.begin();
    footer.binary(4, "telemetry");
    footer.i32(5, columns.size());
    footer.end();
    for (var column : columns) {
      footer.begin(); // SchemaElement
      footer.i32(1, column.type);
      footer.i32(3, column.isOptional ? 1 : 0);
      footer.binary(4, column.name);
      if (column.converted >= 0) {
        footer.i32(6, column.converted);
      }
      footer.end();
    }
    footer.i64(3, allRows);
    footer.list(4, Thrift.STRUCT, groups.size());
    groups.forEach(footer.out::writeBytes);
    footer.binary(6, "millrace");
    footer.stop();
    write(footer.out.toByteArray());
    write(little(4).putInt(footer.out.size()).array());
    write(MAGIC);
    out.close();
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    at += bytes.length;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Thrift's compact protocol, as far as the format's headers need it.
  private static final class Thrift {
    static final int I32 = 5;
    static final int I64 = 6;
    static final int BINARY = 8;
    static final int LIST = 9;
    static final int STRUCT = 12;
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> outer = new ArrayList<>();
    private int last;

    void i32(int field, int value) {
      field(field, I32);
      zigzag(value);
    }

    void i64(int field, long value) {
      field(field, I64);
      zigzag(value);
    }

    void binary(int field, String text) {
      field(field, BINARY);
      text(text);
    }

    void list(int field, int type, int size) {
      field(field, LIST);
      if (size < 15) {
        out.write((size << 4) | type);
      } else {
        out.write(0xF0 | type);
        varint(size);
      }
    }

    void struct(int field) {
      field(field, STRUCT);
      begin();
    }

    /// A struct begins; its fields count from 0 again.
    void begin() {
      outer.add(last);
      last = 0;
    }

    void end() {
      stop();
      last = outer.removeLast();
    }

    void stop() {
      out.write(0);
    }

    void text(String text) {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      varint(bytes.length);
      out.writeBytes(bytes);
    }

    void zigzag(long value) {
      varint((value << 1) ^ (value >> 63));
    }

    void varint(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.write((int) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    private void field(int field, int type) {
      int step = field - last;
      if (step > 0 && step < 16) {
        out.write((step << 4) | type);
      } else {
        out.write(type);
        zigzag(field);
      }
      last = field;
    }
  }
}
