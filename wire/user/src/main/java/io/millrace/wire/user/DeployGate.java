package io.millrace.wire.user;

import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.json.JsonValue;
import io.millrace.engine.rules.ChainTest;
import io.millrace.engine.rules.RuleEngine;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.RuleChainTest;
import io.millrace.store.entities.StoredRuleChain;
import io.millrace.wire.http.HttpError;
import java.util.ArrayList;
import java.util.List;

/// Runs a chain's kept tests on a change before it becomes live. Each chain says, in its
/// `additionalInfo`, whether failures refuse the change or are only told.
final class DeployGate {
  private static final String MEMBER = "deployGate";
  private static final int SHOWN_MAX = 20;

  private final EntityStore entities;
  private final RuleEngine rules;

  DeployGate(EntityStore entities, RuleEngine rules) {
    this.entities = entities;
    this.rules = rules;
  }

  enum Mode {
    /// Changes are not tested.
    OFF,
    /// Failures are told, the change is made.
    WARN,
    /// A change that fails is not made.
    REFUSE
  }

  /// What came of one test.
  record Result(RuleChainTest test, List<String> failures) {
    JsonObject toJson() {
      return JsonObject.builder()
          .put("id", test.id().toString())
          .put("name", test.name())
          .put("passed", failures.isEmpty())
          .put("failures", texts(failures))
          .build();
    }
  }

  static Mode mode(StoredRuleChain chain) {
    var name = chain.additionalInfo().text(MEMBER, "");
    return name.isEmpty() ? Mode.WARN : Request.choice(MEMBER, Mode.class, name);
  }

  static StoredRuleChain with(StoredRuleChain chain, Mode mode) {
    return chain.withAdditionalInfo(
        chain.additionalInfo().with(MEMBER, new JsonString(mode.name())));
  }

  /// What somebody says of a chain, who need not know of gates.
  static JsonObject keep(JsonObject before, JsonObject said) {
    var mode = before.get(MEMBER);
    return mode == null || said.has(MEMBER) ? said : said.with(MEMBER, mode);
  }

  /// What the chain's tests say of it with that metadata, if it is to be tested.
  ///
  /// @return a sentence for each failure, of a change that may be made all the same
  /// @throws HttpError when the change must not be made
  List<String> check(StoredRuleChain changed) {
    var mode = mode(changed);
    if (mode == Mode.OFF || changed.version() == 0) {
      return List.of();
    }
    var failures = new ArrayList<String>();
    for (var result : run(changed, changed.metadata())) {
      result.failures().forEach(failure -> failures.add(result.test().name() + ": " + failure));
    }
    if (mode == Mode.REFUSE && !failures.isEmpty()) {
      throw HttpError.badRequest(
          "The change was not made: the rule chain's tests fail. %s Mend the change or the tests, or set the chain's gate to WARN."
              .formatted(String.join(" ", failures.stream().limit(SHOWN_MAX).toList())));
    }
    return failures;
  }

  /// Runs all of a chain's tests.
  ///
  /// @param metadata the chain as it is to be tested
  List<Result> run(StoredRuleChain chain, JsonObject metadata) {
    return entities.ruleChainTests().of(chain.id()).stream()
        .map(test -> new Result(test, failures(chain, metadata, test)))
        .toList();
  }

  private List<String> failures(StoredRuleChain chain, JsonObject metadata, RuleChainTest test) {
    try (var rehearsal = rules.rehearseFrom(chain.tenantId(), chain.id().id(), metadata)) {
      return ChainTest.run(test.details(), rehearsal);
    } catch (IllegalArgumentException notATest) {
      return List.of(String.valueOf(notATest.getMessage()));
    }
  }

  static JsonArray texts(List<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
  }
}
