package io.millrace.wire.mosquitto;

import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Scheduler;
import io.millrace.base.runtime.Threads;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.ScramUsers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/// The files that say who may come in and what they may do, each read once however many listeners
/// use it, and read again when it changes.
public final class Doors implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

  private final Clock clock;
  private final List<WatchedFile<?>> files = new ArrayList<>();
  private final List<PasswordAuthenticator> passwords = new ArrayList<>();
  private final ExecutorService threads = Threads.virtual("access-files");
  private final Scheduler.Cancel looking;

  public Doors(Clock clock, Scheduler scheduler) {
    this.clock = clock;
    this.looking = scheduler.every(LOOK_EVERY, () -> threads.execute(this::look));
  }

  /// Who knows clients, as the settings say; empty when they say nothing.
  ///
  /// @throws FileFault when a file cannot be used
  public List<Authenticator> authenticators(Config config) {
    var all = new ArrayList<Authenticator>();
    if (!config.passwordFile().isEmpty()) {
      all.add(passwordFile(Path.of(config.passwordFile())));
    }
    if (config.jwt().isOn()) {
      all.add(new JwtAuthenticator(config.jwt(), keys(config.jwt()), clock));
    }
    return all;
  }

  /// The users of the password file that can prove themselves by SCRAM-SHA-256: those whose line
  /// `millrace passwd -H scram-sha-256` wrote.
  public ScramUsers scramUsers() {
    return (name, _, user) ->
        user.accept(
            passwords.stream()
                .flatMap(file -> file.hash(name).stream())
                .filter(PasswordHash.ScramKeys.class::isInstance)
                .map(hash -> ((PasswordHash.ScramKeys) hash).named(name))
                .findFirst());
  }

  /// What clients may do, as the settings say.
  ///
  /// @throws FileFault when the ACL file cannot be used
  public Authorizer authorizer(Config config) {
    return config.aclFile().isEmpty()
        ? new FileAuthorizer(Optional.empty(), false)
        : aclFile(Path.of(config.aclFile()), true);
  }

  Authenticator passwordFile(Path file) {
    var authenticator =
        new PasswordAuthenticator(watch(new WatchedFile<>(file, PasswordFile::parse)));
    passwords.add(authenticator);
    return authenticator;
  }

  /// What an ACL file lets clients do.
  ///
  /// @param refuses whether a subscription to what is denied as a whole is refused
  Authorizer aclFile(Path file, boolean refuses) {
    var rules = watch(new WatchedFile<>(file, AclRules::parse));
    return new FileAuthorizer(Optional.of(rules), refuses);
  }

  /// Reads every file again, also when it looks unchanged.
  public void reload() {
    files().forEach(WatchedFile::reload);
  }

  private void look() {
    files().forEach(WatchedFile::reloadIfChanged);
  }

  private Supplier<JwtKeys> keys(JwtSettings settings) {
    var sources = new ArrayList<Supplier<JwtKeys>>();
    if (!settings.secret().isEmpty()) {
      var secret = JwtKeys.ofSecret(settings.secret());
      sources.add(() -> secret);
    }
    if (!settings.publicKey().isEmpty()) {
      sources.add(
          watch(new WatchedFile<>(Path.of(settings.publicKey()), JwtKeys::parsePem))::current);
    }
    if (!settings.jwks().isEmpty()) {
      sources.add(watch(new WatchedFile<>(Path.of(settings.jwks()), JwtKeys::parseSet))::current);
    }
    return () -> sources.stream().map(Supplier::get).reduce(JwtKeys::and).orElseThrow();
  }

  private <T> WatchedFile<T> watch(WatchedFile<T> file) {
    synchronized (files) {
      files.add(file);
    }
    return file;
  }

  private List<WatchedFile<?>> files() {
    synchronized (files) {
      return List.copyOf(files);
    }
  }

  @Override
  public void close() {
    looking.cancel();
    threads.shutdownNow();
    passwords.forEach(PasswordAuthenticator::close);
  }
}
