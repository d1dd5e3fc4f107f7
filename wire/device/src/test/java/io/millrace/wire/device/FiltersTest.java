package io.millrace.wire.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiltersTest {
  @ParameterizedTest
  @CsvSource({
    "a/b, a/b, true",
    "a/b, a/bc, false",
    "a/b, a, false",
    "a/+, a/b, true",
    "a/+, a/, true",
    "a/+, a/b/c, false",
    "a/+/c, a/b/c, true",
    "a/#, a/b/c, true",
    "a/#, a, true",
    "a/#, ab, false",
    "a/+/#, a/b, true",
    "+/b, a/b, true",
  })
  void filtersMatchAsInMqtt(String filter, String topic, boolean matches) {
    assertThat(Filters.matches(filter, topic)).isEqualTo(matches);
  }

  @Test
  void theHighestQosOfThoseThatMatchCounts() {
    var filters = new Filters();
    assertThat(filters.qos("a/b")).isEqualTo(Filters.NONE);
    filters.add("a/+", 0);
    filters.add("a/b", 1);
    assertThat(filters.qos("a/b")).isEqualTo(1);
    filters.remove("a/b");
    assertThat(filters.qos("a/b")).isZero();
  }
}
