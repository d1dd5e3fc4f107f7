package io.millrace.store.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TopicMatcherTest {
  @Test
  void examplesOfTheStandard() {
    assertThat(matches("sport/tennis/player1/#", "sport/tennis/player1")).isTrue();
    assertThat(matches("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon")).isTrue();
    assertThat(matches("sport/tennis/+", "sport/tennis/player1/ranking")).isFalse();
    assertThat(matches("sport/+", "sport")).isFalse();
    assertThat(matches("sport/+", "sport/")).isTrue();
    assertThat(matches("+/+", "/finance")).isTrue();
    assertThat(matches("/+", "/finance")).isTrue();
    assertThat(matches("+", "/finance")).isFalse();
    assertThat(matches("#", "$SYS/x")).isFalse();
    assertThat(matches("+/monitor/Clients", "$SYS/monitor/Clients")).isFalse();
    assertThat(matches("$SYS/#", "$SYS/x")).isTrue();
    assertThat(matches("a/", "a/")).isTrue();
    assertThat(matches("a", "a/")).isFalse();
    assertThat(matches("a/", "a")).isFalse();
  }

  @Test
  void agreesWithARegularExpression() {
    var random = new Random(7);
    for (int i = 0; i < 50_000; i++) {
      var filter = text(random, "ab/+", 6).replaceAll("[ab]+\\+|\\++[ab+]+", "+");
      if (random.nextInt(4) == 0) {
        filter = filter.isEmpty() ? "#" : filter + "/#";
      }
      var topic = text(random, "ab/", 6);
      if (filter.isEmpty() || filter.matches(".*[^/]\\+.*|.*\\+[^/].*") || topic.isEmpty()) {
        continue;
      }
      var regex = filter.replace("+", "[^/]*").replaceAll("/#$", "(/.*)?").replaceAll("^#$", ".*");
      assertThat(matches(filter, topic))
          .as("%s against %s", filter, topic)
          .isEqualTo(topic.matches(regex));
    }
  }

  @Test
  void whatIsNoFilterIsRefused() {
    for (var wrong : new String[] {"", "a/#/b", "a#", "a+/b", "##"}) {
      assertThatThrownBy(() -> TopicMatcher.of(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static boolean matches(String filter, String topic) {
    return TopicMatcher.of(filter).test(topic);
  }

  private static String text(Random random, String letters, int max) {
    var text = new StringBuilder();
    for (int i = random.nextInt(max); i >= 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
