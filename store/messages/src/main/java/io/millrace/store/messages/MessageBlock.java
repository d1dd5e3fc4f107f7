package io.millrace.store.messages;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The messages of one commit of one partition, drawn in `docs/formats/messages.md`.
///
/// Originators with their metadata, and types with their key names, are written once per block; a
/// message is two indexes, its times and its values. One thread.
final class MessageBlock {
  private static final int SOURCE_NEW = 1;
  private static final int SHAPE_NEW = 2;
  private static final int ID_GIVEN = 4;
  private static final int TS_IN_METADATA = 8;
  private static final int BODY_WHOLE = 16;

  private final BlockOutput out = new BlockOutput(16_384);
  private final Map<EntityId, Source> sources = new HashMap<>();
  private final List<Source> sourceList = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private int count;
  private int sourceCount;
  private long lastAt;
  private UUID lastId = new UUID(0, 0);
  private Mark mark = new Mark(0, 0, 0, 0, 0, new UUID(0, 0));

  /// Where a block stood.
  private record Mark(int size, int count, int sources, int shapes, long lastAt, UUID lastId) {}

  /// An originator of this block; `shape` is what it sent last.
  private static final class Source {
    private final int number;
    private final EntityId tenant;
    private final EntityId originator;
    private final JsonObject metadata;
    private int shape;

    Source(int number, EntityId tenant, EntityId originator, JsonObject metadata) {
      this.number = number;
      this.tenant = tenant;
      this.originator = originator;
      this.metadata = metadata;
    }
  }

  /// A type and the names of a body's members.
  private record Shape(String type, List<String> names) {
    boolean fits(String otherType, JsonObject body) {
      if (names.size() != body.size() || !type.equals(otherType)) {
        return false;
      }
      for (int i = 0; i < body.size(); i++) { // hot path: names are mostly the same objects
        if (!names.get(i).equals(body.name(i))) {
          return false;
        }
      }
      return true;
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  int count() {
    return count;
  }

  int sizeBytes() {
    return out.size();
  }

  void clear() {
    out.truncate(0);
    sources.clear();
    sourceList.clear();
    shapes.clear();
    count = 0;
    sourceCount = 0;
    lastAt = 0;
    lastId = new UUID(0, 0);
    mark();
  }

  /// Remembers this moment for [#rollBack].
  void mark() {
    mark = new Mark(out.size(), count, sourceCount, shapes.size(), lastAt, lastId);
  }

  /// Takes back what was added since the mark.
  void rollBack() {
    if (count == mark.count) {
      return;
    }
    out.truncate(mark.size);
    count = mark.count;
    lastAt = mark.lastAt;
    lastId = mark.lastId;
    sourceCount = mark.sources;
    sourceList.subList(mark.sources, sourceList.size()).clear();
    sources.clear();
    for (var source : sourceList) { // later metadata of the same originator wins again
      source.shape = -1;
      sources.put(source.originator, source);
    }
    shapes.subList(mark.shapes, shapes.size()).clear();
  }

  /// Originators of the block.
  void eachOriginator(Consumer<EntityId> each) {
    sources.keySet().forEach(each);
  }

  void add(
      EntityId tenant,
      UUID id,
      long at,
      long ts,
      String type,
      EntityId originator,
      JsonObject metadata,
      JsonValue body) {
    if (out.size() == 0) {
      Framing.begin(Framing.MESSAGES, out);
    }
    boolean hasTs = endsWithTs(metadata, ts);
    var known = sources.get(originator);
    boolean newSource = known == null || !isSame(known, tenant, metadata, hasTs);
    var source =
        known == null || newSource
            ? source(tenant, originator, hasTs ? metadata.without("ts") : metadata)
            : known;
    boolean hasMembers = body instanceof JsonObject;
    var object = body instanceof JsonObject members ? members : JsonObject.EMPTY;
    int shape = shape(source, type, object);
    boolean newShape = shape == shapes.size();
    boolean givenId = !follows(id);
    out.u8(
        (newSource ? SOURCE_NEW : 0)
            | (newShape ? SHAPE_NEW : 0)
            | (givenId ? ID_GIVEN : 0)
            | (hasTs ? TS_IN_METADATA : 0)
            | (hasMembers ? 0 : BODY_WHOLE));
    source(source, newSource);
    shape(source, shape, newShape, type, object);
    if (givenId) {
      out.u64(id.getMostSignificantBits());
      out.u64(id.getLeastSignificantBits());
    }
    out.zigzag(at - lastAt);
    out.zigzag(ts - at);
    if (hasMembers) {
      for (int i = 0; i < object.size(); i++) {
        Values.write(object.value(i), out);
      }
    } else {
      Values.write(body, out);
    }
    lastAt = at;
    lastId = id;
    count++;
  }

  byte[] seal() {
    return Framing.seal(out);
  }

  private Source source(EntityId tenant, EntityId originator, JsonObject metadata) {
    var source = new Source(sourceCount++, tenant, originator, metadata);
    source.shape = -1;
    sources.put(originator, source);
    sourceList.add(source);
    return source;
  }

  private void source(Source source, boolean isNew) {
    if (isNew) {
      out.put(source.tenant.bytes());
      out.put(source.originator.bytes());
      out.sized(Json.bytes(source.metadata));
    } else {
      out.varint(source.number);
    }
  }

  private int shape(Source source, String type, JsonObject body) {
    if (source.shape >= 0 && shapes.get(source.shape).fits(type, body)) {
      return source.shape;
    }
    int from = Math.max(0, shapes.size() - 64); // a bounded look: a new one is only longer
    for (int i = shapes.size() - 1; i >= from; i--) {
      if (shapes.get(i).fits(type, body)) {
        return i;
      }
    }
    return shapes.size();
  }

  private void shape(Source source, int shape, boolean isNew, String type, JsonObject body) {
    source.shape = shape;
    if (!isNew) {
      out.varint(shape);
      return;
    }
    var names = new ArrayList<String>(body.size());
    out.text(type);
    out.varint(body.size());
    for (int i = 0; i < body.size(); i++) {
      names.add(body.name(i));
      out.text(body.name(i));
    }
    shapes.add(new Shape(type, names));
  }

  private boolean follows(UUID id) {
    return count > 0
        && id.getMostSignificantBits() == lastId.getMostSignificantBits()
        && id.getLeastSignificantBits() == lastId.getLeastSignificantBits() + 1;
  }

  private static boolean endsWithTs(JsonObject metadata, long ts) {
    int last = metadata.size() - 1;
    return last >= 0
        && metadata.name(last).equals("ts")
        && metadata.value(last) instanceof JsonString(var text)
        && isNumber(text, ts);
  }

  /// Whether the text is exactly how that number is written.
  private static boolean isNumber(String text, long number) {
    long rest = number;
    int at = text.length();
    while (at > 0 && rest > 0) {
      if (text.charAt(--at) != '0' + rest % 10) {
        return false;
      }
      rest /= 10;
    }
    return at == 0 && rest == 0 && number > 0;
  }

  private static boolean isSame(
      Source source, EntityId tenant, JsonObject metadata, boolean hasTs) {
    int size = metadata.size() - (hasTs ? 1 : 0);
    var known = source.metadata;
    if (known.size() != size || !source.tenant.equals(tenant)) {
      return false;
    }
    for (int i = 0; i < size; i++) { // hot path: values are mostly the same objects
      if (!known.name(i).equals(metadata.name(i)) || !known.value(i).equals(metadata.value(i))) {
        return false;
      }
    }
    return true;
  }

  /// Hands out the messages of a block, in order.
  ///
  /// @throws DamagedBlockException when it is none
  static void read(byte[] block, Consumer<LoggedMessage> taker) {
    new Reader(Framing.open(Framing.MESSAGES, block)).read(taker);
  }

  private record ReadSource(EntityId tenant, EntityId originator, JsonObject metadata) {}

  private record ReadShape(String type, List<String> names) {}

  private static final class Reader {
    private final BlockInput in;
    private final List<ReadSource> sources = new ArrayList<>();
    private final List<ReadShape> shapes = new ArrayList<>();
    private @Nullable UUID id;
    private long at;

    Reader(BlockInput in) {
      this.in = in;
    }

    void read(Consumer<LoggedMessage> taker) {
      while (!in.isAtEnd()) {
        taker.accept(message());
      }
    }

    private LoggedMessage message() {
      int flags = in.u8();
      var source = source((flags & SOURCE_NEW) != 0);
      var shape = shape((flags & SHAPE_NEW) != 0);
      var itsId = (flags & ID_GIVEN) != 0 ? new UUID(in.u64(), in.u64()) : next(id);
      id = itsId;
      at += in.zigzag();
      long ts = at + in.zigzag();
      var metadata = source.metadata;
      if ((flags & TS_IN_METADATA) != 0) {
        metadata = metadata.with("ts", new JsonString(Long.toString(ts)));
      }
      var body = (flags & BODY_WHOLE) != 0 ? Values.read(in) : body(shape);
      return new LoggedMessage(
          source.tenant, itsId, at, ts, shape.type, source.originator, metadata, body);
    }

    private static UUID next(@Nullable UUID before) {
      if (before == null) {
        throw new DamagedBlockException("the first message has no id");
      }
      return new UUID(before.getMostSignificantBits(), before.getLeastSignificantBits() + 1);
    }

    private JsonObject body(ReadShape shape) {
      var body = JsonObject.builder();
      for (var name : shape.names) {
        body.put(name, Values.read(in));
      }
      return body.build();
    }

    private ReadSource source(boolean isNew) {
      if (!isNew) {
        return sources.get(in.below(sources.size(), "an originator of number"));
      }
      var tenant = in.entity();
      var originator = in.entity();
      if (!(Values.json(in.sized()) instanceof JsonObject metadata)) {
        throw new DamagedBlockException("metadata are not an object");
      }
      var source = new ReadSource(tenant, originator, metadata);
      sources.add(source);
      return source;
    }

    private ReadShape shape(boolean isNew) {
      if (!isNew) {
        return shapes.get(in.below(shapes.size(), "a shape of number"));
      }
      var type = in.text();
      int size = in.below(1 << 20, "a count of names");
      var names = new ArrayList<String>(Math.min(size, 64));
      for (int i = 0; i < size; i++) {
        names.add(in.text());
      }
      var shape = new ReadShape(type, names);
      shapes.add(shape);
      return shape;
    }
  }
}
