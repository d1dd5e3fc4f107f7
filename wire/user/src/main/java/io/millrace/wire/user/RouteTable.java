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

  /// What a route does.
  enum Effect {
    /// Nothing changes: every role.
    READ,
    /// The caller's own account or session: every role.
    OWN,
    /// Not for those who may only read.
    WRITE,
    /// Who may do what: for administrators only.
    ADMINISTER
  }

  /// One route.
  ///
  /// @param path with parameters in braces, as in `/api/device/{deviceId}`
  /// @param allowed who may call it; empty: everyone, without a token
  /// @param summary one sentence for the API's document
  /// @param effect what it does, and so which role it takes
  record Route(
      String method,
      String path,
      Set<Authority> allowed,
      Effect effect,
      String summary,
      Endpoint endpoint) {
    boolean isOpen() {
      return allowed.isEmpty();
    }
  }

  private final List<Route> routes = new ArrayList<>();

  void get(String path, Set<Authority> allowed, String summary, Endpoint endpoint) {
    routes.add(new Route("GET", path, allowed, Effect.READ, summary, endpoint));
  }

  void post(String path, Set<Authority> allowed, String summary, Endpoint endpoint) {
    routes.add(new Route("POST", path, allowed, Effect.WRITE, summary, endpoint));
  }

  void put(String path, Set<Authority> allowed, String summary, Endpoint endpoint) {
    routes.add(new Route("PUT", path, allowed, Effect.WRITE, summary, endpoint));
  }

  /// A POST that only asks.
  void query(String path, Set<Authority> allowed, String summary, Endpoint endpoint) {
    routes.add(new Route("POST", path, allowed, Effect.READ, summary, endpoint));
  }

  /// A route that changes the caller's own account only.
  void own(String method, String path, Set<Authority> allowed, String summary, Endpoint endpoint) {
    routes.add(new Route(method, path, allowed, Effect.OWN, summary, endpoint));
  }

  /// A route that only administrators may use.
  void administer(
      String method, String path, Set<Authority> allowed, String summary, Endpoint endpoint) {
    routes.add(new Route(method, path, allowed, Effect.ADMINISTER, summary, endpoint));
  }

  void delete(String path, Set<Authority> allowed, String summary, Endpoint endpoint) {
    routes.add(new Route("DELETE", path, allowed, Effect.WRITE, summary, endpoint));
  }

  void openGet(String path, String summary, Endpoint endpoint) {
    get(path, Set.of(), summary, endpoint);
  }

  void openPost(String path, String summary, Endpoint endpoint) {
    routes.add(new Route("POST", path, Set.of(), Effect.OWN, summary, endpoint));
  }

  List<Route> all() {
    return List.copyOf(routes);
  }
}
