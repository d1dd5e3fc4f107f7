package io.millrace.wire.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// ThingsBoard's entity and alarm queries, over REST and over the WebSocket.
final class EntityQueriesIT {
  private static final String ALL_DEVICES = "{'type':'entityType','entityType':'DEVICE'}";

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

  private static String query(String filter, String rest) {
    return ("{'entityFilter':" + filter + ",'pageLink':{'pageSize':10,'page':0}" + rest + "}")
        .replace('\'', '"');
  }

  private static List<String> names(Client.Answer page) {
    var names = new ArrayList<String>();
    for (var each : page.data().values()) {
      names.add(value((JsonObject) each, "ENTITY_FIELD", "name"));
    }
    return names;
  }

  private static String value(JsonObject data, String type, String key) {
    var latest = (JsonObject) data.get("latest");
    assertThat(latest).isNotNull();
    var values = (JsonObject) latest.get(type);
    assertThat(values).isNotNull();
    return ((JsonObject) values.get(key)).text("value", "");
  }

  private static final String NAME = ",'entityFields':[{'type':'ENTITY_FIELD','key':'name'}]";

  private List<String> found(Client client, String filter, String rest) {
    var answer = client.post("/api/entitiesQuery/find", query(filter, NAME + rest));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return names(answer);
  }

  private void telemetry(String json) {
    platform.telemetry(platform.deviceA, 1_000, (JsonObject) Json.parse(json));
  }

  private String numeric(String operation, int value) {
    return ",'keyFilters':[{'key':{'type':'TIME_SERIES','key':'t'},'valueType':'NUMERIC','predicate':{'type':'NUMERIC','operation':'%s','value':{'defaultValue':%d,'dynamicValue':null}}}]"
        .formatted(operation, value);
  }

  @Test
  void filtersFindWhatTheyNameAndNothingOfAnotherTenant() {
    assertThat(found(a, ALL_DEVICES, "")).containsExactlyInAnyOrder("Boiler", "Meter");
    assertThat(found(platform.as("b@x.example"), ALL_DEVICES, "")).containsExactly("Pump");
    assertThat(found(platform.as("customer@x.example"), ALL_DEVICES, "")).containsExactly("Meter");
    assertThat(found(a, "{'type':'entityName','entityType':'DEVICE','entityNameFilter':'boi'}", ""))
        .containsExactly("Boiler");
    assertThat(
            found(
                a, "{'type':'deviceType','deviceTypes':['default'],'deviceNameFilter':'%ter'}", ""))
        .containsExactly("Meter");
    assertThat(found(a, "{'type':'deviceType','deviceType':'other','deviceNameFilter':''}", ""))
        .isEmpty();
    var foreign =
        "{'type':'singleEntity','singleEntity':{'entityType':'DEVICE','id':'%s'}}"
            .formatted(platform.deviceB.id().id());
    assertThat(found(a, foreign, "")).isEmpty();
    var list =
        "{'type':'entityList','entityType':'DEVICE','entityList':['%s','%s']}"
            .formatted(platform.deviceA.id().id(), platform.deviceB.id().id());
    assertThat(found(a, list, "")).containsExactly("Boiler");
    assertThat(found(a, "{'type':'apiUsageState'}", "")).isEmpty();
  }

  @Test
  void relationsLeadToWhatIsInAHouse() {
    var house = a.post("/api/asset", "{\"name\":\"House\",\"type\":\"building\"}").id();
    a.post(
        "/api/relation",
        "{'from':{'entityType':'ASSET','id':'%s'},'to':{'entityType':'DEVICE','id':'%s'},'type':'Contains'}"
            .formatted(house, platform.deviceA.id().id())
            .replace('\'', '"'));
    var root = "'rootEntity':{'entityType':'ASSET','id':'%s'}".formatted(house);

    assertThat(
            found(a, "{'type':'relationsQuery'," + root + ",'direction':'FROM','maxLevel':1}", ""))
        .containsExactly("Boiler");
    assertThat(
            found(
                a,
                "{'type':'deviceSearchQuery',"
                    + root
                    + ",'relationType':'Contains','deviceTypes':['default'],'maxLevel':0}",
                ""))
        .containsExactly("Boiler");
    assertThat(
            found(
                a,
                "{'type':'relationsQuery','rootEntity':{'entityType':'DEVICE','id':'%s'},'direction':'TO','filters':[{'relationType':'Contains','entityTypes':['ASSET']}]}"
                    .formatted(platform.deviceA.id().id()),
                ""))
        .containsExactly("House");
  }

  @Test
  void keyFiltersCompareLatestValuesAttributesAndFields() {
    telemetry("{\"t\":21.5,\"state\":\"on\"}");
    a.post(
        "/api/plugins/telemetry/DEVICE/%s/SERVER_SCOPE".formatted(platform.deviceA.id().id()),
        "{\"floor\":\"First\",\"alarm\":true}");

    assertThat(found(a, ALL_DEVICES, numeric("GREATER", 20))).containsExactly("Boiler");
    assertThat(found(a, ALL_DEVICES, numeric("LESS", 20))).isEmpty();
    assertThat(found(a, ALL_DEVICES, numeric("NOT_EQUAL", 20))).hasSize(2);
    var floor =
        "{'key':{'type':'ATTRIBUTE','key':'floor'},'valueType':'STRING','predicate':{'type':'COMPLEX','operation':'OR','predicates':[{'type':'STRING','operation':'STARTS_WITH','ignoreCase':true,'value':{'defaultValue':'fir'}},{'type':'STRING','operation':'EQUAL','value':{'defaultValue':'x'}}]}}";
    assertThat(found(a, ALL_DEVICES, ",'keyFilters':[" + floor + "]")).containsExactly("Boiler");
    var alarm =
        "{'key':{'type':'SERVER_ATTRIBUTE','key':'alarm'},'valueType':'BOOLEAN','predicate':{'type':'BOOLEAN','operation':'EQUAL','value':{'defaultValue':false}}}";
    assertThat(found(a, ALL_DEVICES, ",'keyFilters':[%s,%s]".formatted(floor, alarm))).isEmpty();
    assertThat(
            found(
                a,
                ALL_DEVICES,
                ",'keyFilters':[%s,%s],'keyFiltersOperation':'OR'".formatted(floor, alarm)))
        .containsExactly("Boiler");
  }

  @Test
  void aFilterTakesItsValueFromTheTenantsAttribute() {
    telemetry("{\"t\":21}");
    a.post(
        "/api/plugins/telemetry/TENANT/%s/SERVER_SCOPE".formatted(platform.tenantA.id()),
        "{\"limit\":30}");
    var dynamic =
        numeric("GREATER", 1)
            .replace(
                "'dynamicValue':null",
                "'dynamicValue':{'sourceType':'CURRENT_TENANT','sourceAttribute':'limit'}");
    assertThat(found(a, ALL_DEVICES, dynamic)).isEmpty();
    assertThat(found(a, ALL_DEVICES, dynamic.replace("'limit'", "'missing'")))
        .containsExactly("Boiler");
  }

  @Test
  void pagesAreSortedByAnyKeyAndSearched() {
    telemetry("{\"t\":5}");
    platform.telemetry(platform.deviceOfCustomer, 1_000, (JsonObject) Json.parse("{\"t\":40}"));
    var down =
        "{'entityFilter':%s,'pageLink':{'pageSize':1,'page':0,'sortOrder':{'key':{'type':'TIME_SERIES','key':'t'},'direction':'DESC'}},'entityFields':[{'type':'ENTITY_FIELD','key':'name'}],'latestValues':[{'type':'TIME_SERIES','key':'t'}]}"
            .formatted(ALL_DEVICES)
            .replace('\'', '"');
    var first = a.post("/api/entitiesQuery/find", down);
    assertThat(names(first)).containsExactly("Meter");
    assertThat(value((JsonObject) first.data().get(0), "TIME_SERIES", "t")).isEqualTo("40");
    assertThat(first.member("totalElements")).hasToString("2");
    assertThat(first.member("hasNext")).hasToString("true");
    assertThat(names(a.post("/api/entitiesQuery/find", down.replace("\"DESC\"", "\"ASC\""))))
        .containsExactly("Boiler");
    var searched = down.replace("\"page\":0", "\"page\":0,\"textSearch\":\"MET\"");
    assertThat(a.post("/api/entitiesQuery/find", searched).member("totalElements"))
        .hasToString("1");
    assertThat(a.post("/api/entitiesQuery/count", query(ALL_DEVICES, "")).json()).hasToString("2");
    assertThat(
            a.post(
                    "/api/entitiesQuery/find/keys?timeseries=true&attributes=true",
                    query(ALL_DEVICES, ""))
                .member("timeseries"))
        .hasToString("[\"t\"]");
  }

  @Test
  void alarmsOfWhatAFilterFindsAreListedAndCounted() {
    for (var device : List.of(platform.deviceA, platform.deviceOfCustomer)) {
      a.post(
          "/api/alarm",
          "{'type':'High','severity':'MAJOR','originator':{'entityType':'DEVICE','id':'%s'}}"
              .formatted(device.id().id())
              .replace('\'', '"'));
    }
    var all = query(ALL_DEVICES, NAME);
    var page = a.post("/api/alarmsQuery/find", all);
    assertThat(page.member("totalElements")).hasToString("2");
    assertThat(((JsonObject) page.data().get(0)).text("type", "")).isEqualTo("High");
    assertThat(value((JsonObject) page.data().get(0), "ENTITY_FIELD", "name"))
        .isIn("Boiler", "Meter");
    var customer = platform.as("customer@x.example");
    assertThat(customer.post("/api/alarmsQuery/find", all).member("totalElements"))
        .hasToString("1");
    assertThat(a.post("/api/alarmsQuery/count", "{\"statusList\":[\"ACTIVE\"]}").json())
        .hasToString("2");
    assertThat(a.post("/api/alarmsQuery/count", "{\"severityList\":[\"MINOR\"]}").json())
        .hasToString("0");
  }

  @Test
  void whatIsWrongWithAQueryIsSaid() {
    assertThat(a.post("/api/entitiesQuery/find", query("{'type':'rocket'}", "")).text("message"))
        .startsWith("'entityFilter.type' is 'rocket'; singleEntity");
    assertThat(
            a.post(
                    "/api/entitiesQuery/find",
                    query(ALL_DEVICES, ",'entityFields':[{'type':'X','key':'y'}]"))
                .text("message"))
        .startsWith("'key.type' is 'X', not one of");
    assertThat(
            a.post(
                    "/api/entitiesQuery/find",
                    query(
                        ALL_DEVICES,
                        numeric("GREATER", 1).replace("'defaultValue':1", "'defaultValue':'a'")))
                .text("message"))
        .isEqualTo("'predicate.value' is 'a', not a number");
  }

  @Test
  void aSocketGetsThePageThenWhatChangesInIt() throws Exception {
    telemetry("{\"t\":20}");
    try (var socket = socket()) {
      socket.send(
          ("{'cmds':[{'type':'ENTITY_DATA','cmdId':3,'query':"
                  + query(ALL_DEVICES, NAME + ",'latestValues':[{'type':'TIME_SERIES','key':'t'}]")
                  + ",'latestCmd':{'keys':[{'type':'TIME_SERIES','key':'t'},{'type':'ATTRIBUTE','key':'floor'}]},'tsCmd':{'keys':['t'],'startTs':0,'timeWindow':60000,'limit':10,'agg':'NONE'}}]}")
              .replace('\'', '"'));
      var first = socket.next();
      assertThat(first.text("cmdUpdateType", "")).isEqualTo("ENTITY_DATA");
      assertThat(first.get("cmdId")).hasToString("3");
      var data = (JsonArray) ((JsonObject) first.get("data")).get("data");
      assertThat(data.size()).isEqualTo(2);
      assertThat(data.toString())
          .contains("\"timeseries\":{\"t\":[{\"ts\":1000,\"value\":\"20\"}]}");

      platform.telemetry(platform.deviceA, 2_000, (JsonObject) Json.parse("{\"t\":23,\"x\":1}"));
      var update = (JsonObject) ((JsonArray) socket.next().get("update")).get(0);
      assertThat(value(update, "TIME_SERIES", "t")).isEqualTo("23");
      assertThat(update.get("timeseries")).hasToString("{\"t\":[{\"ts\":2000,\"value\":\"23\"}]}");

      a.post(
          "/api/plugins/telemetry/DEVICE/%s/SERVER_SCOPE".formatted(platform.deviceA.id().id()),
          "{\"floor\":\"2\"}");
      update = (JsonObject) ((JsonArray) socket.next().get("update")).get(0);
      assertThat(value(update, "ATTRIBUTE", "floor")).isEqualTo("2");

      socket.send(
          "{\"cmds\":[{\"type\":\"ENTITY_DATA\",\"cmdId\":3,\"historyCmd\":{\"keys\":[\"x\"],\"startTs\":0,\"endTs\":9000}}]}");
      assertThat(socket.next().get("update").toString()).contains("\"x\":[{\"ts\":2000");
    }
  }

  @Test
  void countsAndDynamicPagesAreWorkedOutAgain() throws Exception {
    try (var socket = socket()) {
      socket.send(
          ("{'entityCountCmds':[{'cmdId':1,'query':{'entityFilter':%s}}]}".formatted(ALL_DEVICES))
              .replace('\'', '"'));
      var first = socket.next();
      assertThat(first.text("cmdUpdateType", "")).isEqualTo("COUNT_DATA");
      assertThat(first.get("count")).hasToString("2");
      socket.send(
          ("{'entityDataCmds':[{'cmdId':2,'query':"
                  + query(ALL_DEVICES, NAME).replace("\"page\":0", "\"page\":0,\"dynamic\":true")
                  + "}]}")
              .replace('\'', '"'));
      socket.next();
      roundTrip(socket);

      a.post("/api/device", "{\"name\":\"Valve\"}");
      platform.time.advance(Duration.ofSeconds(10));
      var again = List.of(socket.next(), socket.next());
      assertThat(again.toString()).contains("\"count\":3", "Valve");
    }
  }

  @Test
  void aSocketWatchesTheAlarmsOfWhatAFilterFinds() throws Exception {
    try (var socket = socket()) {
      socket.send(
          ("{'alarmDataCmds':[{'cmdId':4,'query':"
                  + query(ALL_DEVICES.replace("DEVICE", "ASSET"), NAME)
                  + "},{'cmdId':5,'query':"
                  + query(ALL_DEVICES, NAME)
                  + "}],'alarmCountCmds':[{'cmdId':6,'query':{}}]}")
              .replace('\'', '"'));
      socket.next();
      socket.next();
      assertThat(socket.next().get("count")).hasToString("0");
      roundTrip(socket);
      a.post(
          "/api/alarm",
          "{'type':'High','severity':'MAJOR','originator':{'entityType':'DEVICE','id':'%s'}}"
              .formatted(platform.deviceA.id().id())
              .replace('\'', '"'));
      var news = socket.next();
      assertThat(news.get("cmdId")).hasToString("5");
      platform.time.advance(Duration.ofSeconds(10));
      assertThat(socket.next().get("count")).hasToString("1");
    }
  }

  /// Commands run one after the other: what came before the answer has taken its place.
  private void roundTrip(SocketClient socket) throws Exception {
    socket.send(
        "{\"historyCmds\":[{\"cmdId\":99,\"entityType\":\"DEVICE\",\"entityId\":\"%s\",\"keys\":\"none\"}]}"
            .formatted(platform.deviceA.id().id()));
    assertThat(socket.next().get("subscriptionId")).hasToString("99");
  }

  private SocketClient socket() throws Exception {
    return new SocketClient(
        platform.listener.port(), "/api/ws?token=" + platform.token("a@x.example"));
  }
}
