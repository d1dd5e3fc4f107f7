package io.millrace.engine.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One line per feature of TBEL; results were compared with those of the tbel library 1.2.9.
class TbelTest {
  private final Bed bed = new Bed();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¬',
      textBlock =
          """
              msg.temperature > 20 § true
              return msg.temperature > 20; § true
              return 10 / 4; § 2.5
              return 10 / 5; § 2.0
              return 5L / 2; § 2
              return 7 % 3; § 1
              return 2147483647 + 1; § 2147483648
              return 9223372036854775807L + 1; § 9223372036854775807
              return [1 + "a", "a" + 1 + 2, 1 + 2 + "a", "a" + null, "x" + 5.0, "a" + [1, 2], "a" + {"b": 1}]; § ["1a","a12","3a","anull","x5.0","a[1, 2]","a{b=1}"]
              return [null * 2, msg.foo - 1, "5" * 2, -msg.humidity]; § [null,null,10,-40]
              return ["5" == 5, "123" == 123.0, 5 == 5.0, true == "true", 1 == true, [1] == [1], {"a":1} == {a:1}, null == 0]; § [true,true,true,true,true,true,true,false]
              return [msg.foo > 20, null < 20, "5" > 3, "b" > "a"]; § [false,false,true,true]
              return [0x1F & 0x0F, 5 | 8, 6 ^ 1, ~5, 1 << 31, -16 >>> 28, -56 & 0xFF]; § [15,13,7,-6,-2147483648,15,200]
              var x = 1; x + 1 § 2
              var a = 1; if (a == 1) { 5 } else { 6 } § 5
              var s = 0; foreach (a : [1, 2, 3]) { s += a; } return s; § 6
              var s = 0; for (int i = 0; i < 3; i++) { s = s + i; } return s; § 3
              var o = []; foreach (e : metadata.entrySet()) { o.add(e.key); } return o; § ["deviceName","ts","prevAlarmDetails"]
              var o = {}; foreach (e : metadata) { o[e.getKey()] = e.getValue().length(); } return o.ts; § 13
              var i = 0; do { i++; } while (i < 5); until (i == 7) { i++; } return i; § 7
              return [{}, [:], [], {1, 2}, ["a": 1], {a: {'b': [1]}}]; § [{},{},[],[1,2],{"a":1},{"a":{"b":[1]}}]
              var m = {}; m.x = 1; m["y"] = 2; m.put("z", 3); m.remove("x"); return m; § {"y":2,"z":3}
              var m = {"b": 2, "a": 1}; m.sortByKey(); return [m, m.size(), m.containsKey("b"), m.keySet(), m.values()]; § [{"a":1,"b":2},2,true,["a","b"],[1,2]]
              var l = [3, 1]; l.add(2); l.push(5); l[0] = 9; l.sort(); return [l, l.length, l.size(), l.indexOf(5), l.contains(9), l.join("-")]; § [[1,2,5,9],4,4,2,true,"1-2-5-9"]
              var l = [1, 2, 3]; l.remove(0); return [l, l.slice(1), l.pop(), l.shift(), l]; § [[],[3],3,2,[]]
              return "Abc".toLowerCase() + "abc".substring(1) + "abc".indexOf("c") + "a-b".split("-").size() + " x ".trim(); § "abcbc22x"
              return "abc"[1] + "abc".charAt(2) + "abcabc".replaceAll("[bc]", "x") + "abc".replace("b", "-"); § "bcaxxaxxa-c"
              return ["abc".contains("b"), "abc" contains "z", [1, 2] contains 2, msg contains "text", "abc" ~= "a.*"]; § [true,false,true,true,true]
              return (msg.active ? "on" : "off"); § "on"
              function f(x, y) { return x + y; } def g(x) { x * 2 } return f(1, 2) + g(3); § 9
              var g = 5; function f() { g = g + 1; return g; } f(); return g; § 6
              return [msg.?foo.bar, msg.foo, msg.?inner.p.q[0], isdef msg, isdef foo]; § [null,null,true,true,false]
              switch (msg.text) { case "a": return 1; case "hello": return 2; default: return 3; } § 2
              return [Math.max(1, 2), Math.sqrt(16), Math.round(2.5), Math.pow(2, 3), Math.abs(-5), Math.floor(2.7)]; § [2,4.0,3,8.0,5,2.0]
              return [Integer.parseInt("5"), Double.parseDouble("1.5"), String.valueOf(5), Integer.toHexString(255)]; § [5,1.5,"5","ff"]
              return [(int) 3.9, (byte) 200, (double) 5, (String) 5]; § [3,-56,5.0,"5"]
              int x = 5; String s = "a"; byte[] b = new byte[2]; b[1] = 7; return [x, s, b]; § [5,"a",[0,7]]
              return [toFixed(1.2345, 2), toInt(2.5), isNaN(1.0), parseInt("0x1F"), parseInt("abc"), parseFloat("1.5"), parseInt("101", 2)]; § [1.23,3,false,31,null,1.5,5]
              return [parseHexToInt("0102"), parseLittleEndianHexToInt("0102"), parseBytesToInt([1, 2]), parseBytesToInt([1, 2, 3], 1, 2, false), parseHexToFloat("41EA62CC")]; § [258,513,258,770,29.29824]
              return [bytesToHex([10, -1]), hexToBytes("0aff"), stringToBytes("Hi"), bytesToString([72, 105]), btoa("Hi"), atob("SGk=")]; § ["0aff",[10,-1],[72,105],"Hi","SGk=","Hi"]
              return [intToHex(255), intToHex(513, false), bytesToBase64([1, 2]), base64ToHex("AQI="), padStart("7", 3, "0")]; § ["FF","0102","AQI=","0102","007"]
              return [decodeToJson("{\\"a\\":1}").a, JSON.parse("[1.0]")[0], JSON.stringify({"a": 1.0})]; § [1,1.0,"{\\"a\\":1.0}"]
              return toFlatMap({"a": {"b": 1}, "c": [2, 3]}); § {"a.b":1,"c.0":2,"c.1":3}
              return new Date(0).toISOString() + new Date(1700000000000L).getFullYear(); § "1970-01-01T00:00:00.000Z2023"
              return [msg.humidity instanceof Integer, msg.text is String, msg.missing == empty, isMap(msg), isList([1])]; § [true,true,true,true,true]
              return true and (false or true); § true
              return java.util.Arrays.copyOfRange([1, 2, 3, 4], 1, 3); § [2,3]
              return [java.lang.Math.max(1, 2), java.util.Arrays.asList(1, 2)]; § [2,[1,2]]
              var s = toSet(["b", "a", "b"]); var e = newSet(); return [s, s.add("a"), s.add("c"), s.size, s.toSorted(), isSet(s), isSet([1]), isList(s), e, s.remove("a"), s.toList()]; § [["b","c"],false,true,3,["a","b","c"],true,false,false,[],true,["b","c"]]
              var d = new Date(2023, 8, 6, 4, 4, 5, "America/New_York"); return [d.toISOString(), d.getMonth(), d.getDay(), d.date, d.getUTCHours()]; § ["2023-08-06T08:04:05.000Z",8,7,6,8]
          var d = new Date(Date.UTC(2024, 1, 31)); d.setMonth(2); var e = new Date(0); e.setHours(5, 6); e.addDays(3); return [d.toISOString(), e.toISOString()]; § ["2024-03-02T00:00:00.000Z","1970-01-04T05:06:00.000Z"]
          return new Date("2023-09-06 02:15", "yyyy-MM-dd HH:mm", "en", "Europe/Berlin").toISOString(); § "2023-09-06T00:15:00.000Z"
          return [Date.parse("no"), new Date(0).toLocaleString("de", "Europe/Berlin"), new Date(0).toLocaleDateString("en-US", '{"dateStyle":"long"}'), new Date(0).toLocaleString("en", '{"pattern":"yyyy/MM/dd"}')]; § [-1,"01.01.70, 01:00:00","January 1, 1970","1970/01/01"]
          return parseLongToBinaryArray(5L, 4); § [0,1,0,1]
              var p = "[[[0,0],[0,10],[10,10],[10,0]],[[4,4],[4,6],[6,6],[6,4]]]"; return [isInsidePolygon(1, 1, p), isInsidePolygon(5, 5, p), isInsidePolygon(11, 1, p)]; § [true,false,false]
              var c = '{"latitude":0,"longitude":0,"radius":2,"radiusUnit":"KILOMETER"}'; return [isInsideCircle(0.01, 0, c), isInsideCircle(0.02, 0, c)]; § [true,false]
          """)
  void says(String script, String result) {
    assertThat(bed.tbel(script.replace("\\\\", "\\"))).isEqualTo(result.replace("\\\\", "\\"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return msg.foo.bar;",
        "if (msg.text) { return 1; }",
        "return !msg.foo;",
        "return foo;",
        "return nobodyKnows(1);",
        "return [1][5];",
        "return \"abc\" > 5;",
        "raiseError(\"no\");"
      })
  void failsWhereThingsBoardFails(String script) {
    assertThatThrownBy(() -> bed.tbel(script)).isInstanceOf(ScriptException.class);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¬',
      textBlock =
          """
          import java.util.List; return 1; § import § 1
          return new java.io.File("/"); § new java.io.File § 8
          return msg.getClass(); § .getClass() § 11
          with (msg) { a = 1 } § with § 1
          try { return 1; } catch (e) { } § try § 1
          """)
  void refusesWhatItDoesNotTakeWhenItIsCompiled(String script, String construct, int column) {
    assertThatThrownBy(() -> bed.compile(ScriptLanguage.TBEL, script))
        .isInstanceOfSatisfying(
            ScriptSyntaxException.class,
            refusal -> {
              assertThat(refusal.construct()).isEqualTo(construct);
              assertThat(refusal.line()).isEqualTo(1);
              assertThat(refusal.column()).isEqualTo(column);
            });
  }
}
