package io.millrace.engine.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.EntityListener;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.PageLink;
import io.millrace.store.entities.Tenant;
import io.millrace.store.entities.User;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Signing in, renewing, signing out, and knowing the caller of a request by its token.
///
/// Any thread that may block: a password takes some tens of milliseconds by design.
public final class Access {
  private static final int CALLERS_CACHED_MAX = 10_000;
  private static final int PASSWORD_LENGTH_MAX = 256;
  private static final String FIRST_EMAIL = "admin@millrace.local";
  /// Who administers all tenants; made at the first start with the first password.
  public static final String SYSTEM_EMAIL = "sysadmin@millrace.local";

  private final Config config;
  private final EntityStore entities;
  private final Clock clock;
  private final Ids ids;
  private final Passwords passwords;
  private final LoginLimit limit;
  private final TokenIssuer tokens;
  private final Revocations revocations;
  private final Cache<EntityId, User> users =
      Caffeine.newBuilder().maximumSize(CALLERS_CACHED_MAX).build();

  private Access(
      Config config,
      CommitStore store,
      EntityStore entities,
      Clock clock,
      Ids ids,
      RandomGenerator random) {
    this.config = config;
    this.entities = entities;
    this.clock = clock;
    this.ids = ids;
    this.passwords = new Passwords(config.hashMemoryKb(), random);
    this.limit = new LoginLimit(config.failuresMax(), config.failureWindow(), clock);
    this.tokens = new TokenIssuer(SigningKey.of(store, random), clock, ids);
    this.revocations = new Revocations(store, clock.millis());
  }

  /// Call before the first save of an entity.
  ///
  /// @param random must be a secure one: it makes the signing key, salts and passwords
  public static Access open(
      Config config,
      CommitStore store,
      EntityStore entities,
      Clock clock,
      Ids ids,
      RandomGenerator random) {
    var access = new Access(config, store, entities, clock, ids, random);
    entities.onChange(access.new Forgetting());
    return access;
  }

  /// Makes the first tenant with its administrator, unless there is any tenant. What every tenant
  /// has besides (profile, root chain) is the caller's to add.
  ///
  /// @return the new account; show its password once, it cannot be read again
  public Optional<FirstAdministrator> firstStart() {
    if (!entities.tenants().page(PageLink.first(1)).data().isEmpty()) {
      return Optional.empty();
    }
    var tenant =
        entities.tenants().save(Tenant.named(entities.newId(EntityType.TENANT), "Millrace"));
    var password = passwords.generate();
    systemAdministrator(password);
    var user = newUser(Authority.TENANT_ADMIN, tenant.id(), null, FIRST_EMAIL, password);
    return Optional.of(new FirstAdministrator(user, password, tenant));
  }

  /// A user who can sign in at once. For the first start, the demo tenant and tests.
  ///
  /// @throws io.millrace.store.entities.DuplicateNameException when the e-mail is taken
  public User newUser(
      Authority authority,
      EntityId tenantId,
      @Nullable EntityId customerId,
      String email,
      String password) {
    var id = entities.newId(EntityType.USER);
    var user =
        entities
            .users()
            .save(
                new User(
                    id,
                    0,
                    tenantId,
                    customerId,
                    authority,
                    email,
                    "",
                    "",
                    "",
                    JsonObject.EMPTY,
                    0));
    entities.users().setPasswordHash(id, passwords.hash(password));
    return user;
  }

  /// Signs in with a password.
  ///
  /// @param address where the attempt comes from, for the limit on failures
  public Login login(String email, String password, String address) {
    var wait = limit.waitSeconds(email, address);
    if (wait.isPresent()) {
      return new Login.Refused(new Denial(Denial.Reason.TOO_MANY_ATTEMPTS, wait.getAsLong()));
    }
    if (passwords.isBusy()) { // a flood of log-ins must not take every request's place
      return new Login.Refused(new Denial(Denial.Reason.TOO_MANY_ATTEMPTS, 1));
    }
    var user = entities.users().findByEmail(email);
    if (!matches(user, password)) {
      limit.failed(email, address);
      return refused(Denial.Reason.BAD_CREDENTIALS);
    }
    limit.succeeded(email, address);
    return new Login.SignedIn(tokens(user.orElseThrow(), ids.next().toString()));
  }

  /// A new pair of tokens of the same session.
  public Login refresh(String refreshToken) {
    var claims = tokens.read(refreshToken);
    if (claims.isEmpty() || !claims.get().isRefresh()) {
      return refused(Denial.Reason.BAD_TOKEN);
    }
    return switch (known(claims.get())) {
      case Authentication.Known(var caller) -> renewed(caller);
      case Authentication.Refused(var denial) -> new Login.Refused(denial);
    };
  }

  /// Who presents that access token.
  public Authentication authenticate(String accessToken) {
    var claims = tokens.read(accessToken);
    if (claims.isEmpty() || claims.get().isRefresh()) {
      return new Authentication.Refused(Denial.of(Denial.Reason.BAD_TOKEN));
    }
    return known(claims.get());
  }

  /// Ends the caller's session: its tokens are no good any more.
  public void logout(Caller caller) {
    revocations.endSession(
        caller.sessionId(), clock.millis() + config.refreshLifetime().toMillis());
  }

  /// Tokens for a user without a password check, as an administrator may ask for.
  public Tokens tokensFor(User user) {
    return tokens(user, ids.next().toString());
  }

  /// Changes the caller's own password and ends all of the user's sessions.
  ///
  /// @param address where the attempt comes from: guessing the old password is limited too
  public NewPassword changePassword(
      Caller caller, String oldPassword, String newPassword, String address) {
    if (limit.waitSeconds(caller.email(), address).isPresent()) {
      return new NewPassword.Refused("Too many failed attempts; try again later");
    }
    var hash = entities.users().passwordHash(caller.userId());
    if (hash.isEmpty() || !passwords.matches(oldPassword, hash.get())) {
      limit.failed(caller.email(), address);
      return new NewPassword.Refused("Current password doesn't match!"); // ThingsBoard's words
    }
    if (newPassword.equals(oldPassword)) {
      return new NewPassword.Refused("New password should be different from existing!");
    }
    return setPassword(caller.userId(), newPassword);
  }

  /// Sets a user's password and ends all of the user's sessions.
  public NewPassword setPassword(EntityId userId, String password) {
    if (password.length() < config.passwordLengthMin() || password.length() > PASSWORD_LENGTH_MAX) {
      return new NewPassword.Refused(
          "A password has %d to %d characters (access.passwordLengthMin), this one has %d"
              .formatted(config.passwordLengthMin(), PASSWORD_LENGTH_MAX, password.length()));
    }
    entities.users().setPasswordHash(userId, passwords.hash(password));
    revocations.endAll(userId, clock.millis());
    return new NewPassword.Set();
  }

  private boolean matches(Optional<User> user, String password) {
    var hash = user.flatMap(known -> entities.users().passwordHash(known.id()));
    if (hash.isEmpty()) {
      passwords.matchNobody(password);
      return false;
    }
    return passwords.matches(password, hash.get());
  }

  private Authentication known(TokenIssuer.Claims claims) {
    if (claims.expiry() <= clock.millis()) {
      return new Authentication.Refused(Denial.of(Denial.Reason.TOKEN_EXPIRED));
    }
    var user = users.get(claims.userId(), id -> entities.users().find(id).orElse(null));
    if (user == null || revocations.isRevoked(claims)) {
      return new Authentication.Refused(Denial.of(Denial.Reason.BAD_TOKEN));
    }
    return new Authentication.Known(Caller.of(user, claims.sessionId()));
  }

  private Login renewed(Caller caller) {
    return entities
        .users()
        .find(caller.userId())
        .<Login>map(user -> new Login.SignedIn(tokens(user, caller.sessionId())))
        .orElseGet(() -> refused(Denial.Reason.BAD_TOKEN));
  }

  private Tokens tokens(User user, String sessionId) {
    return new Tokens(
        tokens.access(user, sessionId, config.tokenLifetime()),
        tokens.refresh(user, sessionId, config.refreshLifetime()));
  }

  private void systemAdministrator(String password) {
    if (entities.users().findByEmail(SYSTEM_EMAIL).isEmpty()) {
      newUser(Authority.SYS_ADMIN, EntityStore.SYSTEM_TENANT, null, SYSTEM_EMAIL, password);
    }
  }

  private static Login refused(Denial.Reason reason) {
    return new Login.Refused(Denial.of(reason));
  }

  /// A changed or deleted user is read again at the next request.
  private final class Forgetting implements EntityListener {
    @Override
    public void changed(EntityId id) {
      users.invalidate(id);
    }

    @Override
    public void deleted(EntityId id) {
      users.invalidate(id);
    }
  }
}
