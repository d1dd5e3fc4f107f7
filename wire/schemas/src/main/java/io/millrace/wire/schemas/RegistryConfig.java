package io.millrace.wire.schemas;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;

/// Settings of a schema registry, under `kafka.registry.`.
public record RegistryConfig(
    @Doc(
            "URL of the schema registry with which pages show values that have a schema; a source"
                + " names its own. Empty: such values are shown as bytes.")
        @Default("")
        String url,
    @Doc("User name for that schema registry.") @Default("") String user,
    @Doc("Password for that schema registry.") @Default("") String password,
    @Doc("Longest wait for a schema.") @Default("5s") Duration timeout,
    @Doc("Schemas kept in memory.") @Default("1000") @Limit(min = 1, max = 1_000_000) int cached,
    @Doc("Largest schema.") @Default("1MB") @Limit(min = 1_024, max = 64 << 20)
        int schemaBytesMax) {
  public RegistryConfig {
    if (!url.isEmpty() && !SchemaRegistry.isUrl(url)) {
      throw new IllegalArgumentException(
          "kafka.registry.url=%s is no URL; write for example http://registry:8081".formatted(url));
    }
  }
}
