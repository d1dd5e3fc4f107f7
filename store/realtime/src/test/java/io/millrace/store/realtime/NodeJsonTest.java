package io.millrace.store.realtime;

import static io.millrace.store.realtime.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeJsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          null                                | null
          {}                                  | null
          []                                  | null
          {"a":{},"b":[],"c":null}            | null
          {"a":1,"b":null}                    | {"a":1}
          [1,2]                               | [1,2]
          [null,1]                            | [null,1]
          [null,null,1]                       | {"2":1}
          {"0":"a","1":"b"}                   | ["a","b"]
          {"0":"a","2":"c","3":"d"}           | ["a",null,"c","d"]
          {"00":"a"}                          | {"00":"a"}
          {"0":1,"x":2}                       | {"0":1,"x":2}
          {"b":1,"a":2,"10":3,"9":4}          | {"9":4,"10":3,"a":2,"b":1}
          9223372036854775807                 | 9223372036854775807
          -9223372036854775808                | -9223372036854775808
          9223372036854775808                 | 9.223372036854776E18
          1.0                                 | 1
          -0.0                                | 0
          1e30                                | 1.0E30
          0.1                                 | 0.1
          {".value":5,".priority":1}          | 5
          {"a":1,".priority":"x"}             | {"a":1}
          """)
  void plainJsonIsWhatFirebaseReads(String written, String read) {
    assertThat(node(written).toJson().toString()).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {".value":5,".priority":1}          | {".value":5,".priority":1}
          {"a":1,".priority":"x"}             | {"a":1,".priority":"x"}
          ["a","b"]                           | {"0":"a","1":"b"}
          {".value":null,".priority":1}       | null
          {".priority":1}                     | null
          {".value":5,".priority":null}       | 5
          """)
  void exportJsonKeepsPriorities(String written, String read) {
    assertThat(node(written).toExportJson().toString()).isEqualTo(read);
  }

  @Test
  void aChildWrittenBelowAValueReplacesItAndKeepsThePriority() {
    var value = node("{\".value\":5,\".priority\":1}");
    var below = value.with(TreePath.parse("a/b"), node("7"));
    assertThat(below.toExportJson().toString()).isEqualTo("{\"a\":{\"b\":7},\".priority\":1}");
    assertThat(value.with("a", Branch.EMPTY)).isSameAs(value);
  }

  @Test
  void theLastChildTakesItsParentsAndTheirPrioritiesAlong() {
    var tree = node("{\"a\":{\"b\":{\"c\":1,\".priority\":2}},\"d\":1}");
    assertThat(tree.with(TreePath.parse("a/b/c"), Branch.EMPTY).toExportJson().toString())
        .isEqualTo("{\"d\":1}");
  }

  @Test
  void pieceByPieceItIsTheSameText() {
    for (long seed = 0; seed < 500; seed++) {
      var random = new java.util.Random(seed);
      Node node = Branch.EMPTY;
      for (int i = random.nextInt(40); i > 0; i--) {
        var path =
            TreePath.of("" + random.nextInt(4), "k\"" + random.nextInt(5), "" + random.nextInt(3));
        node =
            node.with(
                path,
                Leaf.of(
                    io.millrace.base.json.Json.parse(
                        java.util.List.of("1", "2.5", "true", "\"x\\ny\"")
                            .get(random.nextInt(4)))));
        if (random.nextInt(4) == 0) {
          node =
              node.with(
                  path.child(Node.PRIORITY), Leaf.of(new io.millrace.base.json.JsonString("p")));
        }
      }
      for (boolean isExport : new boolean[] {true, false}) {
        var text = new StringBuilder();
        JsonWriter.write(node, isExport, 7, text::append);
        assertThat(text.toString())
            .as("seed %d", seed)
            .isEqualTo((isExport ? node.toExportJson() : node.toJson()).toString());
      }
    }
  }
}
