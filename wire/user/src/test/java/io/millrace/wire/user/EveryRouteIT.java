package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.store.entities.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Goes over the route table, so that a new route is tested without anybody thinking of it.
final class EveryRouteIT {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

  @TempDir private Path directory;
  private Platform platform;
  private final Map<String, String> ofTenantA = new HashMap<>();

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    var a = platform.as("a@x.example");
    var chain = a.get("/api/ruleChains?pageSize=10&page=0").data().get(0);
    var alarm =
        a.post(
            "/api/alarm",
            "{\"type\":\"T\",\"severity\":\"MAJOR\",\"originator\":{\"entityType\":\"DEVICE\",\"id\":\"%s\"}}"
                .formatted(platform.deviceA.id().id()));
    ofTenantA.put("entityType", "DEVICE");
    ofTenantA.put("entityId", platform.deviceA.id().id().toString());
    ofTenantA.put("deviceId", platform.deviceA.id().id().toString());
    ofTenantA.put("deviceProfileId", platform.deviceA.deviceProfileId().id().toString());
    ofTenantA.put("customerId", platform.customerA.id().toString());
    ofTenantA.put("tenantId", platform.tenantA.id().toString());
    ofTenantA.put("alarmId", alarm.id());
    ofTenantA.put("ruleChainId", new Client.Answer(200, chain).id());
    ofTenantA.put("userId", a.get("/api/auth/user").id());
    ofTenantA.put("scope", "SERVER_SCOPE");
    ofTenantA.put("ttl", "0");
    ofTenantA.put("componentType", "FILTER");
    ofTenantA.put("clazz", "script");
    ofTenantA.put("rpcId", platform.keepCommand());
    ofTenantA.put("assetId", a.post("/api/asset", "{\"name\":\"House\"}").id());
    ofTenantA.put(
        "entityViewId",
        a.post("/api/entityView", EntityViewsIT.VIEW.formatted(platform.deviceA.id().id())).id());
    ofTenantA.put("assetProfileId", a.get("/api/assetProfileInfo/default").id());
    ofTenantA.put("dashboardId", a.post("/api/dashboard", "{\"title\":\"Energy\"}").id());
    for (var end : new String[] {"from", "to"}) {
      ofTenantA.put(end + "Type", "DEVICE");
      ofTenantA.put(end + "Id", platform.deviceA.id().id().toString());
    }
    ofTenantA.put("relationType", "Contains");
    ofTenantA.put("apiKeyId", a.post("/api/apiKey", "{\"description\":\"build\"}").id());
    ofTenantA.put("enabledValue", "false");
    ofTenantA.put("settingsType", "general");
    ofTenantA.put("eventType", "LC_EVENT");
    ofTenantA.put("widgetsBundleId", a.post("/api/widgetsBundle", "{\"title\":\"Ours\"}").id());
    ofTenantA.put("widgetTypeId", a.post("/api/widgetType", "{\"name\":\"Gauge\"}").id());
    ofTenantA.put(
        "calculatedFieldId",
        a.post(
                "/api/calculatedField",
                CalculatedFieldsIT.FIELD.formatted(platform.deviceA.id().id(), "Twice"))
            .id());
    var target =
        a.post("/api/notification/target", NotificationsIT.TARGET.formatted("Admins")).id();
    ofTenantA.put("notificationTargetId", target);
    var template = a.post("/api/notification/template", NotificationsIT.TEMPLATE).id();
    ofTenantA.put("notificationTemplateId", template);
    ofTenantA.put(
        "notificationRuleId",
        a.post("/api/notification/rule", NotificationsIT.RULE.formatted(template, target, ""))
            .id());
    ofTenantA.put(
        "notificationRequestId",
        a.post("/api/notification/request", NotificationsIT.REQUEST.formatted(target, template, 0))
            .id());
    ofTenantA.put("notificationId", "11111111-2222-7333-8444-555555555555");
    ofTenantA.put("paths", "theme");
    ofTenantA.put("assigneeId", a.get("/api/auth/user").id());
    ofTenantA.put(
        "commentId",
        a.post("/api/alarm/" + alarm.id() + "/comment", "{\"comment\":{\"text\":\"seen\"}}").id());
    ofTenantA.put("queueName", "Main");
    ofTenantA.put("queueId", platform.as("root@x.example").get("/api/queues/name/Main").id());
    ofTenantA.put("version", "1");
    ofTenantA.put(
        "testId",
        a.post(
                "/api/ruleChain/" + ofTenantA.get("ruleChainId") + "/tests",
                "{\"name\":\"T\",\"steps\":[{}]}")
            .text("id"));
    ofTenantA.put("id", "11111111-2222-7333-8444-555555555555"); // of a dead letter
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  @Test
  void withoutATokenEveryRouteButTheOpenOnesAnswers401InThingsBoardsShape() {
    var unguarded = new ArrayList<String>();
    for (var route : platform.api.routes().all()) {
      var answer = platform.anonymous().send(route.method(), path(route), "{}");
      if (route.isOpen()) {
        unguarded.add(route.method() + " " + route.path());
        continue;
      }
      assertThat(answer.status()).as(route.toString()).isEqualTo(401);
      assertThat(answer.member("errorCode")).hasToString("10");
      assertThat(answer.text("message")).isEqualTo("Authentication failed");
      assertThat(answer.member("timestamp")).hasToString(Long.toString(platform.time.millis()));
      assertThat(answer.member("status")).hasToString("401");
    }
    assertThat(unguarded)
        .containsExactlyInAnyOrder(
            "POST /api/auth/login",
            "POST /api/auth/token",
            "POST /api/auth/login/public",
            "GET /api/noauth/setup",
            "POST /api/noauth/setup",
            "POST /api/noauth/activate",
            "POST /api/noauth/resetPassword",
            "GET /api/millrace/info",
            "GET /health",
            "GET /api/openapi",
            "GET /api/openapi.json");
  }

  @Test
  void withAnotherTenantsTokenNoObjectOfATenantIsSeenOrChanged() {
    var b = platform.as("b@x.example");
    int tried = 0;
    for (var route : platform.api.routes().all()) {
      if (PARAMETER.matcher(route.path()).find()
          && !route.path().contains("/component")
          && !route.path().contains("/queues/") // every tenant's
          && !route.path().contains("/audit/") // only ever the own tenant's entries
          && !route.path().contains("/user/settings/")) { // always the caller's own
        tried++;
        var answer = b.send(route.method(), path(route) + "?" + QUERY, "{\"x\":1}");
        assertThat(answer.status()).as(route.toString()).isIn(403, 404);
        assertThat(answer.member("errorCode").toString()).isIn("20", "32");
      }
    }
    assertThat(tried).isGreaterThan(40);
    nothingOfTenantAChanged();
  }

  @Test
  void aCustomersUserCannotTouchWhatIsNotTheCustomers() {
    var customer = platform.as("customer@x.example");
    for (var route : platform.api.routes().all()) {
      boolean forCustomers = route.allowed().contains(Authority.CUSTOMER_USER);
      if (route.isOpen()
          || (forCustomers && !PARAMETER.matcher(route.path()).find())
          || route.path().contains("{customerId}") && forCustomers // the own customer
          || route.path().contains("/user/settings/")
          || route.path().contains("{notificationId}") // of the own inbox
          || route.path().contains("/widget") && forCustomers // every customer's
          || route.path().contains("Profile") && forCustomers) {
        continue;
      }
      var answer = customer.send(route.method(), path(route) + "?" + QUERY, "{\"x\":1}");
      assertThat(answer.status()).as(route.toString()).isEqualTo(403);
    }
    nothingOfTenantAChanged();
  }

  @Test
  void whoMayOnlyReadChangesNothing() {
    for (var reader : List.of("reader@x.example", "guest@x.example")) {
      var client = platform.as(reader);
      for (var route : platform.api.routes().all()) {
        if (isChange(route) || route.effect() == RouteTable.Effect.ADMINISTER) {
          var answer = client.send(route.method(), path(route) + "?" + QUERY, "{\"x\":1}");
          assertThat(answer.status()).as(route.toString()).isEqualTo(403);
        }
      }
    }
    nothingOfTenantAChanged();
  }

  @Test
  void anEditorChangesEverythingButWhoMayDoWhat() {
    var editor = platform.as("editor@x.example");
    for (var route : platform.api.routes().all()) {
      if (route.effect() == RouteTable.Effect.ADMINISTER) {
        var answer = editor.send(route.method(), path(route) + "?" + QUERY, "{\"x\":1}");
        assertThat(answer.status()).as(route.toString()).isEqualTo(403);
      }
    }
    assertThat(editor.post("/api/device", "{\"name\":\"Valve\"}").status()).isEqualTo(200);
    assertThat(
            editor
                .post("/api/user", "{\"email\":\"x@x.example\",\"authority\":\"TENANT_ADMIN\"}")
                .status())
        .isEqualTo(403);
  }

  /// Everything that is not a GET changes something, unless the table says that it only asks.
  private static boolean isChange(RouteTable.Route route) {
    return route.effect() == RouteTable.Effect.WRITE;
  }

  @Test
  void onlyAFewRoutesAreForEveryRole() {
    var own = new ArrayList<String>();
    for (var route : platform.api.routes().all()) {
      boolean isQuery = route.effect() == RouteTable.Effect.READ && !route.method().equals("GET");
      if (!route.isOpen() && (route.effect() == RouteTable.Effect.OWN || isQuery)) {
        own.add(route.method() + " " + route.path());
      }
    }
    assertThat(own)
        .containsExactlyInAnyOrder(
            "POST /api/auth/logout",
            "POST /api/auth/changePassword",
            "POST /api/user",
            "POST /api/user/settings",
            "PUT /api/user/settings",
            "PUT /api/user/settings/{settingsType}",
            "DELETE /api/user/settings/{paths}",
            "POST /api/apiKey",
            "PUT /api/apiKey/{apiKeyId}/description",
            "PUT /api/apiKey/{apiKeyId}/enabled/{enabledValue}",
            "DELETE /api/apiKey/{apiKeyId}",
            "POST /api/plugins/telemetry/query",
            "POST /api/relations",
            "POST /api/relations/info",
            "POST /api/events/{entityType}/{entityId}",
            "POST /api/entitiesQuery/find",
            "POST /api/entitiesQuery/count",
            "POST /api/entitiesQuery/find/keys",
            "POST /api/alarmsQuery/find",
            "POST /api/alarmsQuery/count",
            "POST /api/deviceProfile/alarmPreview",
            "POST /api/ruleChain/{ruleChainId}/diff",
            "POST /api/ruleChain/testScript",
            "POST /api/calculatedField/testScript",
            "PUT /api/notification/{notificationId}/read",
            "PUT /api/notifications/read",
            "DELETE /api/notification/{notificationId}",
            "POST /api/notification/settings/user",
            "POST /api/notification/request/preview",
            "POST /api/notification/target/recipients");
  }

  @Test
  void theOpenApiDocumentListsEveryRoute() {
    var document = platform.anonymous().get("/api/openapi.json");
    var paths = (JsonObject) document.member("paths");

    for (var route : platform.api.routes().all()) {
      assertThat(paths.has(route.path())).as(route.path()).isTrue();
    }
  }

  /// What the OpenAPI specification (3.1, section 4.8) asks of a document like ours.
  @Test
  void theOpenApiDocumentIsValid() {
    var document = platform.anonymous().get("/api/openapi");
    assertThat(document.text("openapi")).matches("3\\.1\\.\\d+");
    assertThat(((JsonObject) document.member("info")).text("title", "")).isNotEmpty();
    assertThat(((JsonObject) document.member("info")).text("version", "")).isNotEmpty();
    var schemes =
        (JsonObject) requireMember((JsonObject) document.member("components"), "securitySchemes");
    var ids = new HashSet<String>();
    ((JsonObject) document.member("paths"))
        .forEach(
            (path, item) ->
                ((JsonObject) item)
                    .forEach(
                        (method, operation) -> {
                          assertThat(method).isIn("get", "post", "put", "delete");
                          valid(path, (JsonObject) operation, schemes, ids);
                        }));
    assertThat(ids).hasSameSizeAs(platform.api.routes().all());
  }

  private static void valid(
      String path, JsonObject operation, JsonObject schemes, Set<String> ids) {
    assertThat(ids.add(operation.text("operationId", ""))).as("operationId of " + path).isTrue();
    var declared = new HashSet<String>();
    for (var each : ((JsonArray) requireMember(operation, "parameters")).values()) {
      var parameter = (JsonObject) each;
      assertThat(parameter.text("in", "")).isEqualTo("path");
      assertThat(parameter.get("required")).hasToString("true");
      assertThat(parameter.has("schema")).isTrue();
      declared.add(parameter.text("name", ""));
    }
    var used = new HashSet<String>();
    PARAMETER.matcher(path).results().forEach(found -> used.add(found.group(1)));
    assertThat(declared).as(path).isEqualTo(used);
    ((JsonObject) requireMember(operation, "responses"))
        .forEach(
            (status, response) -> {
              assertThat(status).matches("[1-5]\\d\\d");
              assertThat(((JsonObject) response).text("description", "")).isNotEmpty();
            });
    if (operation.get("security") instanceof JsonArray list) {
      list.values()
          .forEach(
              each ->
                  ((JsonObject) each)
                      .forEach((scheme, _) -> assertThat(schemes.has(scheme)).isTrue()));
    }
  }

  private static JsonValue requireMember(JsonObject object, String name) {
    var member = object.get(name);
    assertThat(member).as(name).isNotNull();
    return member;
  }

  @Test
  void theReferencePageListsEveryRoute() throws IOException {
    var page = new StringBuilder(PAGE_HEAD);
    for (var route : platform.api.routes().all()) {
      page.append(
          "| %s | `%s` | %s | %s |%n"
              .formatted(route.method(), route.path(), callers(route), route.summary()));
    }
    var file = Path.of("../../docs/rest-api.md");
    if (System.getProperty("golden", "").equals("update")) {
      Files.writeString(file, page);
    }
    assertThat(page.toString()).isEqualTo(Files.readString(file));
  }

  private static String callers(RouteTable.Route route) {
    if (route.isOpen()) {
      return "everyone";
    }
    return route.allowed().size() == Authority.values().length
        ? "signed in"
        : route.allowed().stream().sorted().map(Authority::name).collect(Collectors.joining(", "));
  }

  private void nothingOfTenantAChanged() {
    var a = platform.as("a@x.example");
    assertThat(a.get("/api/device/" + ofTenantA.get("deviceId")).object())
        .isEqualTo(DeviceJson.of(platform.deviceA));
    assertThat(a.get("/api/alarm/" + ofTenantA.get("alarmId")).text("status"))
        .isEqualTo("ACTIVE_UNACK");
    assertThat(
            a.get(
                    "/api/plugins/telemetry/DEVICE/%s/keys/attributes"
                        .formatted(ofTenantA.get("deviceId")))
                .json())
        .hasToString("[]");
    assertThat(a.get("/api/ruleChain/" + ofTenantA.get("ruleChainId")).status()).isEqualTo(200);
    assertThat(a.get("/api/customer/" + ofTenantA.get("customerId")).status()).isEqualTo(200);
  }

  private static final String PAGE_HEAD =
      """
      # REST API

      Made from the route table by the tests of `wire/user` (`-Dgolden=update` rewrites it). Paths, shapes, paging
      and errors are ThingsBoard's; `/api/openapi.json` is the same list for machines. Send the token of
      `/api/auth/login` as `X-Authorization: Bearer …` or `Authorization: Bearer …`, or an API key as
      `X-Authorization: ApiKey …`.

      | method | path | who | what |
      | --- | --- | --- | --- |
      """;
  private static final String QUERY =
      "pageSize=10&page=0&keys=x&startTs=0&endTs=10&deviceIds=&customerTitle=x";

  private String path(RouteTable.Route route) {
    return PARAMETER
        .matcher(route.path())
        .replaceAll(
            match -> {
              var value = ofTenantA.get(match.group(1));
              assertThat(value).as("a value for %s, in open()", match.group()).isNotNull();
              return value;
            });
  }
}
