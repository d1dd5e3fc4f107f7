package io.millrace.engine.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Ids;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.AccountLinks;
import io.millrace.store.entities.ApiKey;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.Customer;
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
  private final Secrets secrets;
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
    this.secrets = new Secrets(random);
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
    if (!matches(user, password) || !user.map(User::enabled).orElse(false)) {
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
    if (claims.isEmpty() || claims.get().isRefresh() || claims.get().isSetUp()) {
      return new Authentication.Refused(Denial.of(Denial.Reason.BAD_TOKEN));
    }
    return claims.get().isPublic() ? publicCaller(claims.get()) : known(claims.get());
  }

  /// Who presents that API key, as its user.
  public Authentication authenticateKey(String secret) {
    return entities
        .apiKeys()
        .findByHash(Secrets.hash(secret))
        .filter(key -> key.enabled() && (key.expires() == 0 || key.expires() > clock.millis()))
        .flatMap(key -> entities.users().find(key.userId()))
        .filter(User::enabled)
        .<Authentication>map(user -> new Authentication.Known(Caller.of(user, "apiKey")))
        .orElseGet(() -> new Authentication.Refused(Denial.of(Denial.Reason.BAD_TOKEN)));
  }

  /// Makes an API key of a user.
  ///
  /// @param expires milliseconds since 1970; 0: never
  public NewApiKey newApiKey(User user, String description, long expires) {
    var secret = secrets.next("mr_");
    var key =
        entities
            .apiKeys()
            .save(
                new ApiKey(
                    entities.newId(EntityType.API_KEY),
                    0,
                    user.tenantId(),
                    user.id(),
                    description,
                    true,
                    expires,
                    Secrets.hash(secret),
                    0));
    return new NewApiKey(key, secret);
  }

  /// Lets in whoever knows the id of a tenant's public customer, to look only.
  public Login loginPublic(EntityId customerId) {
    return entities
        .customers()
        .find(customerId)
        .filter(Customer::isPublic)
        .<Login>map(
            customer ->
                new Login.SignedIn(
                    new Tokens(
                        tokens.publicAccess(customer, config.tokenLifetime()),
                        tokens.publicAccess(customer, config.refreshLifetime()))))
        .orElseGet(() -> refused(Denial.Reason.BAD_CREDENTIALS));
  }

  private Authentication publicCaller(TokenIssuer.Claims claims) {
    if (claims.expiry() <= clock.millis()) {
      return new Authentication.Refused(Denial.of(Denial.Reason.TOKEN_EXPIRED));
    }
    return entities
        .customers()
        .find(new EntityId(EntityType.CUSTOMER, claims.userId().id()))
        .filter(Customer::isPublic)
        .<Authentication>map(
            customer -> new Authentication.Known(Caller.ofPublic(customer, claims.sessionId())))
        .orElseGet(() -> new Authentication.Refused(Denial.of(Denial.Reason.BAD_TOKEN)));
  }

  /// Opens a link that lets the user set a password once.
  ///
  /// @return the link's secret; it cannot be read again
  public String openLink(EntityId userId, AccountLinks.Kind kind) {
    var secret = secrets.next("");
    var expires = clock.millis() + config.linkLifetime().toMillis();
    entities.accountLinks().open(userId, kind, Secrets.hash(secret), expires);
    return secret;
  }

  /// When a link that was opened now would end, in milliseconds from now.
  public long linkLifetimeMillis() {
    return config.linkLifetime().toMillis();
  }

  /// Sets the password of the user whom a link was opened for, and lets the user in.
  public Login followLink(String secret, AccountLinks.Kind kind, String password) {
    var link = entities.accountLinks().find(Secrets.hash(secret));
    if (link.isEmpty() || link.get().kind() != kind || link.get().expires() < clock.millis()) {
      return refused(Denial.Reason.BAD_TOKEN);
    }
    var user = entities.users().find(link.get().userId());
    if (user.isEmpty()) {
      return refused(Denial.Reason.BAD_TOKEN);
    }
    if (setPassword(user.get().id(), password) instanceof NewPassword.Refused(var reason)) {
      throw new IllegalArgumentException(reason);
    }
    entities.accountLinks().close(user.get().id(), kind);
    return new Login.SignedIn(tokens(user.get(), ids.next().toString()));
  }

  /// A signed token that lets the first administrator choose name and password, once.
  public String setUpToken(FirstAdministrator first) {
    return tokens.setUp(first.user(), config.linkLifetime());
  }

  /// Whether the first administrator may still be chosen with a set-up token.
  public boolean isSetUpOpen() {
    return entities
        .users()
        .findByEmail(FIRST_EMAIL)
        .filter(user -> !revocations.hasChangedPassword(user.id()))
        .isPresent();
  }

  /// Gives the first administrator a name and a password; the system's administrator gets the same
  /// password. The token is good once.
  public Login setUp(String token, String email, String password) {
    var claims = tokens.read(token).filter(TokenIssuer.Claims::isSetUp);
    if (claims.isEmpty() || !(known(claims.get()) instanceof Authentication.Known(var caller))) {
      return refused(Denial.Reason.BAD_TOKEN);
    }
    if (revocations.hasChangedPassword(caller.userId())) {
      return refused(Denial.Reason.BAD_TOKEN); // used, or somebody signed in and chose otherwise
    }
    var user = entities.users().find(caller.userId()).orElseThrow();
    if (checked(password) instanceof NewPassword.Refused(var reason)) {
      throw new IllegalArgumentException(reason);
    }
    var named = entities.users().save(user.named(email, user.firstName(), user.lastName()));
    setPassword(named.id(), password);
    entities.users().findByEmail(SYSTEM_EMAIL).ifPresent(all -> setPassword(all.id(), password));
    return new Login.SignedIn(tokens(named, ids.next().toString()));
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
    if (checked(password) instanceof NewPassword.Refused refused) {
      return refused;
    }
    entities.users().setPasswordHash(userId, passwords.hash(password));
    revocations.endAll(userId, clock.millis());
    return new NewPassword.Set();
  }

  private NewPassword checked(String password) {
    if (password.length() < config.passwordLengthMin() || password.length() > PASSWORD_LENGTH_MAX) {
      return new NewPassword.Refused(
          "A password has %d to %d characters (access.passwordLengthMin), this one has %d"
              .formatted(config.passwordLengthMin(), PASSWORD_LENGTH_MAX, password.length()));
    }
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
    if (user == null || !user.enabled() || revocations.isRevoked(claims)) {
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
