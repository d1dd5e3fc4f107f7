package io.millrace.wire.user;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonBoolean;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.engine.access.Caller;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.RuleChains;
import io.millrace.store.entities.StoredRuleChain;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// Imports ThingsBoard's `{"ruleChains":[…],"metadata":[…]}`: every chain gets a new id, and the
/// nodes that call other chains of the file follow.
final class RuleChainImport {
  private final EntityStore entities;
  private final BiFunction<StoredRuleChain, Fields, StoredRuleChain> withMetadata;

  RuleChainImport(
      EntityStore entities, BiFunction<StoredRuleChain, Fields, StoredRuleChain> withMetadata) {
    this.entities = entities;
    this.withMetadata = withMetadata;
  }

  /// Runs the import.
  ///
  /// @param overwrite whether a chain takes the place of the tenant's chain of the same name
  JsonArray run(JsonObject file, boolean overwrite) {
    int count = objects(file, "ruleChains").size();
    if (count != objects(file, "metadata").size()) {
      throw HttpError.badField("metadata", "has not as many entries as ruleChains");
    }
    var targets = targets(objects(file, "ruleChains"), overwrite);
    var text = file.toString();
    for (var target : targets) {
      text = text.replace(target.idInFile, target.chain.id().id().toString());
    }
    if (!(Json.parse(text) instanceof JsonObject renamed)) {
      throw new IllegalStateException("Renaming ids broke the JSON");
    }
    var results = new ArrayList<JsonValue>(count);
    for (int i = 0; i < count; i++) {
      var chain = objects(renamed, "ruleChains").get(i);
      results.add(imported(targets.get(i), chain, objects(renamed, "metadata").get(i)));
    }
    return new JsonArray(results);
  }

  private record Target(String idInFile, StoredRuleChain chain, boolean isUpdate) {}

  private List<Target> targets(List<JsonObject> chains, boolean overwrite) {
    var tenant = Caller.current().tenantId();
    var known = overwrite ? entities.ruleChains().ofTenant(tenant) : List.<StoredRuleChain>of();
    return chains.stream().map(chain -> target(chain, tenant, known)).toList();
  }

  private Target target(JsonObject chain, EntityId tenant, List<StoredRuleChain> known) {
    var fields = new Fields(chain);
    var name = fields.text("name");
    var idInFile =
        fields
            .id("id", EntityType.RULE_CHAIN)
            .orElseThrow(() -> HttpError.badField("ruleChains.id", "should be specified!"));
    var same = known.stream().filter(each -> each.name().equals(name)).findFirst();
    var id = entities.newId(EntityType.RULE_CHAIN);
    return new Target(
        idInFile.id().toString(),
        same.orElseGet(
            () -> StoredRuleChain.named(id, tenant, name, StoredChainJson.emptyMetadata(id))),
        same.isPresent());
  }

  private JsonObject imported(Target target, JsonObject chain, JsonObject metadata) {
    var changed = StoredChainJson.changed(target.chain, new Fields(chain.without("version")));
    var fields = new Fields(RuleChainsApi.unowned(metadata.without("version")));
    var saved =
        entities
            .ruleChains()
            .save(
                withMetadata.apply(changed, fields),
                new RuleChains.Change(Caller.current().email(), "imported"));
    if (chain.get("root") == JsonBoolean.TRUE && target.isUpdate && target.chain.root()) {
      saved = entities.ruleChains().makeRoot(saved.id());
    }
    return JsonObject.builder()
        .put("tenantId", EntityJson.id(saved.tenantId()))
        .put("ruleChainId", EntityJson.id(saved.id()))
        .put("ruleChainName", saved.name())
        .put("updated", target.isUpdate)
        .put("error", EntityJson.textOrNull(""))
        .build();
  }

  private static List<JsonObject> objects(JsonObject file, String name) {
    if (!(file.get(name) instanceof JsonArray list)) {
      throw HttpError.badField(name, "should be a list");
    }
    return list.values().stream()
        .map(
            each -> {
              if (each instanceof JsonObject object) {
                return object;
              }
              throw HttpError.badField(name, "should hold objects only");
            })
        .toList();
  }
}
