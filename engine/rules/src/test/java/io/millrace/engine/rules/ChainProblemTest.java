package io.millrace.engine.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.base.json.JsonObject;
import io.millrace.engine.rules.ChainProblem.Kind;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every way in which a chain is refused, with what its author is told.
final class ChainProblemTest {
  @TempDir Path directory;
  private ChainBed bed;

  @BeforeEach
  void open() {
    bed = new ChainBed(directory);
  }

  @AfterEach
  void close() {
    bed.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // nodes, connections and the first node
        "{'nodes':[@],'connections':[{'fromIndex':0,'toIndex':3,'type':'True'}]} | Connection 0"
            + " (\"True\") leads to node 3, but the chain's nodes are 0 to 0. Remove the connection"
            + " or correct its index.",
        "{'nodes':[@],'connections':[{'fromIndex':5,'toIndex':0,'type':'True'}]} | Connection 0"
            + " (\"True\") starts at node 5, but the chain's nodes are 0 to 0. Remove the"
            + " connection or correct its index.",
        "{'nodes':[@],'connections':[{'toIndex':0,'type':'True'}]} | Connection 0 (\"True\") starts"
            + " at node (no index), but the chain's nodes are 0 to 0. Remove the connection or"
            + " correct its index.",
        "{'nodes':[@],'connections':[{'fromIndex':0,'toIndex':-1,'type':'X'}]} | Connection 0"
            + " (\"X\") leads to node (no index), but the chain's nodes are 0 to 0. Remove the"
            + " connection or correct its index.",
        "{'nodes':[@],'connections':[{'fromIndex':0,'toIndex':0}]} | Connection 0 has no type. Name"
            + " the label it is taken by, as in Success.",
        "{'nodes':[@],'ruleChainConnections':[{'fromIndex':0,'type':'X'}]} | Rule chain connection"
            + " 0 names no rule chain. Give its targetRuleChainId.",
        "{'nodes':[@],'firstNodeIndex':7} | firstNodeIndex is 7, but the chain's nodes are 0 to 0."
            + " Set it to the index of the node where messages start.",
        "{'nodes':[],'firstNodeIndex':0} | firstNodeIndex is 0, but the chain has no nodes. Set it"
            + " to the index of the node where messages start.",
        "{'nodes':7} | \"nodes\" must be a list.",
        "{'connections':{}} | \"connections\" must be a list.",
        "{'nodes':[{'name':'a'}]} | Node \"a\": It has no type. Give it the class name of a node"
            + " type.",
        // settings
        "{'nodes':[{'name':'a','type':'rule chain'}]} | Node \"a\": ruleChainId=\"\" is not the id"
            + " of a rule chain. Choose the chain to call.",
        "{'nodes':[{'name':'a','type':'message type filter','configuration':{'messageTypes':7}}]} |"
            + " Node \"a\": Setting messageTypes=7: this must be a list.",
        "{'nodes':[{'name':'a','type':'save attributes','configuration':{'scope':'MINE'}}]} | Node"
            + " \"a\": Setting scope=\"MINE\": choose one of [CLIENT_SCOPE, SHARED_SCOPE,"
            + " SERVER_SCOPE].",
        "{'nodes':[{'name':'a','type':'save time series','configuration':{'useServerTs':'maybe'}}]}"
            + " | Node \"a\": Setting useServerTs=\"maybe\": this must be true or false.",
        "{'nodes':[{'name':'a','type':'save time series','configuration':{'defaultTTL':'soon'}}]} |"
            + " Node \"a\": Setting defaultTTL=\"soon\": this must be a whole number.",
        "{'nodes':[{'name':'a','type':'rest api call','configuration':{'restEndpointUrlPattern':'"
            + " '}}]} | Node \"a\": restEndpointUrlPattern is empty. Give the URL to call.",
        "{'nodes':[{'name':'a','type':'rest api call','configuration':{'requestMethod':'TRACE'}}]}"
            + " | Node \"a\": Setting requestMethod=\"TRACE\": choose one of [GET, POST, PUT,"
            + " PATCH, DELETE].",
        "{'nodes':[{'name':'a','type':'kafka','configuration':{'topicPattern':' '}}]} | Node \"a\":"
            + " topicPattern is empty. Give the topic to send to.",
        "{'nodes':[{'name':'a','type':'kafka','configuration':{'acks':'2'}}]} | Node \"a\": acks=2"
            + " is none of all, -1, 0 and 1.",
        "{'nodes':[{'name':'a','type':'kafka','configuration':{'kafkaHeadersCharset':'klingon'}}]}"
            + " | Node \"a\": kafkaHeadersCharset=klingon is not known here; UTF-8 is.",
        "{'nodes':[{'name':'a','type':'kafka','configuration':{'otherProperties':{'interceptor.classes':'x'}}}]}"
            + " | Node \"a\": otherProperties has interceptor.classes, which a rule node may not"
            + " set. Remove it; certificates and keys go in as text (ssl.truststore.certificates,"
            + " ssl.keystore.key) with type PEM.",
        "{'nodes':[{'name':'a','type':'kafka','configuration':{'otherProperties':{'ssl.truststore.type':'JKS'}}}]}"
            + " | Node \"a\": ssl.truststore.type must be PEM.",
        "{'nodes':[{'name':'a','type':'kafka','configuration':{'otherProperties':{'sasl.jaas.config':'com.sun.security.auth.module.JndiLoginModule"
            + " required;'}}}]} | Node \"a\": sasl.jaas.config must be one PlainLoginModule or"
            + " ScramLoginModule of Kafka's, as in"
            + " org.apache.kafka.common.security.plain.PlainLoginModule required username=\"…\""
            + " password=\"…\";",
        "{'nodes':[{'name':'a','type':'json path','configuration':{'jsonPath':'a.b'}}]} | Node"
            + " \"a\": The path \"a.b\" is not JSONPath: it must start with $.",
        "{'nodes':[{'name':'a','type':'copy key-value pairs','configuration':{'keys':['(']}}]} |"
            + " Node \"a\": The key pattern \"(\" is not a regular expression: Unclosed group."
            + " Correct it.",
        "{'nodes':[{'name':'a','type':'rename keys'}]} | Node \"a\": renameKeysMapping is empty."
            + " Name at least one key.",
        "{'nodes':[{'name':'a','type':'math"
            + " function','configuration':{'operation':'ADD','result':{'type':'MESSAGE_BODY','key':'x'}}}]}"
            + " | Node \"a\": ADD does not take 0 arguments.",
        "{'nodes':[{'name':'a','type':'math function','configuration':{'customFunction':'1 +"
            + " b','result':{'type':'MESSAGE_BODY','key':'x'}}}]} | Node \"a\": The expression \"1"
            + " + b\" is wrong at character 6: \"b\" is neither an argument nor a function.",
        "{'nodes':[{'name':'a','type':'gps geofencing"
            + " filter','configuration':{'polygonsDefinition':'[]'}}]} | Node \"a\": The fence []"
            + " has no corners.",
        "{'nodes':[{'name':'a','type':'originator telemetry'}]} | Node \"a\": latestTsKeyNames is"
            + " empty. Name at least one key.",
      })
  void isRefusedWithNodeAndCure(String metadata, String message) {
    var json = metadata(metadata);
    assertThatThrownBy(() -> bed.engine.requireSound(json))
        .isInstanceOf(RuleChainException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"JS,jsScript", "TBEL,tbelScript"})
  void aScriptThatDoesNotCompileIsRefusedNamingTheLine(String language, String member) {
    var json =
        metadata(
            "{'nodes':[{'name':'a','type':'script','configuration':{'scriptLang':'%s','%s':'var a = 1;\\nreturn msg.t >;'}}]}"
                .formatted(language, member));
    assertThatThrownBy(() -> bed.engine.requireSound(json))
        .isInstanceOf(RuleChainException.class)
        .hasMessageStartingWith("Node \"a\": The %s script does not compile: ".formatted(language))
        .hasMessageContaining("line 2")
        .hasMessageEndingWith("Correct the script.");
  }

  @Test
  void everyProblemIsListedAtOnce() {
    var json =
        metadata(
            "{'nodes':[{'name':'a'},{'name':'b','type':'rule"
                + " chain'}],'firstNodeIndex':9,'connections':[{'fromIndex':0,'toIndex':4,'type':'X'}]}");
    assertThat(bed.engine.check(json)).hasSize(4);
  }

  @Test
  void tooManyNodesAreRefused() {
    var nodes = "@,".repeat(2000) + "@";
    assertThatThrownBy(() -> bed.engine.requireSound(metadata("{'nodes':[" + nodes + "]}")))
        .hasMessageContaining("2001 nodes, more than rules.nodesPerChainMax=2000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'org.thingsboard.rule.engine.rabbitmq.TbRabbitMqNode' | {} | ThingsBoard's node type"
            + " rabbitmq.TbRabbitMqNode is not built here yet; messages that reach it fail.",
        "'com.example.Mine' | {} | The node type \"com.example.Mine\" is not known; messages that"
            + " reach it fail.",
        "'save time series' | {'processingSettings':{'type':'WEBSOCKETS_ONLY'}} | The processing"
            + " setting WEBSOCKETS_ONLY is not built here; choose ON_EVERY_MESSAGE or DEDUPLICATE.",
        "'rest api call' | {'enableProxy':true} | Calls through a proxy are not built here yet.",
        "'rest api call' | {'queryParams':{'a':'b'}} | queryParams are not built here yet; write"
            + " them into restEndpointUrlPattern.",
        "'rest api call' | {'credentials':{'type':'cert.PEM'}} | Credentials of type \"cert.PEM\""
            + " are not built here yet; choose anonymous, basic or service.account.",
      })
  void isTakenAndMarked(String type, String configuration, String message) {
    var json =
        metadata(
            "{'nodes':[{'name':'a','type':" + type + ",'configuration':" + configuration + "}]}");
    bed.engine.requireSound(json);
    assertThat(bed.engine.check(json))
        .containsExactly(new ChainProblem(Kind.INOPERABLE, 0, "a", message));
  }

  @Test
  void aStoredChainWithABadNodeStillRunsTheOthers() {
    bed.root(
        Chains.of("start")
            .node("start", Chains.TYPE_FILTER, "{}")
            .node("bad", Chains.RULE_CHAIN, "{}")
            .node("good", Chains.SAVE_TIMESERIES, "{}")
            .connect("start", "True", "bad")
            .connect("start", "True", "good")
            .json());
    bed.send(bed.telemetry("{\"t\":1}"));
    assertThat(bed.timeseries.keys(ChainBed.DEVICE)).containsExactly("t");
    assertThat(bed.figures("bad").lastError()).contains("is not the id of a rule chain");
    assertThat(bed.engine.problems(ChainBed.ROOT)).hasSize(1);
    assertThat(bed.engine.problems(new UUID(0, 9))).isEmpty();
  }

  private static JsonObject metadata(String shorthand) {
    return ChainBed.json(
        shorthand
            .replace('\'', '"')
            .replace("@", "{\"name\":\"n\",\"type\":\"message type filter\"}"));
  }
}
