package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestIT {
  @TempDir Path directory;
  private RealtimeFixture db;

  @BeforeEach
  void open() {
    db = new RealtimeFixture(directory, Map.of("bodyBytesMax", "100000", "readBytesMax", "50000"));
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void theFiveVerbs() {
    assertThat(db.get("/a/b.json?ns=x")).isEqualTo("200 null");
    assertThat(db.ask("PUT", "/a.json?ns=x", "{\"b\":1,\"c\":[true,\"x\"]}"))
        .isEqualTo("200 {\"b\":1,\"c\":[true,\"x\"]}");
    assertThat(db.ask("PATCH", "/a.json?ns=x", "{\"b\":null,\"c/0\":2,\"d\":3.5}"))
        .isEqualTo("200 {\"b\":null,\"c/0\":2,\"d\":3.5}");
    assertThat(db.get("/.json?ns=x")).isEqualTo("200 {\"a\":{\"c\":[2,\"x\"],\"d\":3.5}}");
    var pushed = db.ask("POST", "/list.json?ns=x", "7");
    assertThat(pushed).matches("200 \\{\"name\":\"-[-_0-9A-Za-z]{19}\"}");
    var name = pushed.substring(13, 33);
    assertThat(db.get("/list/" + name + ".json?ns=x")).isEqualTo("200 7");
    assertThat(db.ask("DELETE", "/a.json?ns=x", "")).isEqualTo("200 null");
    assertThat(db.get("/a.json?ns=x")).isEqualTo("200 null");
  }

  @Test
  void theContentTypeDoesNotMatter() { // curl -d says it sends a form
    var types = List.of("application/x-www-form-urlencoded", "text/plain", "multipart/form-data");
    for (var type : types) {
      for (var value : List.of("b=c&d", "%zz=1&".repeat(9_000))) {
        assertThat(
                db.ask("PUT", "/form.json?ns=x", "{\"a\":\"" + value + "\"}", "Content-Type", type))
            .as(type)
            .isEqualTo("200 {\"a\":\"" + value + "\"}");
      }
    }
  }

  @Test
  void pathsArePercentEncodedAndSlashesAreGenerous() {
    db.ask("PUT", "/%C3%A4%20b/+/x.json?ns=x", "1");
    assertThat(db.get("/.json?ns=x")).isEqualTo("200 {\"ä b\":{\"+\":{\"x\":1}}}");
    assertThat(db.get("//%C3%A4%20b//+/.json?ns=x")).isEqualTo("200 {\"x\":1}");
  }

  @Test
  void aDatabaseIsNamedByParameterOrHost() {
    db.ask("PUT", "/a.json?ns=one", "1");
    assertThat(db.get("/a.json")).as("the only database").isEqualTo("200 1");
    db.ask("PUT", "/a.json?ns=two", "2");
    assertThat(db.get("/a.json")).startsWith("400 {\"error\":\"Which database?");
    assertThat(db.names()).containsExactly("one", "two");
    assertThat(db.get("/.inspect/databases.json?ns=one"))
        .isEqualTo("200 [{\"name\":\"one\"},{\"name\":\"two\"}]");
  }

  @Test
  void errorsComeWithFirebasesWords() {
    var data = "Invalid data; couldn't parse JSON object, array, or value.";
    var names =
        "Invalid data; couldn't parse JSON object. Are you sending a JSON object with valid key"
            + " names?";
    assertThat(db.ask("PUT", "/a.json?ns=x", "{nonsense")).isEqualTo(error(400, data));
    assertThat(db.ask("PUT", "/a.json?ns=x", "")).isEqualTo(error(400, data));
    assertThat(db.ask("PUT", "/a.json?ns=x", "NaN")).isEqualTo(error(400, data));
    assertThat(db.ask("PATCH", "/a.json?ns=x", "5")).isEqualTo(error(400, names));
    assertThat(db.ask("PUT", "/a.json?ns=x", "{\"b.c\":1}")).isEqualTo(error(400, names));
    assertThat(db.ask("PUT", "/a.b.json?ns=x", "1"))
        .isEqualTo(error(400, "Invalid path: Invalid token in path: 'a.b'"));
    assertThat(db.get("/a%5B.json?ns=x")).startsWith("400 {\"error\":\"Invalid path: ");
    assertThat(db.get("/a?ns=x"))
        .isEqualTo(error(404, "append .json to your request URI to use the REST API."));
    assertThat(db.ask("PUT", "/a.json?ns=no.name", "1"))
        .isEqualTo(
            error(
                404,
                "Firebase error. Please ensure that you spelled the name of your Firebase correctly"
                    + " (no.name)"));
    assertThat(db.ask("TRACE", "/a.json?ns=x", "")).startsWith("405");
    assertThat(db.ask("PUT", "/k.json?ns=x", "1".repeat(20))).isEqualTo("200 1.111111111111111E19");
    assertThat(db.ask("PUT", "/a.json?ns=x", "\"" + "x".repeat(100_001) + "\"")).startsWith("413 ");
    assertThat(db.get("/a.json?ns=x")).isEqualTo("200 null");
  }

  private static String error(int status, String reason) {
    return status + " {\"error\":\"" + reason + "\"}";
  }

  @Test
  void theAnswerCanBePrettyOrSilentOrAScriptOrADownload() {
    db.ask("PUT", "/.json?ns=x", "{\"a\":{\"b\":1,\"c\":\"x\"},\"d\":[1,2]}");
    assertThat(db.call("GET", "/.json?ns=x&print=pretty", "").body())
        .isEqualTo(
            """
            {
              "a" : {
                "b" : 1,
                "c" : "x"
              },
              "d" : [ 1, 2 ]
            }
            """);
    assertThat(db.get("/.json?ns=x&print=silent")).isEqualTo("204");
    assertThat(db.ask("PUT", "/e.json?ns=x&print=silent", "1")).isEqualTo("204");
    var script = db.call("GET", "/a/b.json?ns=x&callback=got.it", "");
    assertThat(script.body()).isEqualTo("/**/got.it(1);");
    assertThat(script.headers().firstValue("content-type"))
        .hasValue("application/javascript; charset=utf-8");
    assertThat(db.get("/a.json?ns=x&callback=alert(1)")).startsWith("400");
    assertThat(
            db.call("GET", "/a.json?ns=x&download=a.json", "")
                .headers()
                .firstValue("content-disposition"))
        .hasValue("attachment; filename=\"a.json\"");
    var plain = db.call("GET", "/a.json?ns=x", "");
    assertThat(plain.headers().firstValue("content-type"))
        .hasValue("application/json; charset=utf-8");
    assertThat(plain.headers().firstValue("cache-control")).hasValue("no-cache");
  }

  @Test
  void shallowShowsKeysOnly() {
    db.ask("PUT", "/.json?ns=x", "{\"a\":{\"b\":1},\"c\":\"x\",\"10\":1,\"9\":1}");
    assertThat(db.get("/.json?ns=x&shallow=true"))
        .isEqualTo("200 {\"9\":true,\"10\":true,\"a\":true,\"c\":true}");
    assertThat(db.get("/c.json?ns=x&shallow=true")).isEqualTo("200 \"x\"");
    assertThat(db.get("/.json?ns=x&shallow=true&limitToFirst=2&startAfter=%229%22"))
        .isEqualTo("200 {\"10\":true,\"a\":true}");
    assertThat(db.get("/.json?ns=x&shallow=true&orderBy=%22$key%22")).startsWith("400");
  }

  @Test
  void conditionalWritesUseTheSdksHashAsEtag() {
    var put = db.call("PUT", "/n.json?ns=x", "600613", "X-Firebase-ETag", "true");
    assertThat(put.headers().firstValue("etag")).hasValue("ViJFJowpbyRvgGNPzPJdGeN+mCY=");
    var get = db.call("GET", "/n.json?ns=x", "", "X-Firebase-ETag", "true");
    assertThat(get.headers().firstValue("etag")).hasValue("ViJFJowpbyRvgGNPzPJdGeN+mCY=");
    assertThat(
            db.call("GET", "/none.json?ns=x", "", "X-Firebase-ETag", "true")
                .headers()
                .firstValue("etag"))
        .hasValue("null_etag");
    assertThat(db.ask("PUT", "/n.json?ns=x", "1", "if-match", "ViJFJowpbyRvgGNPzPJdGeN+mCY="))
        .isEqualTo("200 1");
    var stale = db.call("PUT", "/n.json?ns=x", "2", "if-match", "ViJFJowpbyRvgGNPzPJdGeN+mCY=");
    assertThat(stale.statusCode()).isEqualTo(412);
    assertThat(stale.body()).isEqualTo("1");
    assertThat(stale.headers().firstValue("etag")).isPresent();
    assertThat(
            db.ask(
                "DELETE",
                "/n.json?ns=x",
                "",
                "if-match",
                stale.headers().firstValue("etag").orElseThrow()))
        .isEqualTo("200 null");
    assertThat(db.ask("PUT", "/n.json?ns=x", "3", "if-match", "null_etag")).isEqualTo("200 3");
    assertThat(db.ask("PATCH", "/n.json?ns=x", "{\"a\":1}", "if-match", "x")).startsWith("400");
    assertThat(db.ask("POST", "/n.json?ns=x", "1", "if-match", "x")).startsWith("400");
  }

  @Test
  void serverValuesComeBackResolved() {
    assertThat(db.ask("PUT", "/t.json?ns=x", "{\"at\":{\".sv\":\"timestamp\"},\"v\":1}"))
        .matches("200 \\{\"at\":\\d{13},\"v\":1}");
    assertThat(db.ask("PATCH", "/t.json?ns=x", "{\"v\":{\".sv\":{\"increment\":2}}}"))
        .isEqualTo("200 {\"v\":3}");
    assertThat(db.get("/t/v.json?ns=x")).isEqualTo("200 3");
  }

  @Test
  void prioritiesAreReadWithExportAndWrittenByTheirPath() {
    db.ask("PUT", "/p.json?ns=x", "{\"a\":{\".value\":1,\".priority\":5},\"b\":2}");
    db.ask("PUT", "/p/b/.priority.json?ns=x", "\"high\"");
    assertThat(db.get("/p.json?ns=x&format=export"))
        .isEqualTo(
            "200 {\"a\":{\".value\":1,\".priority\":5},\"b\":{\".value\":2,\".priority\":\"high\"}}");
    assertThat(db.get("/p.json?ns=x")).isEqualTo("200 {\"a\":1,\"b\":2}");
    assertThat(db.get("/p/a/.priority.json?ns=x")).isEqualTo("200 5");
    db.ask("PATCH", "/p/a.json?ns=x", "{\"c\":1}");
    assertThat(db.get("/p/a.json?ns=x&format=export")).isEqualTo("200 {\"c\":1,\".priority\":5}");
    db.ask("PUT", "/p/a.json?ns=x", "3");
    assertThat(db.get("/p/a.json?ns=x&format=export")).isEqualTo("200 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          orderBy="h"&limitToFirst=2                | 200 {"b":{"h":1},"c":{"h":2}}
          orderBy="h"&limitToLast=1                 | 200 {"a":{"h":3}}
          orderBy="h"&startAt=2                     | 200 {"a":{"h":3},"c":{"h":2}}
          orderBy="h"&startAfter=2                  | 200 {"a":{"h":3}}
          orderBy="h"&endAt=2                       | 200 {"b":{"h":1},"c":{"h":2}}
          orderBy="h"&endBefore=2                   | 200 {"b":{"h":1}}
          orderBy="h"&equalTo=2                     | 200 {"c":{"h":2}}
          orderBy="h"&equalTo=9                     | 200 null
          orderBy="$key"&startAt="b"                | 200 {"b":{"h":1},"c":{"h":2}}
          orderBy="$key"&equalTo="b"                | 200 {"b":{"h":1}}
          orderBy="$priority"&limitToFirst=1        | 200 {"a":{"h":3}}
          orderBy="$value"&startAt=1                | 200 {"a":{"h":3},"b":{"h":1},"c":{"h":2}}
          orderBy="g"                               | 400 {"error":"Index not defined, add \\".indexOn\\": \\"g\\", for path \\"/q\\", to the rules"}
          orderBy=h                                 | 400 {"error":"orderBy must be a valid JSON encoded path"}
          orderBy="a.b"                             | 400 {"error":"orderBy must be a valid JSON encoded path"}
          limitToFirst=2                            | 400 {"error":"orderBy must be defined when other query parameters are defined"}
          orderBy="h"&limitToFirst=0                | 400 {"error":"limitToFirst must be positive: 0"}
          orderBy="h"&limitToFirst=x                | 400 {"error":"limitToFirst must be positive: x"}
          orderBy="h"&limitToFirst=1&limitToLast=1  | 400 {"error":"limitToFirst and limitToLast cannot both be defined"}
          orderBy="h"&startAt={}                    | 400 {"error":"Constraint index field must be a JSON primitive"}
          orderBy="h"&startAt=x                     | 400 {"error":"Constraint index field must be a JSON primitive"}
          timeout=5                                 | 400 {"error":"timeout must be like 3ms, 3s or 3min, at most 15min"}
          timeout=16min                             | 400 {"error":"timeout must be like 3ms, 3s or 3min, at most 15min"}
          timeout=3s                                | 200 {"a":{"h":3},"b":{"h":1},"c":{"h":2}}
          """)
  void queries(String query, String answer) {
    db.rules("x", "{'.read':true,'.write':true,'q':{'.indexOn':['h','.value']}}");
    db.ask("PUT", "/q.json?ns=x", "{\"a\":{\"h\":3},\"b\":{\"h\":1},\"c\":{\"h\":2}}");
    var encoded =
        query.replace("\"", "%22").replace("{", "%7B").replace("}", "%7D").replace("$", "%24");
    assertThat(db.get("/q.json?ns=x&" + encoded)).isEqualTo(answer);
  }

  @Test
  void aQueryOfALeafIsNull() {
    db.ask("PUT", "/q.json?ns=x", "5");
    assertThat(db.get("/q.json?ns=x&orderBy=%22$key%22")).isEqualTo("200 5");
    assertThat(db.get("/q.json?ns=x&orderBy=%22$key%22&limitToFirst=1")).isEqualTo("200 null");
  }

  @Test
  void postCanCarryAnotherMethod() {
    assertThat(db.ask("POST", "/o.json?ns=x", "1", "X-HTTP-Method-Override", "PUT"))
        .isEqualTo("200 1");
    assertThat(db.ask("POST", "/o.json?ns=x&x-http-method-override=PATCH", "{\"a\":2}"))
        .isEqualTo("200 {\"a\":2}");
    assertThat(db.ask("POST", "/o.json?ns=x", "", "X-HTTP-Method-Override", "DELETE"))
        .isEqualTo("200 null");
    assertThat(db.get("/o.json?ns=x")).isEqualTo("200 null");
  }

  @Test
  void sizesAreLimited() {
    db.ask("PUT", "/big.json?ns=x", "\"" + "x".repeat(60_000) + "\"");
    assertThat(db.get("/big.json?ns=x"))
        .isEqualTo(
            error(
                400,
                "Data requested exceeds the maximum size that can be accessed with a single"
                    + " request."));
    assertThat(db.get("/.json?ns=x&shallow=true")).isEqualTo("200 {\"big\":true}");
    assertThat(db.ask("PUT", "/a.json?ns=x&writeSizeLimit=huge", "1")).startsWith("400");
    assertThat(db.ask("PUT", "/a.json?ns=x&writeSizeLimit=tiny", "1")).isEqualTo("200 1");
  }

  @Test
  void anyPageMayCall() {
    var preflight =
        db.call(
            "OPTIONS",
            "/a.json?ns=x",
            "",
            "Origin",
            "https://example.org",
            "Access-Control-Request-Method",
            "PATCH",
            "Access-Control-Request-Headers",
            "if-match,x-firebase-etag,authorization,content-type");
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("access-control-allow-methods").orElse(""))
        .contains("PATCH");
    var get = db.call("GET", "/a.json?ns=x", "", "Origin", "https://example.org");
    assertThat(get.headers().firstValue("access-control-allow-origin")).isPresent();
    assertThat(get.headers().firstValue("access-control-expose-headers").orElse(""))
        .contains("ETag");
  }

  @Test
  void whatWasAcknowledgedIsThereAfterARestart() {
    db.ask("PUT", "/a.json?ns=x", "{\"deep\":{\"b\":1}}");
    db.ask("POST", "/list.json?ns=x", "\"item\"");
    var before = db.get("/.json?ns=x");
    db.close();
    open();
    assertThat(db.get("/.json?ns=x")).isEqualTo(before);
  }

  @Test
  void anExportOfAnySizeLeavesPieceByPiece() {
    var all = new StringBuilder("{");
    for (int i = 0; i < 30_000; i += 3_000) {
      var some = new StringBuilder();
      for (int k = i; k < i + 3_000; k++) {
        some.append(k == i ? "" : ",").append("\"key%05d\":{\"n\":%d}".formatted(k, k));
      }
      assertThat(db.ask("PATCH", "/large.json?ns=x&print=silent", "{" + some + "}"))
          .isEqualTo("204");
      all.append(i == 0 ? "" : ",").append(some);
    }
    assertThat(db.get("/large.json?ns=x&format=export").equals("200 " + all + "}")).isTrue();
    assertThat(db.get("/large.json?ns=x")).as("more than readBytesMax").startsWith("400");
    assertThat(db.get("/large.json?ns=x&format=export&timeout=1ms"))
        .startsWith("400 {\"error\":\"The request's timeout of 1 ms is too short");
  }
}
