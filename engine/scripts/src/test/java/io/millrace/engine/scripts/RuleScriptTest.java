package io.millrace.engine.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What rule nodes ask of scripts, in both languages.
class RuleScriptTest {
  private final Bed bed = new Bed();

  @ParameterizedTest
  @EnumSource
  void filterAnswersTrueOrFalse(ScriptLanguage language) {
    var script = bed.compile(language, "return msg.temperature > 20;");
    assertThat(script.isFallback()).isFalse();
    assertThat(script.test(Bed.MSG, Bed.METADATA, Bed.TYPE)).isTrue();
    assertThat(script.test(Json.parse("{\"temperature\":20}"), Bed.METADATA, Bed.TYPE)).isFalse();
    assertThat(script.test(Json.parse("{}"), Bed.METADATA, Bed.TYPE)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void filterThatReturnsSomethingElseFails(ScriptLanguage language) {
    var script = bed.compile(language, "return msg.temperature;");
    assertThatThrownBy(() -> script.test(Bed.MSG, Bed.METADATA, Bed.TYPE))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("a number")
        .hasMessageContaining("true or false");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotTouchedComesBackAsItIs(ScriptLanguage language) {
    var result =
        (JsonObject)
            bed.compile(
                    language,
                    "msg.inner.p.q[0] = false;"
                        + "return {msg: msg, metadata: metadata, list: msg.list, msgType: msgType};")
                .run(Bed.MSG, Bed.METADATA, Bed.TYPE);
    assertThat(result.get("metadata")).isSameAs(Bed.METADATA);
    assertThat(result.get("list")).isSameAs(((JsonObject) Bed.MSG).get("list"));
    assertThat(result.get("msg")).isNotEqualTo(Bed.MSG);
    assertThat(bed.compile(language, "return msg.inner.p.q[0];").run(Bed.MSG, Bed.METADATA, ""))
        .hasToString("true");
  }

  @Test
  void lookingIntoAMessageDoesNotCopyIt() {
    var result = bed.compile(ScriptLanguage.JS, "var q = msg.inner.p.q; q.length; return msg;");
    assertThat(result.run(Bed.MSG, Bed.METADATA, Bed.TYPE)).isSameAs(Bed.MSG);
  }

  @ParameterizedTest
  @EnumSource
  void oneObjectUnderTwoNamesIsOneObject(ScriptLanguage language) {
    var script =
        "var m = msg; m.x = 1; var i = msg.inner; i.y = 2;"
            + "return {msg: msg, metadata: metadata, msgType: msgType};";
    var result = (JsonObject) bed.compile(language, script).run(Bed.MSG, Bed.METADATA, Bed.TYPE);
    assertThat(String.valueOf(result.get("msg"))).contains("\"x\":1").contains("\"y\":2");
  }

  @ParameterizedTest
  @EnumSource
  void switchNamesItsConnections(ScriptLanguage language) {
    var script =
        """
        function nextRelation(metadata, msg) {
          return ['one', 'nine'];
        }
        if (msgType == 'POST_ATTRIBUTES_REQUEST') {
          return ['two'];
        }
        return nextRelation(metadata, msg);
        """;
    var compiled = bed.compile(language, script);
    assertThat(compiled.run(Bed.MSG, Bed.METADATA, Bed.TYPE)).hasToString("[\"one\",\"nine\"]");
    assertThat(compiled.run(Bed.MSG, Bed.METADATA, "POST_ATTRIBUTES_REQUEST"))
        .hasToString("[\"two\"]");
  }

  @Test
  void alarmDetailsCarryOverFromTheLastAlarm() {
    assertThat(
            bed.js(
                "var details = {}; if (metadata.prevAlarmDetails) {"
                    + " details = JSON.parse(metadata.prevAlarmDetails); }"
                    + " details.count++; return details;"))
        .isEqualTo("{\"count\":2}");
    assertThat(
            bed.tbel(
                "var details = {}; if (metadata.prevAlarmDetails != null) {"
                    + " details = JSON.parse(metadata.prevAlarmDetails);"
                    + " details.remove('prevAlarmDetails'); }"
                    + " details.count = details.count + 1; return details;"))
        .isEqualTo("{\"count\":2}");
  }

  @ParameterizedTest
  @EnumSource
  void logWritesMessageAndMetadata(ScriptLanguage language) {
    var script =
        "return '\\nIncoming message:\\n' + JSON.stringify(msg)"
            + " + '\\nIncoming metadata:\\n' + JSON.stringify(metadata);";
    assertThat(bed.compile(language, script).run(Bed.MSG, Bed.METADATA, Bed.TYPE).asText())
        .isEqualTo("\nIncoming message:\n" + Bed.MSG + "\nIncoming metadata:\n" + Bed.METADATA);
  }

  @Test
  void nothingStaysBehindBetweenRuns() {
    var script = bed.compile(ScriptLanguage.JS, "var before = typeof n; n = 1; return before;");
    script.run(Bed.MSG, Bed.METADATA, Bed.TYPE);
    assertThat(script.run(Bed.MSG, Bed.METADATA, Bed.TYPE)).hasToString("\"undefined\"");
  }
}
