package io.millrace.engine.rules;

import io.millrace.engine.alarms.Alarms;
import io.millrace.engine.rpc.Rpcs;
import io.millrace.engine.scripts.CompiledScript;
import io.millrace.engine.scripts.ScriptLanguage;
import io.millrace.engine.scripts.ScriptSyntaxException;
import io.millrace.store.attributes.AttributeStore;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.timeseries.TimeseriesStore;
import java.util.List;

/// What a node is made with, beside its settings.
public final class NodeSetup {
  private static final List<String> PARAMETERS = List.of("msg", "metadata", "msgType");
  private final NodeServices services;
  private final Routes routes;
  private final String name;
  private final String queue;

  NodeSetup(NodeServices services, Routes routes, String name, String queue) {
    this.services = services;
    this.routes = routes;
    this.name = name;
    this.queue = queue;
  }

  NodeSetup of(String nodeName, String queueName) {
    return new NodeSetup(services, routes, nodeName, queueName);
  }

  /// The queue that the node names; empty for none.
  public String queue() {
    return queue;
  }

  /// The node's name in its chain.
  public String name() {
    return name;
  }

  /// The script in that language, with the parameters `msg`, `metadata` and `msgType`.
  ///
  /// @throws IllegalArgumentException when it does not compile, naming line, column and construct
  public CompiledScript script(ScriptLanguage language, String js, String tbel) {
    return script(language, js, tbel, PARAMETERS);
  }

  /// The same, with parameters of other names; they stand for body, metadata and type.
  public CompiledScript script(
      ScriptLanguage language, String js, String tbel, List<String> parameters) {
    var text = language == ScriptLanguage.TBEL ? tbel : js;
    try {
      return services.scripts().compile(language, text, parameters);
    } catch (ScriptSyntaxException e) {
      throw new IllegalArgumentException(
          "The %s script does not compile: %s. Correct the script."
              .formatted(language, e.getMessage()),
          e);
    }
  }

  public TimeseriesStore timeseries() {
    return services.timeseries();
  }

  public AttributeStore attributes() {
    return services.attributes();
  }

  public Alarms alarms() {
    return services.alarms();
  }

  public EntityStore entities() {
    return services.entities();
  }

  public NodeStates states() {
    return services.states();
  }

  public Rpcs rpcs() {
    return services.rpcs();
  }

  public Routes routes() {
    return routes;
  }
}
