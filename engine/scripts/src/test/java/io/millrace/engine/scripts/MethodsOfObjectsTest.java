package io.millrace.engine.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `this` in methods, `call` and `apply`: our compiler says what the full engine says.
class MethodsOfObjectsTest {
  private static final Bed BED = new Bed();

  @AfterAll
  static void close() {
    BED.scripts.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "var o = {a: 1, f: function () { return this.a; }}; return o.f();",
        "var o = {a: 1, f() { return [2, 3].map(x => x * this.a + this.a); }}; return o.f();",
        "var o = {n: 2, f(x) { return x < 1 ? 0 : this.n + this.f(x - 1); }}; return o.f(5);",
        "var o = {s: [{c: function (x) { return x * 2; }}]}; return o.s[0].c.apply(o, [4]);",
        "var o = {a: 1, f() { return this.g() + this.a; }, g() { return this.a * 10; }};"
            + " return o.f();",
        "function g() { return this === undefined ? 'u' : this.a; } var o = {a: 7, g: g};"
            + " return [o.g(), g.call({a: 8}), g.apply({a: 9})];",
        "var o = {a: 1, set(v) { this.a = v; return this; }}; return o.set(5).set(6).a;",
        "var o = {a: 3, f() { var self = this; return (function () { return self.a; })(); }};"
            + " return o.f();",
        "var o = {a: 1, f(x = this.a) { return x; }}; return [o.f(), o.f(2), o['f']()];",
        "return String.fromCharCode.apply(String, [72, 105]);",
        "return String.fromCharCode.apply(null, [72, 105]);",
        "return [Math.max.apply(null, [1, 5, 3]), Math.min.apply(Math, [4, 2]),"
            + " parseInt.call(null, '12')];",
        "return [[].concat.apply([], [[1], [2]]), [3, 4].slice.call([5, 6, 7], 1)];",
        "function add(a, b) { return a + b; } return [add.apply(null, [1, 2]),"
            + " add.call(null, 3, 4), typeof add.apply, typeof add.nothing];",
        "var o = {a: 5, f(x, y) { return this.a + x + y; }}; var b = o.f.bind(o, 1);"
            + " return [b(2), b.call({a: 0}, 3), [1].map(b)[0], typeof b];",
        "var o = {call: function (x) { return 'own' + x; }}; return o.call(1);",
        "try { (function () {}).apply(null, 5); return 'no'; } catch (e) { return e.name; }"
      })
  void bothEnginesAgree(String script) {
    var own = BED.compile(ScriptLanguage.JS, script);
    var full = BED.compile(ScriptLanguage.JS, "class Unused {} " + script);
    assertThat(own.isFallback()).isFalse();
    assertThat(full.isFallback()).isTrue();
    assertThat(own.run(Bed.MSG, Bed.METADATA, Bed.TYPE))
        .hasToString(full.run(Bed.MSG, Bed.METADATA, Bed.TYPE).toString());
  }

  @Test
  void recursionThroughMethodsAndApplyIsStopped() {
    for (var script :
        new String[] {
          "var o = {f() { return this.f(); }}; return o.f();",
          "function f() { return f.apply(null, []); } return f();",
          "function f() { return f.call.call(f); } return f();"
        }) {
      var compiled = BED.compile(ScriptLanguage.JS, script);
      assertThat(compiled.isFallback()).isFalse();
      assertThatThrownBy(() -> compiled.run(Bed.MSG, Bed.METADATA, Bed.TYPE))
          .isInstanceOfSatisfying(
              ScriptException.class,
              e -> assertThat(e.kind()).isEqualTo(ScriptException.Kind.DEPTH));
    }
  }

  @Test
  void longListsOfElseIfAreTaken() {
    var script = new StringBuilder("var x = msg.humidity; if (x == 1) { return 1; }");
    for (int i = 2; i < 300; i++) {
      script.append(" else if (x == ").append(i).append(") { return ").append(i).append("; }");
    }
    assertThat(BED.js(script.toString())).isEqualTo("40");
    assertThat(BED.tbel(script.toString())).isEqualTo("40");
  }
}
