package io.millrace.wire.mosquitto;

import io.millrace.base.runtime.Threads;
import io.millrace.wire.mqtt.Authenticator;
import io.millrace.wire.mqtt.ConnectDecision;
import io.millrace.wire.mqtt.ConnectRequest;
import io.millrace.wire.mqtt.UserPrincipal;
import io.millrace.wire.mqtt.codec.ReasonCode;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Knows users by a password file. Hashing is slow on purpose: it runs on virtual threads, a
/// bounded number waiting and as many at work as there are processors.
final class PasswordAuthenticator implements Authenticator, AutoCloseable {
  private static final int WAITING_MAX = 10_000;

  private final WatchedFile<PasswordFile> file;
  private final ExecutorService threads = Threads.virtual("password");
  private final Semaphore waiting = new Semaphore(WAITING_MAX);
  private final Semaphore working = new Semaphore(Runtime.getRuntime().availableProcessors());

  PasswordAuthenticator(WatchedFile<PasswordFile> file) {
    this.file = file;
  }

  @Override
  public void authenticate(ConnectRequest request, Consumer<ConnectDecision> decision) {
    var name = request.userName().filter(user -> !user.isEmpty()).orElse("");
    if (name.isEmpty()) {
      decision.accept(new ConnectDecision.Anonymous());
      return;
    }
    var hash = file.current().of(name);
    if (request.isProven() || hash.isEmpty() || request.password().isEmpty()) {
      decision.accept(new ConnectDecision.NotMine());
    } else {
      check(name, hash.get(), request.password().get(), decision);
    }
  }

  Optional<PasswordHash> hash(String user) {
    return file.current().of(user);
  }

  private void check(
      String name, PasswordHash hash, byte[] password, Consumer<ConnectDecision> decision) {
    if (!waiting.tryAcquire()) {
      decision.accept(busy());
      return;
    }
    try {
      threads.execute(() -> decision.accept(decide(name, hash, password)));
    } catch (RejectedExecutionException stopping) {
      waiting.release();
      decision.accept(busy());
    }
  }

  private ConnectDecision decide(String name, PasswordHash hash, byte[] password) {
    working.acquireUninterruptibly();
    try {
      return hash.matches(password)
          ? new ConnectDecision.Accepted(new UserPrincipal(name))
          : new ConnectDecision.NotMine();
    } finally {
      working.release();
      waiting.release();
    }
  }

  private static ConnectDecision busy() {
    return new ConnectDecision.Refused(
        ReasonCode.SERVER_BUSY, "Too many clients connect at once; try again in a second");
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
