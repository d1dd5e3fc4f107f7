package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.firebase.database.snapshot.Node;
import com.google.firebase.database.snapshot.NodeUtilities;
import com.google.firebase.database.snapshot.RangeMerge;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonDouble;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.store.realtime.Branch;
import io.millrace.store.realtime.CompoundHash;
import io.millrace.store.realtime.Leaf;
import io.millrace.store.realtime.TreePath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Our ranges against the Admin SDK's own code: it hashes what it holds, we say what differs, it
/// applies that, and has what we have.
class CompoundHashIT {
  private static final String[] KEYS = {"0", "7", "10", "-3", "!x", "-N", "a", "b", "\"q\\", "ü"};

  @Test
  void whatTheSdkHoldsIsMadeEqualByWhatWeSend() {
    for (int seed = 0; seed < 3_000; seed++) {
      var random = new Random(seed);
      var held = tree(random, 3);
      var ours = random.nextInt(5) == 0 ? tree(random, 3) : changed(held, random);
      if (!held.isEmpty() && !ours.isEmpty()) {
        assertThat((Object) broughtUpToDate(held, ours)).as("seed %d", seed).isEqualTo(sdk(ours));
      }
    }
  }

  @Test
  void whatTheSdkHoldsAlreadyIsNotSent() {
    var random = new Random(1);
    for (int i = 0; i < 200; i++) {
      var both = tree(random, 4);
      if (!both.isEmpty()) {
        assertThat(hash(sdk(both)).differences(both)).isEmpty();
      }
    }
  }

  private static Node broughtUpToDate(
      io.millrace.store.realtime.Node held, io.millrace.store.realtime.Node ours) {
    var merged = sdk(held);
    var differences = hash(merged).differences(ours);
    if (differences.isEmpty()) {
      return sdk(ours); // all of it is sent
    }
    for (var range : differences) {
      merged =
          new RangeMerge(
                  range.after().map(CompoundHashIT::sdk).orElse(null),
                  range.until().map(CompoundHashIT::sdk).orElse(null),
                  NodeUtilities.NodeFromJSON(plain(range.data())))
              .applyTo(merged);
    }
    return merged;
  }

  private static CompoundHash hash(Node held) {
    var hash = com.google.firebase.database.snapshot.CompoundHash.fromNode(held);
    var ends = hash.getPosts().stream().map(post -> TreePath.parse(post.toString())).toList();
    return new CompoundHash(ends, hash.getHashes());
  }

  private static com.google.firebase.database.core.Path sdk(TreePath path) {
    return new com.google.firebase.database.core.Path(path.toString());
  }

  private static Node sdk(io.millrace.store.realtime.Node node) {
    return NodeUtilities.NodeFromJSON(plain(node.toExportJson()));
  }

  private static io.millrace.store.realtime.Node tree(Random random, int depth) {
    io.millrace.store.realtime.Node node =
        depth == 0 || random.nextInt(4) == 0 ? leaf(random) : children(random, depth);
    // of branches the SDK's hash knows the priority only where a later key follows
    boolean isPrioritized = random.nextInt(6) == 0 && node instanceof Leaf;
    return isPrioritized ? node.withPriority(priority(random)) : node;
  }

  private static io.millrace.store.realtime.Node children(Random random, int depth) {
    io.millrace.store.realtime.Node node = Branch.EMPTY;
    for (int i = random.nextInt(6); i >= 0; i--) {
      node = node.with(KEYS[random.nextInt(KEYS.length)], tree(random, depth - 1));
    }
    return node;
  }

  private static Leaf leaf(Random random) {
    return Leaf.of(
        switch (random.nextInt(4)) {
          case 0 -> JsonBoolean.TRUE;
          case 1 -> new JsonLong(random.nextInt(1_000));
          case 2 -> new JsonDouble(random.nextDouble());
          default ->
              new JsonString("\"\\".repeat(random.nextInt(300))); // ranges are 512 long and more
        });
  }

  private static JsonValue priority(Random random) {
    return random.nextBoolean() ? new JsonLong(random.nextInt(3)) : new JsonString("p\"");
  }

  private static io.millrace.store.realtime.Node changed(
      io.millrace.store.realtime.Node node, Random random) {
    var changed = node;
    for (int i = random.nextInt(3); i >= 0; i--) {
      var path = TreePath.of(KEYS[random.nextInt(KEYS.length)], KEYS[random.nextInt(KEYS.length)]);
      changed =
          changed.with(
              random.nextBoolean() ? path : path.parent(),
              random.nextInt(3) == 0 ? Branch.EMPTY : tree(random, 1));
    }
    return changed;
  }

  private static @Nullable Object plain(JsonValue json) {
    return switch (json) {
      case JsonNull _ -> null;
      case JsonString(var text) -> text;
      case JsonLong(var number) -> number;
      case JsonDouble(var number) -> number;
      case JsonBoolean flag -> flag.value();
      case JsonArray _ -> throw new IllegalArgumentException("an export has no arrays");
      case JsonObject object -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.forEach((name, value) -> map.put(name, plain(value)));
        yield map;
      }
    };
  }
}
