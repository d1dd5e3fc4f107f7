package io.millrace.engine.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.base.config.Settings;
import io.millrace.base.json.Json;
import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.model.EntityType;
import io.millrace.base.runtime.Ids;
import io.millrace.engine.access.Denial.Reason;
import io.millrace.store.commit.CommitStore;
import io.millrace.store.entities.Authority;
import io.millrace.store.entities.EntityStore;
import io.millrace.store.entities.User;
import io.millrace.testkit.SimulatedTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessTest {
  private static final String ADDRESS = "192.0.2.7";
  private static final String EMAIL = "admin@millrace.local";

  @TempDir private Path directory;
  private final SimulatedTime time = new SimulatedTime();
  private final Random random = new Random(7);
  private CommitStore store;
  private EntityStore entities;
  private Access access;
  private String password;

  @BeforeEach
  void open() {
    reopen();
    password = access.firstStart().orElseThrow().password();
  }

  @AfterEach
  void close() {
    entities.close();
    store.close();
  }

  @Test
  void theFirstStartMakesAnAdministratorAndNoOtherStartDoes() {
    assertThat(password).hasSize(16);
    assertThat(access.firstStart()).isEmpty();

    var caller = caller(signIn(EMAIL, password).token());

    assertThat(caller.email()).isEqualTo(EMAIL);
    assertThat(caller.isTenantAdministrator()).isTrue();
    assertThat(caller(signIn("sysadmin@millrace.local", password).token()).isSystemAdministrator())
        .isTrue();
  }

  @Test
  void aTokenCarriesThingsBoardsClaims() {
    var token = signIn(EMAIL, password).token();
    var parts = token.split("\\.");
    var header = json(parts[0]);
    var claims = json(parts[1]);
    long now = time.millis() / 1_000;

    assertThat(header.text("alg", "")).isEqualTo("HS512");
    assertThat(claims.text("sub", "")).isEqualTo(EMAIL);
    assertThat(claims.get("scopes")).hasToString("[\"TENANT_ADMIN\"]");
    assertThat(claims.get("exp")).hasToString(Long.toString(now + 9_000));
    assertThat(claims.get("iat")).hasToString(Long.toString(now));
    assertThat(claims.get("enabled")).hasToString("true");
    assertThat(claims.text("tenantId", "")).isEqualTo(caller(token).tenantId().id().toString());
    assertThat(claims.text("customerId", "")).isEqualTo("13814000-1dd2-11b2-8080-808080808080");
  }

  @Test
  void tokensExpireAndARefreshTokenRenewsThem() {
    var tokens = signIn(EMAIL, password);

    time.advance(Duration.ofHours(3));
    assertThat(reason(access.authenticate(tokens.token()))).isEqualTo(Reason.TOKEN_EXPIRED);
    var renewed = tokens(access.refresh(tokens.refreshToken()));
    assertThat(caller(renewed.token()).email()).isEqualTo(EMAIL);

    time.advance(Duration.ofDays(8));
    assertThat(refused(access.refresh(tokens.refreshToken()))).isEqualTo(Reason.TOKEN_EXPIRED);
  }

  @Test
  void oneKindOfTokenIsNotTakenForTheOther() {
    var tokens = signIn(EMAIL, password);

    assertThat(reason(access.authenticate(tokens.refreshToken()))).isEqualTo(Reason.BAD_TOKEN);
    assertThat(refused(access.refresh(tokens.token()))).isEqualTo(Reason.BAD_TOKEN);
  }

  @Test
  void forgedTokensAreRefused() {
    var parts = signIn(EMAIL, password).token().split("\\.");
    var none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    var system =
        json(parts[1])
            .toString()
            .replace("TENANT_ADMIN", "SYS_ADMIN")
            .getBytes(StandardCharsets.UTF_8);
    var altered = Base64.getUrlEncoder().withoutPadding().encodeToString(system);

    for (var token :
        List.of(
            "",
            "a.b.c",
            none + "." + parts[1] + ".",
            parts[0] + "." + altered + "." + parts[2],
            parts[0] + "." + parts[1] + "." + "A".repeat(86))) {
      assertThat(reason(access.authenticate(token))).as(token).isEqualTo(Reason.BAD_TOKEN);
    }
  }

  @Test
  void wrongPasswordUnknownUserAndUserWithoutPasswordLookTheSame() {
    var nobody =
        new User(
            entities.newId(EntityType.USER),
            0,
            EntityStore.SYSTEM_TENANT,
            null,
            Authority.SYS_ADMIN,
            "nobody@x.example",
            "",
            "",
            "",
            JsonObject.EMPTY,
            0);
    entities.users().save(nobody);

    for (var email : List.of(EMAIL, "unknown@x.example", "nobody@x.example")) {
      assertThat(refused(access.login(email, "wrong", ADDRESS))).isEqualTo(Reason.BAD_CREDENTIALS);
      assertThat(refused(access.login(email, "", ADDRESS))).isEqualTo(Reason.BAD_CREDENTIALS);
    }
  }

  @Test
  void guessingHasToWaitAndHarmsNobodyElse() {
    for (int i = 0; i < 10; i++) {
      assertThat(refused(access.login(EMAIL, "guess" + i, ADDRESS)))
          .isEqualTo(Reason.BAD_CREDENTIALS);
    }

    var denial = ((Login.Refused) access.login(EMAIL, password, ADDRESS)).denial();
    assertThat(denial.reason()).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
    assertThat(denial.retryAfterSeconds()).isBetween(299L, 301L);
    assertThat(access.login(EMAIL, password, "192.0.2.8")).isInstanceOf(Login.SignedIn.class);

    time.advance(Duration.ofMinutes(6));
    assertThat(access.login(EMAIL, password, ADDRESS)).isInstanceOf(Login.SignedIn.class);
  }

  @Test
  void logOutEndsThatSessionOnlyAndARestartForgivesNothing() {
    var mine = signIn(EMAIL, password);
    var other = signIn(EMAIL, password);

    access.logout(caller(mine.token()));
    close();
    reopen();

    assertThat(reason(access.authenticate(mine.token()))).isEqualTo(Reason.BAD_TOKEN);
    assertThat(refused(access.refresh(mine.refreshToken()))).isEqualTo(Reason.BAD_TOKEN);
    assertThat(caller(other.token()).email()).isEqualTo(EMAIL);
  }

  @Test
  void aNewPasswordEndsAllSessions() {
    var tokens = signIn(EMAIL, password);
    var caller = caller(tokens.token());
    time.advance(Duration.ofMillis(2));

    assertThat(access.changePassword(caller, "wrong", "n3w-secret", ADDRESS))
        .isEqualTo(new NewPassword.Refused("Current password doesn't match!"));
    assertThat(access.changePassword(caller, password, "short", ADDRESS))
        .isInstanceOf(NewPassword.Refused.class);
    assertThat(access.changePassword(caller, password, "n3w-secret", ADDRESS))
        .isInstanceOf(NewPassword.Set.class);

    assertThat(reason(access.authenticate(tokens.token()))).isEqualTo(Reason.BAD_TOKEN);
    assertThat(refused(access.login(EMAIL, password, ADDRESS))).isEqualTo(Reason.BAD_CREDENTIALS);
    assertThat(caller(signIn(EMAIL, "n3w-secret").token()).email()).isEqualTo(EMAIL);
  }

  @Test
  void aDeletedUsersTokenIsWorthNothing() {
    var tokens = signIn(EMAIL, password);

    entities.users().delete(caller(tokens.token()).userId());

    assertThat(reason(access.authenticate(tokens.token()))).isEqualTo(Reason.BAD_TOKEN);
  }

  @Test
  void bcryptHashesOfThingsBoardAreUnderstood() {
    var user = caller(signIn(EMAIL, password).token()).userId();
    entities.users().setPasswordHash(user, Bcrypt.of("tenant"));

    assertThat(access.login(EMAIL, "tenant", ADDRESS)).isInstanceOf(Login.SignedIn.class);
    assertThat(refused(access.login(EMAIL, "tenanT", ADDRESS))).isEqualTo(Reason.BAD_CREDENTIALS);
  }

  @Test
  void foreignTenantsAreUnknownAndOwnObjectsOfOthersForbidden() {
    var mine = tenant();
    var foreign = tenant();
    var customer = new EntityId(EntityType.CUSTOMER, new Ids(time, random).next());
    var administrator = caller(Authority.TENANT_ADMIN, mine, null);
    var customerUser = caller(Authority.CUSTOMER_USER, mine, customer);
    var system = caller(Authority.SYS_ADMIN, EntityStore.SYSTEM_TENANT, null);

    assertThat(Permissions.read(administrator, mine, null)).isEqualTo(Permissions.Verdict.ALLOWED);
    assertThat(Permissions.read(administrator, foreign, null))
        .isEqualTo(Permissions.Verdict.UNKNOWN);
    assertThat(Permissions.read(customerUser, mine, customer))
        .isEqualTo(Permissions.Verdict.ALLOWED);
    assertThat(Permissions.read(customerUser, mine, null)).isEqualTo(Permissions.Verdict.FORBIDDEN);
    assertThat(Permissions.write(customerUser, mine)).isEqualTo(Permissions.Verdict.FORBIDDEN);
    assertThat(Permissions.read(customerUser, foreign, customer))
        .isEqualTo(Permissions.Verdict.UNKNOWN);
    assertThat(Permissions.read(system, mine, null)).isEqualTo(Permissions.Verdict.FORBIDDEN);
  }

  private static Caller caller(
      Authority authority, EntityId tenant, @org.jspecify.annotations.Nullable EntityId customer) {
    return new Caller(tenant, "x@x.example", authority, tenant, customer, "s");
  }

  private EntityId tenant() {
    return entities.newId(EntityType.TENANT);
  }

  private void reopen() {
    var ids = new Ids(time, random);
    store = CommitStore.open(directory, 8L << 20);
    entities = EntityStore.open(io.millrace.store.entities.Config.embedded(), directory, time, ids);
    var settings = Settings.of().addFlags(List.of("--access.hashMemoryKb=1024"));
    access = Access.open(settings.bind("access", Config.class), store, entities, time, ids, random);
  }

  private Tokens signIn(String email, String with) {
    return tokens(access.login(email, with, ADDRESS));
  }

  private static Tokens tokens(Login login) {
    assertThat(login).isInstanceOf(Login.SignedIn.class);
    return ((Login.SignedIn) login).tokens();
  }

  private static Reason refused(Login login) {
    assertThat(login).isInstanceOf(Login.Refused.class);
    return ((Login.Refused) login).denial().reason();
  }

  private Caller caller(String token) {
    var authentication = access.authenticate(token);
    assertThat(authentication).isInstanceOf(Authentication.Known.class);
    return ((Authentication.Known) authentication).caller();
  }

  private static Reason reason(Authentication authentication) {
    assertThat(authentication).isInstanceOf(Authentication.Refused.class);
    return ((Authentication.Refused) authentication).denial().reason();
  }

  private static JsonObject json(String part) {
    return (JsonObject) Json.parse(Base64.getUrlDecoder().decode(part));
  }

  private static final class Bcrypt {
    static String of(String password) {
      return com.password4j.BcryptFunction.getInstance(4).hash(password).getResult();
    }
  }
}
