package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.config.Default;
import io.millrace.base.config.Limit;
import io.millrace.base.json.JsonNull;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SettingsBinderTest {
  record Inner(@Default("5") @Limit(max = 9) int depth) {}

  record All(
      String text,
      @Default("x") String given,
      int number,
      @Default("7") long big,
      double fraction,
      boolean flag,
      @Default("SECONDS") TimeUnit unit,
      List<String> names,
      @Default("a, b") List<String> some,
      Map<String, String> map,
      List<Inner> inners,
      Inner inner,
      JsonObject object,
      JsonValue value) {}

  @Test
  void whatIsAbsentOrNullTakesItsDefault() {
    var expected =
        new All(
            "",
            "x",
            0,
            7,
            0,
            false,
            TimeUnit.SECONDS,
            List.of(),
            List.of("a", "b"),
            Map.of(),
            List.of(),
            new Inner(5),
            JsonObject.EMPTY,
            JsonNull.NULL);
    assertThat(bind("{}")).isEqualTo(expected);
    assertThat(bind("{\"text\":null,\"big\":null,\"unit\":null,\"inner\":null,\"names\":null}"))
        .isEqualTo(expected);
  }

  @Test
  void whatIsGivenIsTakenTextsAsNumbersToo() {
    var all =
        bind(
            """
            {"text":7,"number":"12","big":3.0,"fraction":"1.5","flag":"true","unit":"MINUTES","names":["n",1],
             "map":{"k":"v","n":2},"inners":[{"depth":1},{}],"inner":{"depth":9},"unknown":[1]}
            """);
    assertThat(all.text()).isEqualTo("7");
    assertThat(all.number()).isEqualTo(12);
    assertThat(all.big()).isEqualTo(3);
    assertThat(all.fraction()).isEqualTo(1.5);
    assertThat(all.flag()).isTrue();
    assertThat(all.unit()).isEqualTo(TimeUnit.MINUTES);
    assertThat(all.names()).containsExactly("n", "1");
    assertThat(all.map()).containsEntry("k", "v").containsEntry("n", "2");
    assertThat(all.inners()).containsExactly(new Inner(1), new Inner(5));
    assertThat(all.inner().depth()).isEqualTo(9);
  }

  @Test
  void whatCannotBeTakenIsNamed() {
    assertThatThrownBy(() -> bind("{\"number\":1.5}"))
        .hasMessage("Setting number=1.5: this must be a whole number.");
    assertThatThrownBy(() -> bind("{\"inner\":[]}"))
        .hasMessage("Setting inner=[]: this must be an object.");
    assertThatThrownBy(() -> bind("{\"inner\":{\"depth\":\"deep\"}}"))
        .hasMessageContaining("Setting depth=\"deep\": this must be a whole number.");
    assertThatThrownBy(() -> bind("{\"inner\":{\"depth\":10}}"))
        .hasMessageContaining("Setting depth=10: this must be 0 to 9.");
    assertThatThrownBy(() -> bind("{\"map\":7}")).hasMessageContaining("this must be an object.");
    assertThatThrownBy(() -> bind("{\"fraction\":true}"))
        .hasMessageContaining("this must be a number.");
  }

  private static All bind(String json) {
    return SettingsBinder.bind(All.class, ChainBed.json(json));
  }
}
