package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Long polling as a browser's SDK does it.
class LongPollIT {
  private static final Pattern START =
      Pattern.compile("pLPCommand\\(\"start\",\"([0-9a-f]+)\",\"([0-9a-f]+)\"\\)");

  @TempDir Path directory;
  private RealtimeFixture db;
  private String credentials;
  private int segment;

  @BeforeEach
  void open() {
    db = new RealtimeFixture(directory, Map.of());
    var script = db.get("/.lp?start=t&ser=1&cb=7&v=5&ns=x");
    assertThat(script)
        .contains("parent.window[\"pLPCommand7\"]", "parent.window[\"pRTLPCB7\"]")
        .contains("pRTLPCB(0,[{\"t\":\"c\",\"d\":{\"t\":\"h\"");
    var start = START.matcher(script);
    assertThat(start.find()).isTrue();
    credentials = "id=" + start.group(1) + "&pw=" + start.group(2);
  }

  @AfterEach
  void close() {
    db.close();
  }

  private String poll(String... segments) {
    var url = new StringBuilder("/.lp?" + credentials + "&ser=2&ns=x");
    for (int i = 0; i < segments.length; i++) {
      url.append(segments[i]);
    }
    return db.get(url.toString());
  }

  private String segments(int first, String message, int pieces) {
    var data =
        Base64.getUrlEncoder()
            .encodeToString(message.getBytes(StandardCharsets.UTF_8))
            .replace('=', '.');
    var text = new StringBuilder();
    int size = (data.length() + pieces - 1) / pieces;
    for (int i = 0; i < pieces; i++) {
      var piece = data.substring(i * size, Math.min(data.length(), (i + 1) * size));
      text.append(
          "&seg%d=%d&ts%d=%d&d%d=%s"
              .formatted(first + i, segment++, first + i, pieces, first + i, piece));
    }
    return text.toString();
  }

  private String request(int number, String action, String body) {
    return "{\"t\":\"d\",\"d\":{\"r\":%d,\"a\":\"%s\",\"b\":%s}}".formatted(number, action, body);
  }

  @Test
  void requestsComeInPiecesAndAnswersAreNumbered() {
    assertThat(poll(segments(0, request(1, "p", "{\"p\":\"/a\",\"d\":\"é\"}"), 3)))
        .isEqualTo(
            "200 pRTLPCB(1,[{\"t\":\"d\",\"d\":{\"r\":1,\"b\":{\"s\":\"ok\",\"d\":\"\"}}}]);");
    assertThat(db.get("/a.json?ns=x")).isEqualTo("200 \"é\"");
    assertThat(poll(segments(0, request(2, "g", "{\"p\":\"/a\"}"), 1)))
        .isEqualTo(
            "200 pRTLPCB(2,[{\"t\":\"d\",\"d\":{\"r\":2,\"b\":{\"s\":\"ok\",\"d\":\"é\"}}}]);");
  }

  @Test
  void aPollIsHeldUntilThereIsNewsAndReleasedByTheNextOne() {
    assertThat(poll(segments(0, request(1, "q", "{\"p\":\"/l\",\"h\":\"\"}"), 1)))
        .startsWith("200 pRTLPCB(1,[{\"t\":\"d\",\"d\":{\"r\":1");
    var held = CompletableFuture.supplyAsync(() -> poll());
    db.ask("PUT", "/l/x.json?ns=x", "5");
    assertThat(held.join()).contains("\"b\":{\"p\":\"l/x\",\"d\":5}");
    var old = CompletableFuture.supplyAsync(() -> poll());
    db.ask("PUT", "/l/y.json?ns=x", "6");
    assertThat(old.join()).contains("\"l/y\"");
  }

  @Test
  void onlyTheClientItselfGoesOn() {
    var own = credentials;
    credentials = own.replaceFirst("pw=.*", "pw=wrong");
    assertThat(poll()).isEqualTo("200 pLPCommand(\"close\");");
    credentials = "id=nobody&pw=x";
    assertThat(poll()).isEqualTo("200 pLPCommand(\"close\");");
    credentials = own;
    assertThat(poll(segments(0, request(1, "o", "{\"p\":\"/gone\",\"d\":true}"), 1)))
        .contains("ok");
    assertThat(db.get("/.lp?dframe=t&" + own)).contains("sendBeacon", "disconn=t&" + own);
    db.ask("POST", "/.lp?disconn=t&" + own, "");
    org.awaitility.Awaitility.await()
        .untilAsserted(() -> assertThat(db.get("/gone.json?ns=x")).isEqualTo("200 true"));
    assertThat(poll()).isEqualTo("200 pLPCommand(\"close\");");
  }
}
