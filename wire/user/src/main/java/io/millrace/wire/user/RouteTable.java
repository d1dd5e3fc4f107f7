package io.millrace.wire.user;

import io.millrace.store.entities.Authority;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// All REST routes: what is mounted, what the OpenAPI document lists, what the tests go over.
final class RouteTable {
  static final Set<Authority> SIGNED_IN = Set.copyOf(EnumSet.allOf(Authority.class));
  static final Set<Authority> SYSTEM = Set.of(Authority.SYS_ADMIN);
  static final Set<Authority> TENANT = Set.of(Authority.TENANT_ADMIN);
  static final Set<Authority> TENANT_OR_CUSTOMER =
      Set.of(Authority.TENANT_ADMIN, Authority.CUSTOMER_USER);
  static final Set<Authority> ADMINISTRATORS = Set.of(Authority.SYS_ADMIN, Authority.TENANT_ADMIN);

  /// One route.
  ///
  /// @param path with parameters in braces, as in `/api/device/{deviceId}`
  /// @param allowed who may call it; empty: everyone, without a token
  /// @param summary one sentence for the API's document
  record Route(
      String method, String path, Set<Authority> allowed, String summary, Endpoint endpoint) {
    boolean isOpen() {
      return allowed.isEmpty();
    }
  }

  private final List<Route> routes = new ArrayList<>();

  void get(String path, Set<Authority> allowed, String summary, Endpoint endpoint) {
    routes.add(new Route("GET", path, allowed, summary, endpoint));
  }

  void post(String path, Set<Authority> allowed, String summary, Endpoint endpoint) {
    routes.add(new Route("POST", path, allowed, summary, endpoint));
  }

  void delete(String path, Set<Authority> allowed, String summary, Endpoint endpoint) {
    routes.add(new Route("DELETE", path, allowed, summary, endpoint));
  }

  void openGet(String path, String summary, Endpoint endpoint) {
    get(path, Set.of(), summary, endpoint);
  }

  void openPost(String path, String summary, Endpoint endpoint) {
    post(path, Set.of(), summary, endpoint);
  }

  List<Route> all() {
    return List.copyOf(routes);
  }
}
