package io.millrace.wire.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryIT {
  private static final String ADMIN = "&auth=" + RealtimeFixture.ADMIN;
  @TempDir Path directory;

  @Test
  void aPathIsLookedUpAndSetBack() {
    try (var db = new RealtimeFixture(directory, Map.of())) {
      db.ask("PUT", "/a/b.json?ns=h", "{\"n\":1}");
      db.ask("PUT", "/a/b.json?ns=h" + ADMIN, "2");
      db.ask("DELETE", "/a.json?ns=h", "");
      var writes =
          (JsonArray)
              Json.parse(
                  db.call("GET", "/.settings/history.json?ns=h&path=/a/b" + ADMIN, "").body());
      assertThat(writes.size()).isEqualTo(3);
      var second = (JsonObject) writes.get(1);
      assertThat(second.text("by", "")).isEqualTo("administrator");
      assertThat(second.get("before")).isEqualTo(Json.parse("{\"n\":1}"));
      assertThat(second.get("after")).isEqualTo(new JsonLong(2));
      var undo = "{\"path\":\"/a/b\",\"id\":" + second.get("id") + "}";
      assertThat(db.ask("POST", "/.settings/undo.json?ns=h" + ADMIN, undo))
          .isEqualTo("200 {\"status\":\"ok\"}");
      assertThat(db.get("/a/b.json?ns=h")).isEqualTo("200 {\"n\":1}");
      assertThat(
              db.ask("POST", "/.settings/undo.json?ns=h" + ADMIN, "{\"path\":\"/a/b\",\"id\":99}"))
          .startsWith("400 ")
          .contains("No kept write with id 99");
      assertThat(db.ask("POST", "/.settings/undo.json?ns=h" + ADMIN, "[]")).startsWith("400 ");
    }
  }

  @Test
  void onlyAdministratorsLookBack() {
    try (var db = new RealtimeFixture(directory, Map.of())) {
      db.ask("PUT", "/a.json?ns=h", "1");
      assertThat(db.get("/.settings/history.json?ns=h")).startsWith("401 ");
      assertThat(db.ask("POST", "/.settings/undo.json?ns=h", "{\"id\":0}")).startsWith("401 ");
      assertThat(db.get("/.settings/history.json?ns=h&limit=x" + ADMIN)).startsWith("400 ");
    }
  }
}
