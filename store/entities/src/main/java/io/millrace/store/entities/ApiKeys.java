package io.millrace.store.entities;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The API keys of all users. Who presents one is answered from memory.
public final class ApiKeys extends EntityTable<ApiKey> {
  private static final Map<String, String> SORTABLE =
      Map.of(
          "createdTime",
          "created_time",
          "description",
          "description",
          "expirationTime",
          "expires",
          "enabled",
          "enabled");

  private final Cache<String, Optional<ApiKey>> byHash =
      Caffeine.newBuilder().maximumSize(10_000).executor(Runnable::run).build();

  ApiKeys(EntityStore store) {
    super(
        store,
        "api_key",
        1_000,
        List.of("tenant_id", "user_id", "description", "enabled", "expires", "hash"));
  }

  /// The key whose secret has that hash.
  public Optional<ApiKey> findByHash(String hash) {
    return byHash.get(hash, wanted -> findBy("hash", wanted));
  }

  /// A page of a user's keys.
  public Page<ApiKey> pageOfUser(EntityId userId, PageLink link) {
    return pageBy("user_id", Row.text(userId), link);
  }

  @Override
  void forget(ApiKey key) {
    super.forget(key);
    byHash.invalidate(key.hash());
  }

  @Override
  EntityType type() {
    return EntityType.API_KEY;
  }

  @Override
  List<@Nullable Object> values(ApiKey entity) {
    return Arrays.asList(
        Row.text(entity.tenantId()),
        Row.text(entity.userId()),
        entity.description(),
        entity.enabled(),
        entity.expires(),
        entity.hash());
  }

  @Override
  ApiKey read(Row row, Stored stored) throws SQLException {
    return new ApiKey(
        stored.id(),
        stored.createdTime(),
        row.id(EntityType.TENANT, "tenant_id"),
        row.id(EntityType.USER, "user_id"),
        row.text("description"),
        row.flag("enabled"),
        row.number("expires"),
        row.text("hash"),
        stored.version());
  }

  @Override
  String searchText(ApiKey entity) {
    return entity.description();
  }

  @Override
  Map<String, String> sortable() {
    return SORTABLE;
  }

  @Override
  RuntimeException taken(ApiKey entity) {
    return new DuplicateNameException("The API key exists already; make another one.");
  }
}
