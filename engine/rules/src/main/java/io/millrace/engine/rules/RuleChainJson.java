package io.millrace.engine.rules;

import io.millrace.base.json.JsonObject;
import java.util.UUID;
import java.util.function.Supplier;

/// ThingsBoard's JSON of a rule chain: `{"ruleChain":{…},"metadata":{…}}`; unknown fields are kept.
public final class RuleChainJson {
  private static final String SOON = "engine/rules is being built";

  private RuleChainJson() {}

  /// The two parts of an exported chain.
  public record Export(JsonObject ruleChain, JsonObject metadata) {}

  /// Takes an exported file apart.
  ///
  /// @throws RuleChainException when it is not a rule chain export
  public static Export read(JsonObject file) {
    return soon(SOON);
  }

  /// The file that ThingsBoard's export makes: ids of this system left out, the rest as it is.
  public static JsonObject write(JsonObject ruleChain, JsonObject metadata) {
    return soon(SOON);
  }

  /// The metadata as it is to be stored: `ruleChainId` set, and an id for every node without one.
  public static JsonObject withIds(JsonObject metadata, UUID chainId, Supplier<UUID> ids) {
    return soon(SOON);
  }

  @SuppressWarnings({"TypeParameterUnusedInFormals", "DoNotCallSuggester"}) // door only, filled next
  private static <T> T soon(String what) {
    throw new IllegalStateException(what);
  }
}
