package io.millrace.engine.rules;

import io.millrace.base.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The chain that every new tenant starts with: ThingsBoard's default root chain.
public final class DefaultChains {
  private static final String ROOT = "root_rule_chain.json";

  private DefaultChains() {}

  public static RuleChainJson.Export root() {
    try (var file = DefaultChains.class.getResourceAsStream(ROOT)) {
      return read(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + ROOT, e);
    }
  }

  private static RuleChainJson.Export read(@Nullable InputStream file) {
    if (file == null) {
      throw new IllegalStateException(ROOT + " is missing from the jar");
    }
    return RuleChainJson.read(Json.parse(file));
  }
}
