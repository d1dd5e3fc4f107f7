package io.millrace.engine.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.store.realtime.Node;
import io.millrace.store.realtime.Query;
import io.millrace.store.realtime.QueryIndex;
import io.millrace.store.realtime.TreePath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecurityRulesTest {
  private static final String NOBODY = "null";
  private static final String ANN = "{'uid':'ann'}";

  private static SecurityRules rules(String text) {
    return SecurityRules.parse("{\"rules\":" + text.replace('\'', '"').replace('`', '\'') + "}");
  }

  private static boolean reads(SecurityRules rules, String data, String path, String auth) {
    return rules.mayRead(read(Rules.node(data), path, Query.ALL, auth));
  }

  private static SecurityRules.Read read(Node root, String path, Query query, String auth) {
    return new SecurityRules.Read(root, TreePath.parse(path), query, Rules.json(auth), Rules.NOW);
  }

  private static boolean writes(
      SecurityRules rules, String before, String path, String value, String auth) {
    return rules.mayWrite(write(before, path, value, auth));
  }

  private static SecurityRules.Write write(String before, String path, String value, String auth) {
    var root = Rules.node(before);
    var place = TreePath.parse(path);
    return new SecurityRules.Write(
        root, root.with(place, Rules.node(value)), List.of(place), Rules.json(auth), Rules.NOW);
  }

  @Test
  void withoutRulesNothingIsAllowed() {
    assertThat(reads(rules("{}"), "{'a':1}", "a", ANN)).isFalse();
    assertThat(writes(rules("{}"), "{'a':1}", "a", "2", ANN)).isFalse();
    assertThat(reads(SecurityRules.CLOSED, "{'a':1}", "a", ANN)).isFalse();
    assertThat(reads(SecurityRules.OPEN, "{'a':1}", "a", NOBODY)).isTrue();
    assertThat(writes(SecurityRules.OPEN, "{'a':1}", "a", "2", NOBODY)).isTrue();
  }

  @Test
  void aDecisionSaysWhereItLooked() {
    var rules =
        rules(
            "{'.read':'root.child(`open`).val() =="
                + " true','$who':{'.read':'root.child(`members`).hasChild(auth.uid) &&"
                + " data.parent().child(`x`).exists()'}}");
    var closed = rules.decide(read(Rules.node("{'a':1}"), "a", Query.ALL, ANN));
    assertThat(closed.isAllowed()).isFalse();
    assertThat(closed.places()).containsExactlyInAnyOrder(place("open"), place("members/ann"));
    var data = Rules.node("{'x':1,'members':{'ann':1}}");
    var granted = rules.decide(read(data, "a", Query.ALL, ANN));
    assertThat(granted.isAllowed()).isTrue();
    assertThat(granted.places())
        .containsExactlyInAnyOrder(place("open"), place("members/ann"), place("x"));
    assertThat(SecurityRules.OPEN.decide(read(data, "a", Query.ALL, ANN)).places()).isEmpty();
  }

  private static TreePath place(String path) {
    return TreePath.parse(path);
  }

  @Test
  void aGrantHoldsForAllBelowAndIsNeverTakenBack() {
    var rules = rules("{'a':{'.read':true,'b':{'.read':false}}}");
    assertThat(reads(rules, "{}", "a/b/c", NOBODY)).isTrue();
    assertThat(reads(rules, "{}", "", NOBODY)).as("rules are not filters").isFalse();
    assertThat(reads(rules, "{}", "x", NOBODY)).isFalse();
  }

  @Test
  void aWildcardStandsForKeysWithoutRulesOfTheirOwn() {
    var rules = rules("{'$who':{'.read':'auth.uid == $who'},'ann':{'.read':false}}");
    assertThat(reads(rules, "{}", "bob", "{'uid':'bob'}")).isTrue();
    assertThat(reads(rules, "{}", "bob/deep", "{'uid':'bob'}")).isTrue();
    assertThat(reads(rules, "{}", "ann", ANN)).isFalse();
  }

  @Test
  void dataIsBeforeAndNewDataAfterTheWriteMergedWithWhatIsThere() {
    var rules =
        rules(
            "{'a':{'.write':'newData.child(`n`).val() == data.child(`n`).val() + 1 &&"
                + " newData.child(`kept`).exists()'}}");
    assertThat(writes(rules, "{'a':{'n':1,'kept':1}}", "a/n", "2", NOBODY)).isTrue();
    assertThat(writes(rules, "{'a':{'n':1,'kept':1}}", "a/n", "3", NOBODY)).isFalse();
    assertThat(writes(rules, "{'a':{'n':1,'kept':1}}", "a", "{'n':2}", NOBODY)).isFalse();
  }

  @Test
  void everyValidateOnTheWayAndBelowMustHold() {
    var rules =
        rules(
            "{'.write':true,'a':{'.validate':'newData.hasChildren([`x`])','$k':{'.validate':'newData.isNumber()'}}}");
    assertThat(writes(rules, "{}", "a", "{'x':1,'y':2}", NOBODY)).isTrue();
    assertThat(writes(rules, "{}", "a", "{'x':1,'y':'two'}", NOBODY)).isFalse();
    assertThat(writes(rules, "{}", "a", "{'y':2}", NOBODY)).isFalse();
    assertThat(writes(rules, "{}", "a/y", "2", NOBODY)).as("x is missing").isFalse();
    assertThat(writes(rules, "{'a':{'x':1}}", "a/y", "2", NOBODY)).isTrue();
    assertThat(writes(rules, "{}", "", "{'a':{'x':'no'}}", NOBODY)).as("from above").isFalse();
    assertThat(writes(rules, "{'a':{'x':1}}", "a", "null", NOBODY)).as("a delete").isTrue();
    assertThat(writes(rules, "{'a':{'x':1,'y':2}}", "a/y", "null", NOBODY)).isTrue();
    assertThat(writes(rules, "{'a':{'x':1,'y':2}}", "a/x", "null", NOBODY)).isFalse();
  }

  @Test
  void aValidateAloneGrantsNothing() {
    assertThat(writes(rules("{'.validate':true}"), "{}", "a", "1", ANN)).isFalse();
  }

  @Test
  void unknownKeysCanBeRefusedByAWildcard() {
    var rules =
        rules(
            "{'.write':true,'p':{'name':{'.validate':'newData.isString()'},'$other':{'.validate':false}}}");
    assertThat(writes(rules, "{}", "p", "{'name':'n'}", NOBODY)).isTrue();
    assertThat(writes(rules, "{}", "p", "{'name':'n','x':1}", NOBODY)).isFalse();
  }

  @Test
  void anUpdateOfSeveralPathsNeedsAllOfThemAgainstTheFinalTree() {
    var rules =
        rules(
            "{'a':{'.write':true},'b':{'.write':'newData.parent().child(`a`).val() =="
                + " newData.val()'}}");
    var before = Rules.node("{}");
    var after = Rules.node("{'a':1,'b':1}");
    var both = List.of(TreePath.of("a"), TreePath.of("b"));
    assertThat(rules.mayWrite(new SecurityRules.Write(before, after, both, Rules.json(NOBODY), 1)))
        .isTrue();
    var three = List.of(TreePath.of("a"), TreePath.of("b"), TreePath.of("c"));
    assertThat(rules.mayWrite(new SecurityRules.Write(before, after, three, Rules.json(NOBODY), 1)))
        .isFalse();
  }

  @Test
  void aRunTimeErrorMakesTheRuleFalseAndTheNextOneIsAsked() {
    var rules = rules("{'.read':'auth.x.length > 1 || true','a':{'.read':true}}");
    assertThat(reads(rules, "{}", "", ANN)).isFalse();
    assertThat(reads(rules, "{}", "a", ANN)).isTrue();
  }

  @Test
  void aPriorityIsWrittenByWhoMayWriteItsNode() {
    var rules = rules("{'a':{'.write':'newData.getPriority() == 5'}}");
    assertThat(writes(rules, "{'a':1}", "a/.priority", "5", NOBODY)).isTrue();
    assertThat(writes(rules, "{'a':1}", "a/.priority", "6", NOBODY)).isFalse();
  }

  @Test
  void rulesSeeTheQuery() {
    var rules =
        rules(
            "{'a':{'.read':'query.orderByChild == `owner` && query.equalTo == auth.uid &&"
                + " query.limitToFirst <= 10'}}");
    var owner = new QueryIndex.ByChild(TreePath.of("owner"));
    var ann = Rules.node("'ann'");
    var start = Optional.of(new Query.Bound(ann, Query.MIN_KEY, true));
    var end = Optional.of(new Query.Bound(ann, Query.MAX_KEY, true));
    var root = Rules.node("{}");
    assertThat(rules.mayRead(read(root, "a", new Query(owner, start, end, 5, false), ANN)))
        .isTrue();
    assertThat(rules.mayRead(read(root, "a", new Query(owner, start, end, 50, false), ANN)))
        .isFalse();
    assertThat(rules.mayRead(read(root, "a", Query.ALL, ANN))).isFalse();
  }

  @Test
  void indexesAreThoseOfThePlace() {
    var rules = rules("{'a':{'.indexOn':['h','x/y'],'$k':{'.indexOn':'.value'}}}");
    var h = new QueryIndex.ByChild(TreePath.of("h"));
    var deep = new QueryIndex.ByChild(TreePath.of("x", "y"));
    assertThat(rules.isIndexed(TreePath.of("a"), h)).isTrue();
    assertThat(rules.isIndexed(TreePath.of("a"), deep)).isTrue();
    assertThat(rules.isIndexed(TreePath.of("b"), h)).isFalse();
    assertThat(rules.isIndexed(TreePath.of("a", "any"), new QueryIndex.ByValue())).isTrue();
    assertThat(rules.isIndexed(TreePath.of("a"), new QueryIndex.ByValue())).isFalse();
    assertThat(rules.isIndexed(TreePath.ROOT, new QueryIndex.ByKey())).isTrue();
  }

  @Test
  void theTraceNamesTheRuleThatDecided() {
    var rules =
        SecurityRules.parse(
            "{\n"
                + "\"rules\": {\n"
                + "\".write\": \"auth.x.length > 1\",\n"
                + "\"a\": {\n"
                + "\".write\": \"auth != null\",\n"
                + "\".validate\": \"newData.isNumber()\"}}}");
    var trace = rules.explain(write("{}", "a", "'text'", ANN));
    assertThat(trace.isAllowed()).isFalse();
    assertThat(trace.steps()).hasSize(3);
    assertThat(trace.steps().get(0).failure())
        .hasValueSatisfying(f -> assertThat(f).startsWith("3:"));
    assertThat(trace.steps().get(1))
        .extracting(Trace.Step::kind, Trace.Step::line, Trace.Step::isTrue)
        .containsExactly(".write", 5, true);
    assertThat(trace.steps().get(2))
        .extracting(
            s -> s.path().toString(), Trace.Step::kind, Trace.Step::line, Trace.Step::isTrue)
        .containsExactly("/a", ".validate", 6, false);
    assertThat(rules.explain(write("{}", "a", "1", ANN)).isAllowed()).isTrue();
  }
}
