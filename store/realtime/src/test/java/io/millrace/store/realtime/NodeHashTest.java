package io.millrace.store.realtime;

import static io.millrace.store.realtime.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class NodeHashTest {
  @Test
  void aNumberHasTheEtagOfFirebasesDocumentation() {
    assertThat(node("600613").hash()).isEqualTo("ViJFJowpbyRvgGNPzPJdGeN+mCY=");
    assertThat(node("600613.0").hash()).isEqualTo("ViJFJowpbyRvgGNPzPJdGeN+mCY=");
  }

  @Test
  void nothingHasTheEmptyHash() {
    assertThat(Branch.EMPTY.hash()).isEmpty();
  }

  @Test
  void leavesHashTypeAndValue() throws Exception {
    assertThat(node("\"a\"").hash()).isEqualTo(sha1("string:a"));
    assertThat(node("true").hash()).isEqualTo(sha1("boolean:true"));
    assertThat(node("1.5").hash()).isEqualTo(sha1("number:3ff8000000000000"));
    assertThat(node("{\".value\":\"a\",\".priority\":2}").hash())
        .isEqualTo(sha1("priority:number:4000000000000000:string:a"));
  }

  @Test
  void childrenAreHashedInKeyOrder() throws Exception {
    assertThat(node("{\"b\":true,\"10\":\"x\",\"9\":\"y\"}").hash())
        .isEqualTo(
            sha1(
                ":9:"
                    + sha1("string:y")
                    + ":10:"
                    + sha1("string:x")
                    + ":b:"
                    + sha1("boolean:true")));
  }

  @Test
  void withAnyPriorityChildrenAreHashedInPriorityOrder() throws Exception {
    var json =
        """
        {"a":{".value":1,".priority":"p"},"b":{".value":1,".priority":7},"c":1,".priority":"q"}""";
    var one = "number:3ff0000000000000";
    assertThat(node(json).hash())
        .isEqualTo(
            sha1(
                "priority:string:q:"
                    + (":c:" + sha1(one))
                    + (":b:" + sha1("priority:number:401c000000000000:" + one))
                    + (":a:" + sha1("priority:string:p:" + one))));
  }

  private static String sha1(String text) throws Exception {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
  }
}
