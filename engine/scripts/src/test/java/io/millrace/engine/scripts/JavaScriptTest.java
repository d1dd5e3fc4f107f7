package io.millrace.engine.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One line per feature of the language that our own compiler takes.
class JavaScriptTest {
  private final Bed bed = new Bed();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '§',
      quoteCharacter = '¬',
      textBlock =
          """
      return msg.temperature > 20; § true
      return msg['humid' + 'ity']; § 40
      return msg.missing; § null
      return msg.missing === undefined && msg.missing == null && msg.missing !== null; § true
      return 1 + '1' + 1; § "111"
      return '5' * '2' + +true; § 11
      return [0.1 + 0.2, 1 / 3, 1e21, -0, 5 % 3, -5 % 3, 2 ** 10]; § [0.30000000000000004,0.3333333333333333,1.0E21,0,2,-2,1024]
      return [1e21, 1e-7, 123456789012345680000, NaN, -1.50].map(String); § ["1e+21","1e-7","123456789012345680000","NaN","-1.5"]
      return [1 / 0, NaN, undefined, function () {}]; § [null,null,null,null]
      return {a: undefined, b: () => 1, c: null}; § {"c":null}
      return [null == 0, '' == 0, '1' == 1, [1] == 1, NaN == NaN, null >= 0]; § [false,true,true,true,false,true]
      return [5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 31, -1 >>> 0, -16 >> 2]; § [1,7,6,-6,-2147483648,4294967295,-4]
      var s = 0; for (var i = 0; i < 5; i++) { if (i == 3) continue; s += i; } return s; § 7
      var o = []; for (var k in {b: 1, a: 2, 7: 3}) { o.push(k); } return o; § ["7","b","a"]
      var s = ''; for (const c of 'aé😀') { s += c + '.'; } return s; § "a.é.😀."
      var o = []; for (const [k, v] of Object.entries({x: 1})) { o.push(k, v); } return o; § ["x",1]
      let i = 0; while (true) { if (++i > 4) break; } do { i--; } while (i > 2); return i; § 2
      outer: for (let i = 0; i < 3; i++) { for (;;) { if (i == 1) break outer; continue outer; } } return 'out'; § "out"
      switch (msg.text) { case 'x': return 1; case 'hello': var n = 2; default: n++; } return n; § 3
      const fs = []; for (let i = 0; i < 3; i++) { fs.push(() => i); } return fs.map(f => f()); § [0,1,2]
      var fs = []; for (var i = 0; i < 3; i++) { fs.push(() => i); } return fs.map(f => f()); § [3,3,3]
      return f(4); function f(n) { return n < 2 ? 1 : n * f(n - 1); } § 24
      var c = (function () { var n = 0; return function () { return ++n; }; })(); c(); return c(); § 2
      function f(a, b = a + 1, ...rest) { return [a, b, rest]; } return [f(1), f(1, 2, 3, 4)]; § [[1,2,[]],[1,2,[3,4]]]
      function f() { try { return 1; } finally { msg.f = 2; } } return [f(), msg.f]; § [1,2]
      for (var i = 0; i < 2; i++) { try { continue; } finally { msg.n = i; } } return msg.n; § 1
      try { null.x; } catch (e) { return e.name; } § "TypeError"
      try { throw {code: 7}; } catch (e) { return e.code; } § 7
      try { nothing(); } catch ({name}) { return name; } § "ReferenceError"
      const {temperature, inner: {p: {q: [first]}}, none = 5} = msg; return [temperature, first, none]; § [21.5,true,5]
      let [a, b, ...c] = [1, 2, 3, 4]; [a, b] = [b, a]; return [a, b, c]; § [2,1,[3,4]]
      return {...{a: 1, b: 2}, b: 3, ['c' + 1]: 4}; § {"a":1,"b":3,"c1":4}
      return Math.max(...[1, 5, 3]) + [...'ab', ...[1]].length; § 8
      return `t=${msg.temperature.toFixed(1)} ${`${1 + 1}`}`; § "t=21.5 2"
      return [msg.a?.b.c, msg.inner?.p?.q?.[0], msg.nope?.(), msg.a ?? 'x', 0 ?? 1]; § [null,true,null,"x",0]
      var a = null; a ??= 5; a ||= 6; a &&= 7; return a; § 7
      return typeof undefinedName + typeof null + typeof [] + typeof '' + typeof 1 + typeof f; function f() {} § "undefinedobjectobjectstringnumberfunction"
      delete msg.text; return ['text' in msg, 'humidity' in msg, 0 in [1]]; § [false,true,true]
      implicit = 3; return implicit + 1; § 4
      var x = (1, 2, 3); return x; § 3
      return [3, 1, 10, 2].sort(); § [1,10,2,3]
      return [3, 1, 10, 2].sort((a, b) => b - a); § [10,3,2,1]
      var a = [1, 2, 3, 4]; var b = a.splice(1, 2, 'x'); return [a, b]; § [[1,"x",4],[2,3]]
      var a = []; a[2] = 1; return [a.length, a, a.map(x => 5)]; § [3,[null,null,1],[null,null,5]]
      var a = []; a['k'] = 1; return [a.k, a.length, JSON.stringify(a)]; § [1,0,"[]"]
      return 'a-b_c'.replace(/[-_](\\w)/g, (m, g) => g.toUpperCase()); § "aBC"
      return 'x1y22'.match(/\\d+/g).concat('2024-01-02'.match(/(\\d+)-(\\d+)/).slice(1)); § ["1","22","2024","01"]
      return 'a, b;c'.split(/[,;]\\s*/); § ["a","b","c"]
      return /^dht/i.test(metadata.deviceName) && !/\\s/.test('ab'); § true
      return [parseInt('42px'), parseInt('0x1F'), parseFloat('3.5e1x'), Number(''), Number('x')]; § [42,31,35,0,null]
      return [(255).toString(16), (1234.5678).toFixed(2), (0.000123).toExponential(1), (1.005).toPrecision(2)]; § ["ff","1234.57","1.2e-4","1.0"]
      return JSON.stringify({a: [1, {b: 'x'}], c: undefined}, null, 2); § "{\\n  \\"a\\": [\\n    1,\\n    {\\n      \\"b\\": \\"x\\"\\n    }\\n  ]\\n}"
      return JSON.parse('{"a": [1, 2.5, "x"]}').a[1]; § 2.5
      return new Date(0).toISOString() + new Date('2024-02-29').getTime(); § "1970-01-01T00:00:00.000Z1709164800000"
      var d = new Date(2024, 0, 31); d.setMonth(1); return d.toISOString(); § "2024-03-02T00:00:00.000Z"
      var m = new Map([['a', 1]]); m.set('b', 2); var s = new Set([1, 1, 2]); return [m.get('b'), m.size, s.size, [...s]]; § [2,2,2,[1,2]]
      return ['1', '2', '3'].map(Number).filter(Boolean).reduce((a, b) => a + b); § 6
      return [[1, [2]], 3].flat(2).concat(Array.from({length: 2}, (v, i) => i)); § [1,2,3,0,1]
      return Object.keys(msg).length + Object.values({a: 1, b: 2}).length; § 8
      return encodeURIComponent('a b/ä') + decodeURIComponent('%20'); § "a%20b%2F%C3%A4 "
      if (true) return 'no semicolon' § "no semicolon"
      """)
  void says(String script, String result) {
    var compiled = bed.compile(ScriptLanguage.JS, script.replace("\\\\", "\\"));
    assertThat(compiled.run(Bed.MSG, Bed.METADATA, Bed.TYPE))
        .hasToString(result.replace("\\\\", "\\"));
  }

  @Test
  void lineBreaksEndStatementsWhereJavaScriptSaysSo() {
    assertThat(bed.js("var a = 1\nvar b = 2\nreturn a +\n b")).isEqualTo("3");
    assertThat(bed.js("return\n5")).isEqualTo("null");
    assertThat(bed.js("var i = 1\n++i\nreturn i")).isEqualTo("2");
  }

  @Test
  void constantsCannotBeAssignedAndLetNotReadBefore() {
    assertThat(bed.js("const a = 1; try { a = 2; } catch (e) { return e.name; }"))
        .isEqualTo("\"TypeError\"");
    assertThat(bed.js("try { return a; } catch (e) { return e.name; } let a = 1;"))
        .isEqualTo("\"ReferenceError\"");
  }

  @Test
  void timeIsThatOfTheClock() {
    assertThat(bed.js("return [Date.now() - new Date().getTime()]")).isEqualTo("[0]");
    assertThat(bed.js("return Date.now()")).isEqualTo(Long.toString(bed.time.millis()));
  }

  @Test
  void parametersMayHaveAnyNames() {
    var script =
        bed.scripts.compile(
            ScriptLanguage.JS, "return a + b + c + d", java.util.List.of("a", "b", "c", "d"));
    var numbers =
        java.util.stream.LongStream.of(1, 2, 3, 4)
            .<io.millrace.base.json.JsonValue>mapToObj(io.millrace.base.json.JsonLong::new)
            .toList();
    assertThat(script.call(numbers)).hasToString("10");
    assertThat(
            bed.scripts
                .compile(ScriptLanguage.JS, "return typeof b", java.util.List.of("a", "b"))
                .call(numbers.subList(0, 1)))
        .hasToString("\"undefined\"");
  }
}
