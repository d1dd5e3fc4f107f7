package io.millrace.wire.user;

import io.millrace.base.json.Json;
import io.millrace.store.timeseries.Aggregation;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The exact JSON of every resource, as golden transcripts.
final class RestShapesIT {
  @TempDir private Path directory;
  private Platform platform;
  private Client a;
  private final Transcript transcript = new Transcript();

  @BeforeEach
  void open() {
    platform = new Platform(directory);
    a = platform.as("a@x.example");
  }

  @AfterEach
  void close() throws Exception {
    platform.close();
  }

  @Test
  void auth() throws Exception {
    var nobody = platform.anonymous();
    transcript.post(
        nobody, "/api/auth/login", "{\"username\":\"a@x.example\",\"password\":\"no\"}");
    transcript.post(nobody, "/api/auth/login", "{\"password\":\"no\"}");
    transcript.post(nobody, "/api/auth/login", "not json");
    transcript.post(nobody, "/api/auth/token", "{\"refreshToken\":\"x.y.z\"}");
    transcript.get(a, "/api/auth/user");
    transcript.post(
        a, "/api/auth/changePassword", "{\"currentPassword\":\"no\",\"newPassword\":\"x\"}");
    transcript.post(a, "/api/auth/logout", "");
    transcript.get(a, "/api/auth/user");
    transcript.get(nobody, "/api/millrace/info");
    transcript.get(nobody, "/health");
    transcript.get(nobody, "/api/unknown");
    transcript.matches("auth");
  }

  @Test
  void devices() throws Exception {
    var made =
        transcript.post(
            a,
            "/api/device?accessToken=MY_TOKEN",
            "{\"name\":\"DHT11\",\"type\":\"sensor\",\"label\":\"hall\",\"additionalInfo\":{\"description\":\"d\"}}");
    transcript.get(a, "/api/device/" + made.id());
    transcript.get(a, "/api/device/info/" + made.id());
    transcript.get(a, "/api/device/" + made.id() + "/credentials");
    transcript.post(
        a, "/api/device", made.object().with("label", Json.parse("\"roof\"")).toString());
    transcript.post(a, "/api/device", made.object().toString()); // an old version
    transcript.post(a, "/api/device", "{\"name\":\"DHT11\"}");
    transcript.post(a, "/api/device", "{\"label\":\"nameless\"}");
    transcript.post(a, "/api/device", "{\"name\":7}");
    transcript.post(a, "/api/device?accessToken=MY_TOKEN", "{\"name\":\"Other\"}");
    transcript.get(a, "/api/tenant/devices?pageSize=2&page=0&sortProperty=name&sortOrder=ASC");
    transcript.get(a, "/api/tenant/devices?pageSize=10&page=0&textSearch=dht");
    transcript.get(a, "/api/tenant/devices?deviceName=DHT11");
    transcript.get(a, "/api/tenant/devices?deviceName=none");
    transcript.get(a, "/api/tenant/devices");
    transcript.get(a, "/api/tenant/devices?pageSize=0&page=0");
    transcript.get(a, "/api/tenant/devices?pageSize=x&page=0");
    transcript.get(a, "/api/tenant/devices?pageSize=10&page=0&sortProperty=nonsense");
    transcript.get(a, "/api/device/not-a-uuid");
    transcript.get(a, "/api/device/784f394c-42b6-435a-983c-b7beff2784f9");
    transcript.delete(a, "/api/device/" + made.id());
    transcript.get(a, "/api/device/" + made.id());
    transcript.matches("devices");
  }

  @Test
  void credentials() throws Exception {
    var path = "/api/device/" + platform.deviceA.id().id() + "/credentials";
    var known = transcript.get(a, path).object();
    transcript.post(
        a,
        "/api/device/credentials",
        known.with("credentialsId", Json.parse("\"NEW\"")).toString());
    var basic =
        a.get(path).object().toBuilder()
            .put("credentialsType", "MQTT_BASIC")
            .put("credentialsValue", "{\"clientId\":\"c\",\"userName\":\"u\",\"password\":\"p\"}")
            .build();
    transcript.post(a, "/api/device/credentials", basic.toString());
    transcript.post(
        a,
        "/api/device/credentials",
        a.get(path).object().with("credentialsValue", Json.parse("\"{}\"")).toString());
    transcript.post(
        a,
        "/api/device/credentials",
        known.with("credentialsType", Json.parse("\"PSK\"")).toString());
    transcript.post(
        a,
        "/api/device/credentials",
        known.with("credentialsId", Json.parse("\"TOKEN_B\"")).without("version").toString());
    transcript.matches("credentials");
  }

  @Test
  void profiles() throws Exception {
    var made =
        transcript.post(a, "/api/deviceProfile", "{\"name\":\"thermostat\",\"description\":\"d\"}");
    transcript.get(a, "/api/deviceProfileInfo/default");
    transcript.get(a, "/api/deviceProfileInfos?pageSize=10&page=0&sortProperty=name&sortOrder=ASC");
    transcript.get(a, "/api/deviceProfiles?pageSize=1&page=1&sortProperty=name&sortOrder=ASC");
    transcript.post(a, "/api/deviceProfile/" + made.id() + "/default", "");
    transcript.delete(a, "/api/deviceProfile/" + made.id());
    transcript.delete(a, "/api/deviceProfile/" + platform.deviceA.deviceProfileId().id());
    transcript.matches("profiles");
  }

  @Test
  void telemetry() throws Exception {
    var path = "/api/plugins/telemetry/DEVICE/" + platform.deviceA.id().id();
    transcript.post(
        a,
        path + "/timeseries/ANY",
        "{\"ts\":1000,\"values\":{\"t\":20.5,\"on\":true,\"s\":\"x\",\"o\":{\"a\":1}}}");
    transcript.post(
        a,
        path + "/timeseries/ANY",
        "[{\"ts\":2000,\"values\":{\"t\":22}},{\"ts\":61000,\"values\":{\"t\":30}}]");
    transcript.post(a, path + "/timeseries/ANY", "{\"now\":1}");
    transcript.get(a, path + "/keys/timeseries");
    transcript.get(a, path + "/values/timeseries");
    transcript.get(a, path + "/values/timeseries?keys=t,missing&useStrictDataTypes=true");
    transcript.get(a, path + "/values/timeseries?keys=t,on&startTs=0&endTs=61000");
    transcript.get(
        a,
        path
            + "/values/timeseries?keys=t&startTs=0&endTs=99000&limit=1&orderBy=ASC&useStrictDataTypes=true");
    for (var aggregation : Aggregation.values()) {
      transcript.get(
          a,
          path
              + "/values/timeseries?keys=t&startTs=0&endTs=120000&interval=60000&agg="
              + aggregation);
    }
    transcript.get(a, path + "/values/timeseries?keys=t&startTs=0");
    transcript.get(a, path + "/values/timeseries?startTs=0&endTs=5");
    transcript.get(
        a, path + "/values/timeseries?keys=t&startTs=0&endTs=9000000&interval=1&agg=AVG");
    transcript.get(a, path + "/values/timeseries?keys=t&startTs=0&endTs=9&agg=MEDIAN");
    transcript.get(a, path + "/values/timeseries?keys=t&startTs=0&endTs=9&limit=0");
    transcript.post(a, path + "/timeseries/ANY", "{\"ts\":-5,\"values\":{\"t\":1}}");
    transcript.post(a, path + "/timeseries/ANY", "{\"t\":NaN}");
    transcript.post(a, path + "/timeseries/ANY", "[1]");
    transcript.post(a, path + "/timeseries/ANY", "{}");
    transcript.post(a, path + "/timeseries/ANY", "{\"%s\":1}".formatted("k".repeat(256)));
    transcript.delete(a, path + "/timeseries/delete?keys=t&startTs=2000&endTs=3000");
    transcript.get(a, path + "/values/timeseries?keys=t&startTs=0&endTs=99000");
    transcript.delete(a, path + "/timeseries/delete?keys=t,on&deleteAllDataForKeys=true");
    transcript.get(a, path + "/keys/timeseries");
    transcript.get(
        a, "/api/plugins/telemetry/ROCKET/" + platform.deviceA.id().id() + "/keys/timeseries");
    transcript.matches("telemetry");
  }

  @Test
  void attributes() throws Exception {
    var id = platform.deviceA.id().id();
    var path = "/api/plugins/telemetry/DEVICE/" + id;
    transcript.post(a, path + "/attributes/SERVER_SCOPE", "{\"limit\":20,\"active\":true}");
    transcript.post(a, path + "/SHARED_SCOPE", "{\"target\":21.5}");
    transcript.post(a, "/api/plugins/telemetry/" + id + "/SHARED_SCOPE", "{\"mode\":\"eco\"}");
    transcript.post(a, path + "/attributes/CLIENT_SCOPE", "{\"x\":1}");
    transcript.post(a, path + "/attributes/OTHER", "{\"x\":1}");
    transcript.post(a, path + "/attributes/SERVER_SCOPE", "{}");
    transcript.get(a, path + "/keys/attributes");
    transcript.get(a, path + "/keys/attributes/SHARED_SCOPE");
    transcript.get(a, path + "/values/attributes?keys=limit,mode");
    transcript.get(a, path + "/values/attributes/SERVER_SCOPE");
    transcript.get(a, "/api/device/info/" + id); // active now
    transcript.delete(a, path + "/SHARED_SCOPE?keys=mode");
    transcript.delete(a, path + "/SHARED_SCOPE");
    transcript.get(a, path + "/values/attributes/SHARED_SCOPE");
    transcript.matches("attributes");
  }

  @Test
  void alarms() throws Exception {
    var id = platform.deviceA.id().id();
    var originator = "\"originator\":{\"entityType\":\"DEVICE\",\"id\":\"%s\"}".formatted(id);
    var made =
        transcript.post(
            a,
            "/api/alarm",
            "{\"type\":\"High\",\"severity\":\"MAJOR\",\"details\":{\"n\":1},%s}"
                .formatted(originator));
    transcript.post(
        a, "/api/alarm", "{\"type\":\"High\",\"severity\":\"CRITICAL\",%s}".formatted(originator));
    transcript.post(
        a, "/api/alarm", "{\"type\":\"Low\",\"severity\":\"MINOR\",%s}".formatted(originator));
    transcript.post(
        a, "/api/alarm", "{\"type\":\"Low\",\"severity\":\"BAD\",%s}".formatted(originator));
    transcript.post(a, "/api/alarm", "{\"type\":\"Low\",\"severity\":\"MINOR\"}");
    transcript.get(a, "/api/alarm/" + made.id());
    transcript.get(a, "/api/alarm/info/" + made.id());
    transcript.post(a, "/api/alarm/" + made.id() + "/ack", "");
    transcript.post(a, "/api/alarm/" + made.id() + "/clear", "");
    transcript.post(a, "/api/alarm/" + made.id() + "/clear", ""); // again: nothing changes
    transcript.get(a, "/api/alarm/DEVICE/" + id + "?pageSize=10&page=0&searchStatus=ACTIVE");
    transcript.get(a, "/api/alarms?pageSize=10&page=0&status=CLEARED_ACK");
    transcript.get(
        a,
        "/api/v2/alarms?pageSize=1&page=0&severityList=MINOR,MAJOR&typeList=Low&statusList=ACTIVE");
    transcript.get(
        a, "/api/v2/alarm/DEVICE/" + id + "?pageSize=1&page=1&sortProperty=type&sortOrder=ASC");
    transcript.get(a, "/api/alarm/highestSeverity/DEVICE/" + id);
    transcript.get(a, "/api/alarms?pageSize=10&page=0&searchStatus=WRONG");
    transcript.delete(a, "/api/alarm/" + made.id());
    transcript.get(a, "/api/alarm/" + made.id());
    transcript.matches("alarms");
  }

  @Test
  void people() throws Exception {
    var customer = transcript.post(a, "/api/customer", "{\"title\":\"Acme\",\"city\":\"Kyiv\"}");
    transcript.get(a, "/api/customers?pageSize=10&page=0&sortProperty=title&sortOrder=ASC");
    transcript.get(a, "/api/tenant/customers?customerTitle=Acme");
    transcript.post(
        a, "/api/customer/" + customer.id() + "/device/" + platform.deviceA.id().id(), "");
    transcript.get(a, "/api/customer/" + customer.id() + "/deviceInfos?pageSize=10&page=0");
    transcript.delete(a, "/api/customer/device/" + platform.deviceA.id().id());
    var user =
        transcript.post(
            a,
            "/api/user?sendActivationMail=false",
            "{\"email\":\"new@x.example\",\"authority\":\"CUSTOMER_USER\",\"firstName\":\"N\",\"password\":\"secret1\",\"customerId\":%s}"
                .formatted(customer.member("id")));
    transcript.get(a, "/api/customer/" + customer.id() + "/users?pageSize=10&page=0");
    transcript.post(a, "/api/user", "{\"email\":\"new@x.example\",\"authority\":\"TENANT_ADMIN\"}");
    transcript.post(a, "/api/user", "{\"email\":\"evil@x.example\",\"authority\":\"SYS_ADMIN\"}");
    transcript.post(a, "/api/user", "{\"email\":\"no address\",\"authority\":\"TENANT_ADMIN\"}");
    transcript.post(a, "/api/user/" + user.id() + "/password", "{\"password\":\"x\"}");
    transcript.delete(a, "/api/user/" + a.get("/api/auth/user").id());
    transcript.delete(a, "/api/user/" + user.id());
    var root = platform.as("root@x.example");
    var tenant = transcript.post(root, "/api/tenant", "{\"title\":\"New\",\"region\":\"EU\"}");
    transcript.get(root, "/api/tenants?pageSize=10&page=0&sortProperty=title&sortOrder=ASC");
    transcript.get(root, "/api/tenant/" + tenant.id() + "/users?pageSize=10&page=0");
    transcript.delete(root, "/api/tenant/" + tenant.id());
    transcript.get(a, "/api/tenant/" + platform.tenantA.id());
    transcript.matches("people");
  }

  @Test
  void ruleChains() throws Exception {
    var made =
        transcript.post(
            a, "/api/ruleChain", "{\"name\":\"Mine\",\"additionalInfo\":{\"description\":\"d\"}}");
    var path = "/api/ruleChain/" + made.id();
    transcript.get(a, path + "/metadata");
    transcript.post(a, "/api/ruleChain/metadata", chain(made, "True"));
    transcript.get(a, path);
    transcript.get(a, path + "/export");
    transcript.post(
        a,
        "/api/ruleChain/import",
        a.get(path + "/export").json().toString().replace("Mine", "Copy"));
    transcript.get(a, path + "/output/labels");
    transcript.post(a, path + "/root", "");
    transcript.delete(a, path);
    transcript.post(
        a,
        "/api/ruleChain/metadata",
        chain(made, "True").replace("\"toIndex\":1", "\"toIndex\":7"));
    transcript.post(
        a,
        "/api/ruleChain/metadata",
        chain(made, "True").replace("{\"ruleChainId\"", "{\"version\":1,\"ruleChainId\""));
    transcript.post(a, "/api/ruleChain/metadata", "{\"nodes\":[]}");
    transcript.post(a, "/api/ruleChain/import", "{}");
    transcript.matches("ruleChains");
  }

  private static String chain(Client.Answer chain, String label) {
    return """
    {"ruleChainId":%s,"firstNodeIndex":0,"nodes":[
    {"type":"org.thingsboard.rule.engine.filter.TbMsgTypeSwitchNode","name":"Switch","configurationVersion":0,"configuration":{"version":0},"additionalInfo":{"layoutX":1,"layoutY":2}},
    {"type":"org.thingsboard.rule.engine.flow.TbRuleChainOutputNode","name":"Out","configurationVersion":0,"configuration":{"version":0},"additionalInfo":{}}],
    "connections":[{"fromIndex":0,"toIndex":1,"type":"%s"}],"ruleChainConnections":null}"""
        .formatted(chain.member("id"), label)
        .replace("\n", "");
  }
}
