package io.millrace.wire.schemas;

import java.util.ArrayList;
import java.util.List;

/// A type of an Avro schema.
sealed interface AvroType {
  /// What needs no further description.
  enum Kind {
    NULL,
    BOOLEAN,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    BYTES,
    STRING
  }

  record Primitive(Kind kind) implements AvroType {}

  /// Bytes that are a number with that many digits behind the point; `size` -1: any length.
  record Decimal(int scale, int size) implements AvroType {}

  record Field(String name, AvroType type) {}

  /// Its fields are filled in after it is known by its name, since they may name it.
  record Composite(String name, List<Field> fields) implements AvroType {
    Composite(String name) {
      this(name, new ArrayList<>());
    }
  }

  record Symbols(List<String> symbols) implements AvroType {}

  record Items(AvroType item) implements AvroType {}

  record Values(AvroType value) implements AvroType {}

  record Union(List<AvroType> branches) implements AvroType {}

  record Fixed(int size) implements AvroType {}
}
