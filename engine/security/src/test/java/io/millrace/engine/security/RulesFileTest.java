package io.millrace.engine.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesFileTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"rules\":{}}",
        "{\"rules\":{\".read\":true,\".write\":false,\".indexOn\":\"wut\",\".validate\":\"true\"}}",
        "{\"rules\":{\".indexOn\":[\"a\",\"b/c\",\".value\"]}}",
        "{\"rules\":{\"$uid\":{\"foo\":{\"$other\":{\".write\":\"$uid == $other\"}}}}}",
        "{\"rules\":{\"a\":{\"$x\":{\".read\":true}},\"b\":{\"$x\":{\".read\":true}}}}",
        "// first\n"
            + "{ /* c */ \"rules\" : { // why\n"
            + " \".read\": \"auth != null /* no comment in here */ == true\" } } // last",
        "\uFEFF{\"rules\":{\"\u00e9\":{\".read\":\"'\\u0041' == 'A'\"}}}",
      })
  void goodShapes(String file) {
    if (file.contains("no comment in here")) {
      assertThatThrownBy(() -> SecurityRules.parse(file)).isInstanceOf(RulesException.class);
    } else {
      assertThatCode(() -> SecurityRules.parse(file)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | 1:1: Rules are an object",
        "\"wut\" | 1:1: Rules are an object",
        "{} | 1:1: The object needs the member \"rules\"",
        "{\"other\":true} | 1:1: The object needs the member",
        "{\"rules\":{},\"other\":1} | 1:13: Only \"rules\" may stand here",
        "{\"rules\":{\".indexOn\":true}} | 1:22: .indexOn must be a string or an array",
        "{\"rules\":{\".indexOn\":{}}} | 1:22: .indexOn must be",
        "{\"rules\":{\".indexOn\":[1,2]}} | 1:23: .indexOn must be",
        "{\"rules\":{\".indexOn\":\"a.b\"}} | 1:22: \"a.b\" is no path",
        "{\"rules\":{\"foo\":null}} | 1:17: Expected an object with rules",
        "{\"rules\":{\"foo\":\"true\"}} | 1:17: Expected an object with rules",
        "{\"rules\":{\".woops\":true}} | 1:11: Unknown \".woops\"",
        "{\"rules\":{\"a.b\":{}}} | 1:11: \"a.b\" can be no key",
        "{\"rules\":{\".read\":1}} | 1:19: .read must be a string or a boolean",
        "{\"rules\":{\".read\":\"$some === true\"}} | 1:20: Unknown variable '$some'.",
        "{\"rules\":{\".read\":\"newData.exists()\"}} | 1:20: Unknown variable 'newData'",
        "{\"rules\":{\".read\":\"true && xx\"}} | 1:28: Unknown variable 'xx'.",
        "{\"rules\":{\".read\":\"\\\"a\\\" == xx\"}} | 1:29: Unknown variable 'xx'.",
        "{\"rules\":{\"$a\":{\"b\":{\"$a\":{}}}}} | 1:22: $a is a variable further up",
        "{\"rules\":{\"$a\":{},\"$b\":{}}} | 1:19: Only one $variable",
        "{\"rules\":{\"$a-b\":{}}} | 1:11: $a-b is no name of a variable",
        "{\"rules\":{\"a\":{},\"a\":{}}} | 1:18: 'a' stands here twice",
        "{\"rules\":{}} x | 1:14: There is more text",
        "{\"rules\":{} | 1:12: The text ends here",
        "{\"rules\":{\"a\":{},}} | 1:18: Expected a name in double quotes",
        "{rules:{}} | 1:2: Expected a name in double quotes",
        "{\"rules\":{/* } | 1:11: This comment has no end",
        "{\"rules\":{\".read\":\"\\d\"}} | 1:20: \\d is no escape in JSON",
        "{\"rules\":{\".read\":\"'a'.matches(/(b/)\"}} | 1:33: This group has no end",
      })
  void badShapesAreRefusedWithTheirPlace(String file, String message) {
    assertThatThrownBy(() -> SecurityRules.parse(file.strip()))
        .isInstanceOf(RulesException.class)
        .message()
        .startsWith(message.strip());
  }

  @Test
  void linesAreCounted() {
    assertThatThrownBy(
            () ->
                SecurityRules.parse("{\n  // why\n  \"rules\": {\n    \".read\": \"foo\"\n  }\n}"))
        .hasMessage("4:15: Unknown variable 'foo'.");
  }

  @Test
  void theSourceKeepsItsCommentsAndTheJsonHasNone() {
    var source = "{ // all\n \"rules\": {\".read\": true, \"a\": {\".indexOn\": [\"x\"]}} }";
    var rules = SecurityRules.parse(source);
    assertThat(rules.source()).isEqualTo(source);
    assertThat(rules.json())
        .hasToString("{\"rules\":{\".read\":true,\"a\":{\".indexOn\":[\"x\"]}}}");
  }
}
