package io.millrace.wire.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Many children of one node against a map: growing, shrinking, and levels of every kind.
class SubscriptionNodeProperties {
  @Test
  void findsTheChildrenThatAMapFinds() {
    for (long seed = 0; seed < 20; seed++) {
      var random = new Random(seed);
      var node = new SubscriptionNode("");
      var model = new HashMap<String, SubscriptionNode>();
      for (int step = 0; step < 5000; step++) {
        boolean grows = step / 1000 % 2 == 0;
        var level = level(random);
        if (random.nextInt(4) > 0 == grows) {
          var child = node.nextOrNew(level);
          assertThat(model.getOrDefault(level, child)).isSameAs(child);
          model.put(level, child);
        } else {
          node.drop(level);
          model.remove(level);
        }
        var asked = level(random);
        assertThat(node.next(asked)).as("seed %d step %d", seed, step).isSameAs(model.get(asked));
      }
      model.keySet().forEach(level -> assertThat(node.next(level)).isNotNull());
      model.keySet().forEach(node::drop);
      assertThat(node.isEmpty()).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void levelsOfSevenLettersAreTheirKeys() {
    assertThat(LevelKey.isWhole(LevelKey.of(""))).isTrue();
    assertThat(LevelKey.isWhole(LevelKey.of("abcdefg"))).isTrue();
    assertThat(LevelKey.isWhole(LevelKey.of("abcdefgh"))).isFalse();
    assertThat(LevelKey.isWhole(LevelKey.of("\u0416"))).isFalse();
    assertThat(LevelKey.of("a")).isNotEqualTo(LevelKey.of("\u0000a"));
    assertThat(LevelKey.of("")).isNotEqualTo(LevelKey.of("\u0001"));
  }

  private static String level(Random random) {
    int number = random.nextInt(400);
    return switch (random.nextInt(4)) {
      case 0 -> "" + number;
      case 1 -> "a long level " + number;
      case 2 -> number < 50 ? "" : "\u00e4" + number;
      default -> "\u0416" + number;
    };
  }
}
