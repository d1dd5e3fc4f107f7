package io.millrace.app;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.rules.ChainImport;
import io.millrace.engine.rules.RuleChainJson;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.StoredRuleChain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// The demo tenant's rule chains: ThingsBoard's root chain, and the course's three behind it.
final class DemoRuleChains {
  private static final List<String> FILES =
      List.of(
          "temp_to_firebase", "alarm_to_firebase", "create_and_clear_alarms", "root_rule_chain");

  private final EntityStore entities;
  private final EntityId tenant;

  DemoRuleChains(EntityStore entities, EntityId tenant) {
    this.entities = entities;
    this.tenant = tenant;
  }

  void install() {
    var exports = FILES.stream().map(DemoRuleChains::read).toList();
    ChainImport.of(exports, () -> entities.newId(EntityType.RULE_CHAIN).id()).forEach(this::save);
  }

  private void save(ChainImport.Imported chain) {
    var id = new EntityId(EntityType.RULE_CHAIN, chain.id());
    var info =
        chain.ruleChain().get("additionalInfo") instanceof JsonObject some
            ? some
            : JsonObject.EMPTY;
    entities
        .ruleChains()
        .save(
            new StoredRuleChain(
                id,
                0,
                tenant,
                chain.name(),
                chain.ruleChain().text("type", "CORE"),
                false,
                false,
                JsonObject.EMPTY,
                info,
                chain.metadata(),
                0));
    if (chain.ruleChain().get("root") == JsonBoolean.TRUE) {
      entities.ruleChains().makeRoot(id);
    }
  }

  private static RuleChainJson.Export read(String name) {
    var path = "/demo/" + name + ".json";
    try (var file = DemoRuleChains.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException(path + " is not on the class path");
      }
      return RuleChainJson.read(Json.parse(file));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }
}
