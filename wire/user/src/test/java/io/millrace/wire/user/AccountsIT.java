package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.engine.access.FirstAdministrator;
import io.millrace.store.entities.Authority;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Users, their roles, keys and links, and the audit log.
final class AccountsIT {
  @TempDir private Path directory;
  private Platform platform;
  private Client a;

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    a = platform.as("a@x.example");
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  private Client with(String token) {
    return new Client(platform.listener.port(), token);
  }

  @Test
  void aProgramSignsInWithAnApiKeyUntilItIsSwitchedOff() {
    var made = a.post("/api/apiKey", "{\"description\":\"build server\"}");
    var secret = made.text("value");
    var me = a.get("/api/auth/user").id();
    assertThat(with(secret).get("/api/auth/user").text("email")).isEqualTo("a@x.example");
    var listed = a.get("/api/apiKeys/%s?pageSize=10&page=0".formatted(me));
    assertThat(listed.data().toString()).contains("build server").doesNotContain(secret);

    a.send("PUT", "/api/apiKey/%s/enabled/false".formatted(made.id()), "");
    assertThat(with(secret).get("/api/auth/user").status()).isEqualTo(401);
    a.send("PUT", "/api/apiKey/%s/enabled/true".formatted(made.id()), "");
    assertThat(with(secret).get("/api/auth/user").status()).isEqualTo(200);
    a.delete("/api/apiKey/" + made.id());
    assertThat(with(secret).get("/api/auth/user").status()).isEqualTo(401);

    var soon = platform.time.millis() + 1_000;
    var brief = a.post("/api/apiKey", "{\"expirationTime\":%d}".formatted(soon)).text("value");
    assertThat(with(brief).get("/api/auth/user").status()).isEqualTo(200);
    platform.time.advance(Duration.ofSeconds(2));
    assertThat(with(brief).get("/api/auth/user").status()).isEqualTo(401);
  }

  @Test
  void aUserIsActivatedByALinkThatWorksOnce() {
    var user =
        a.post(
                "/api/user?sendActivationMail=false",
                "{\"email\":\"new@x.example\",\"authority\":\"TENANT_ADMIN\",\"role\":\"READ_ONLY\"}")
            .id();
    var link = a.get("/api/user/%s/activationLinkInfo".formatted(user)).text("value");
    var token = link.substring(link.indexOf("activateToken=") + "activateToken=".length());
    var body = "{\"activateToken\":\"%s\",\"password\":\"%s\"}";

    assertThat(
            platform
                .anonymous()
                .post("/api/noauth/activate", body.formatted(token, "x"))
                .text("message"))
        .startsWith("A password has 6 to 256 characters");
    var login = platform.anonymous().post("/api/noauth/activate", body.formatted(token, "secret!"));
    assertThat(login.status()).isEqualTo(200);
    assertThat(with(login.text("token")).get("/api/auth/user").text("role")).isEqualTo("READ_ONLY");
    assertThat(with(login.text("token")).post("/api/asset", "{\"name\":\"x\"}").status())
        .isEqualTo(403);
    assertThat(
            platform
                .anonymous()
                .post("/api/noauth/activate", body.formatted(token, "another"))
                .status())
        .isEqualTo(400);
  }

  @Test
  void whoIsSwitchedOffCannotSignInNorGoOn() {
    var editor = platform.as("editor@x.example");
    var id = editor.get("/api/auth/user").id();
    a.post("/api/user/%s/userCredentialsEnabled?userCredentialsEnabled=false".formatted(id), "");
    assertThat(editor.get("/api/auth/user").status()).isEqualTo(401);
    var login =
        "{\"username\":\"editor@x.example\",\"password\":\"%s\"}".formatted(Platform.PASSWORD);
    assertThat(platform.anonymous().post("/api/auth/login", login).status()).isEqualTo(401);
  }

  @Test
  void nobodyChangesTheOwnRoleNorThatOfSomebodyMightier() {
    var root = platform.as("root@x.example").get("/api/auth/user").id();
    var editor = platform.as("editor@x.example");
    var me = editor.get("/api/auth/user").object();
    assertThat(
            editor
                .post("/api/user", me.with("role", new JsonString("ADMINISTRATOR")).toString())
                .status())
        .isEqualTo(403);
    assertThat(a.post("/api/user", userBody(root)).status()).isIn(403, 404);
    var other = a.get("/api/auth/user").id();
    assertThat(editor.post("/api/user", userBody(other)).status()).isEqualTo(403);
  }

  private static String userBody(String id) {
    return "{\"id\":{\"entityType\":\"USER\",\"id\":\"%s\"},\"firstName\":\"X\"}".formatted(id);
  }

  @Test
  void everyChangeIsInTheAuditLogWithWhoDidIt() {
    var asset = a.post("/api/asset", "{\"name\":\"House\"}");
    tick();
    a.post("/api/asset", asset.object().toString());
    tick();
    a.post("/api/asset", "{\"name\":\"House\"}");
    tick();
    a.delete("/api/asset/" + asset.id());
    tick();
    a.post(
        "/api/plugins/telemetry/DEVICE/%s/SERVER_SCOPE".formatted(platform.deviceA.id().id()),
        "{\"x\":1}");

    var entries =
        a.get(
            "/api/audit/logs/entity/ASSET/%s?pageSize=10&page=0&sortOrder=ASC"
                .formatted(asset.id()));
    assertThat(actions(entries))
        .isEqualTo("ADDED House SUCCESS, UPDATED House SUCCESS, DELETED House SUCCESS, ");
    var all = a.get("/api/audit/logs?pageSize=100&page=0&sortOrder=ASC");
    assertThat(actions(all))
        .contains("ADDED A FAILURE")
        .endsWith("ATTRIBUTES_UPDATED Boiler SUCCESS, ");
    var first = (JsonObject) entries.data().get(0);
    assertThat(first.text("userName", "")).isEqualTo("a@x.example");
    assertThat(first.toString()).contains("\"request\":{\"name\":\"House\"}");
    assertThat(
            platform.as("b@x.example").get("/api/audit/logs?pageSize=100&page=0").data().toString())
        .doesNotContain("House");
    assertThat(
            a.get("/api/audit/logs?pageSize=10&page=0&actionTypes=DELETED").member("totalElements"))
        .hasToString("1");
    assertThat(a.get("/api/audit/logs?pageSize=10&page=0&sortProperty=x").text("message"))
        .startsWith("sortProperty=x; the audit log can be sorted by");
  }

  private void tick() {
    platform.time.advance(Duration.ofMillis(1));
  }

  @Test
  void theAuditLogKnowsNoPasswords() {
    a.post(
        "/api/user",
        "{\"email\":\"p@x.example\",\"authority\":\"TENANT_ADMIN\",\"password\":\"hush-hush\"}");
    var log = a.get("/api/audit/logs?pageSize=100&page=0").json().toString();
    assertThat(log).contains("p@x.example", "\"password\":\"***\"").doesNotContain("hush-hush");
  }

  private static String actions(Client.Answer page) {
    var actions = new StringBuilder();
    for (var each : page.data().values()) {
      var entry = (JsonObject) each;
      actions
          .append(entry.text("actionType", ""))
          .append(' ')
          .append(entry.text("entityName", ""))
          .append(' ')
          .append(entry.text("actionStatus", ""))
          .append(", ");
    }
    return actions.toString();
  }

  @Test
  void aPublicLinkShowsWhatIsPublicAndNothingElse() {
    var id = a.post("/api/dashboard", "{\"title\":\"Energy\"}").id();
    var shown = a.post("/api/customer/public/dashboard/" + id, "");
    var customers = (JsonArray) shown.member("assignedCustomers");
    var customer = (JsonObject) ((JsonObject) customers.get(0)).get("customerId");
    var login =
        platform
            .anonymous()
            .post(
                "/api/auth/login/public",
                "{\"publicId\":\"%s\"}".formatted(customer.text("id", "")));
    var guest = with(login.text("token"));
    assertThat(guest.get("/api/dashboard/" + id).text("title")).isEqualTo("Energy");
    assertThat(guest.get("/api/auth/user").text("name")).isEqualTo("Public");
    assertThat(guest.get("/api/device/" + platform.deviceA.id().id()).status()).isEqualTo(403);
    assertThat(guest.post("/api/apiKey", "{}").status()).isIn(403, 404);
    a.delete("/api/customer/public/dashboard/" + id);
    assertThat(guest.get("/api/dashboard/" + id).status()).isEqualTo(403);
    assertThat(
            platform
                .anonymous()
                .post(
                    "/api/auth/login/public",
                    "{\"publicId\":\"%s\"}".formatted(platform.customerA.id()))
                .status())
        .isEqualTo(401);
  }

  @Test
  void usersKeepSettingsOfTheirOwn() {
    a.post("/api/user/settings", "{\"theme\":\"dark\",\"lang\":\"de\"}");
    a.send("PUT", "/api/user/settings", "{\"zoom\":2}");
    a.delete("/api/user/settings/lang");
    assertThat(a.get("/api/user/settings").json()).hasToString("{\"theme\":\"dark\",\"zoom\":2}");
    assertThat(platform.as("b@x.example").get("/api/user/settings").json()).hasToString("{}");
    assertThat(a.get("/api/user/settings/nonsense").status()).isEqualTo(400);
  }

  @Test
  void anAlarmIsAssignedAndCommentedByItsPeople() {
    var alarm =
        a.post(
                "/api/alarm",
                "{\"type\":\"High\",\"severity\":\"MAJOR\",\"originator\":{\"entityType\":\"DEVICE\",\"id\":\"%s\"}}"
                    .formatted(platform.deviceA.id().id()))
            .id();
    var me = a.get("/api/auth/user").id();
    assertThat(
            a.post("/api/alarm/%s/assign/%s".formatted(alarm, me), "")
                .member("assignee")
                .toString())
        .contains("a@x.example");
    var stranger = platform.as("b@x.example").get("/api/auth/user").id();
    assertThat(a.post("/api/alarm/%s/assign/%s".formatted(alarm, stranger), "").status())
        .isEqualTo(404);
    assertThat(a.delete("/api/alarm/%s/assign".formatted(alarm)).member("assignee"))
        .hasToString("null");

    var path = "/api/alarm/%s/comment".formatted(alarm);
    var comment = a.post(path, "{\"comment\":{\"text\":\"on my way\"}}").id();
    assertThat(platform.as("editor@x.example").delete(path + "/" + comment).status())
        .isEqualTo(403);
    assertThat(a.get(path + "?pageSize=10&page=0").data().toString())
        .contains("on my way", "a@x.example");
    a.delete(path + "/" + comment);
    assertThat(a.get(path + "?pageSize=10&page=0").data().toString())
        .contains("User a@x.example deleted his comment")
        .doesNotContain("on my way");
  }

  @Test
  void theFirstAdministratorIsChosenOnceWithTheSetUpToken() {
    var tenant = platform.entities.tenants().find(platform.tenantA).orElseThrow();
    var user =
        platform.access.newUser(
            Authority.TENANT_ADMIN, platform.tenantA, null, "admin@millrace.local", "generated");
    var token = platform.access.setUpToken(new FirstAdministrator(user, "generated", tenant));
    var body =
        "{\"token\":\"%s\",\"email\":\"me@home.example\",\"password\":\"chosen-1\"}"
            .formatted(token);
    assertThat(platform.anonymous().get("/api/noauth/setup").member("needed")).hasToString("true");
    assertThat(with(token).get("/api/auth/user").status()).isEqualTo(401);

    var login = platform.anonymous().post("/api/noauth/setup", body);
    assertThat(with(login.text("token")).get("/api/auth/user").text("email"))
        .isEqualTo("me@home.example");
    assertThat(platform.anonymous().post("/api/noauth/setup", body).status()).isEqualTo(401);
    assertThat(platform.anonymous().get("/api/noauth/setup").member("needed")).hasToString("false");
  }
}
