package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateTest {
  private static final RuleMessage MESSAGE =
      new RuleMessage(
          new UUID(1, 1),
          0,
          "X",
          new EntityId(EntityType.DEVICE, new UUID(2, 2)),
          ChainBed.json("{\"a\":\"A\",\"quote\":\"\\\"\",\"dollar\":\"${a}\"}"),
          Json.parse("{\"t\":1.50,\"n\":null,\"b\":true,\"o\":{\"x\":\"X\",\"l\":[1]}}"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain | plain",
        "${a} | A",
        "x${a}y$[t]z | xAy1.5z",
        "$[o.x] | X",
        "$[o] | $[o]",
        "$[o.l] | $[o.l]",
        "$[o.none] | $[o.none]",
        "${none} | ${none}",
        "$[n]$[b] | nulltrue",
        "${dollar} | ${a}",
        "${*} | {\"a\":\"A\",\"quote\":\"\\\"\",\"dollar\":\"${a}\"}",
        "$[*] | {\"t\":1.5,\"n\":null,\"b\":true,\"o\":{\"x\":\"X\",\"l\":[1]}}",
        "$ {a} ${a | $ {a} ${a",
        "$$[t] | $1.5",
        "cost: 5$ | cost: 5$",
      })
  void fillsWhatItFinds(String template, String filled) {
    assertThat(Template.of(template).fill(MESSAGE)).isEqualTo(filled);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"{\"q\":\"${quote}\"} | {\"q\":\"\\\"\"}"})
  void escapesForJson(String template, String filled) {
    assertThat(Template.of(template).fillJson(MESSAGE)).isEqualTo(filled);
  }
}
