package io.millrace.engine.rules;

import io.millrace.base.json.JsonObject;
import io.millrace.base.model.EntityId;
import io.millrace.base.runtime.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// The changed chains that run beside live ones, a bounded number at a time. Any thread.
///
/// In memory only: a restart ends them. A shadow ends when the chain itself is changed, for then
/// there is nothing to compare with.
public final class Shadows implements AutoCloseable {
  private static final int REPORTS_MAX = 100;

  private final RuleEngine rules;
  private final int runningMax;
  private final Clock clock;
  private final Map<UUID, Shadow> shadows = new ConcurrentHashMap<>();
  private volatile List<Shadow> running = List.of();

  Shadows(RuleEngine rules, int runningMax, Clock clock) {
    this.rules = rules;
    this.runningMax = runningMax;
    this.clock = clock;
  }

  /// Begins to run that metadata beside the chain; another shadow of the chain ends.
  ///
  /// @param messagesMax after so many messages it ends by itself
  /// @throws IllegalArgumentException when as many run as may
  public synchronized Shadow.Report start(
      EntityId tenantId, UUID chainId, JsonObject changed, long messagesMax) {
    end(chainId, "Another change took its place.");
    update();
    if (running.size() >= runningMax) {
      throw new IllegalArgumentException(
          "%d shadows run already (rules.shadowsMax); end one first.".formatted(running.size()));
    }
    if (shadows.size() >= REPORTS_MAX) {
      shadows.values().removeIf(shadow -> !shadow.isRunning());
    }
    var shadow =
        new Shadow(
            tenantId,
            chainId,
            clock.millis(),
            messagesMax,
            rules.rehearse(tenantId, chainId, JsonObject.EMPTY),
            rules.rehearse(tenantId, chainId, changed));
    shadows.put(chainId, shadow);
    update();
    return shadow.report();
  }

  /// How the chain's shadow stands; empty when there was none since the start.
  public Optional<Shadow.Report> find(UUID chainId) {
    return Optional.ofNullable(shadows.get(chainId)).map(Shadow::report);
  }

  /// Ends the chain's shadow.
  public synchronized Optional<Shadow.Report> end(UUID chainId) {
    end(chainId, "It was ended.");
    update();
    return find(chainId);
  }

  void chainChanged(UUID chainId) {
    if (!running.isEmpty()) {
      synchronized (this) {
        end(chainId, "The rule chain was changed.");
        update();
      }
    }
  }

  private void end(UUID chainId, String why) {
    var shadow = shadows.get(chainId);
    if (shadow != null && shadow.isRunning()) {
      shadow.end(why);
    }
  }

  private void update() {
    running = shadows.values().stream().filter(Shadow::isRunning).toList();
  }

  /// Partition threads, for every message: nothing to do is one read.
  void entered(EntityId tenantId, RuleMessage message, long now) {
    for (var shadow : running) {
      if (shadow.tenant().equals(tenantId)) {
        shadow.entered(message, now);
      }
    }
  }

  void answered(CallFrame frame, RuleMessage message, Answer answer) {
    if (!running.isEmpty() && frame.connection().isEmpty()) {
      for (var shadow : running) {
        if (shadow.tenant().equals(frame.tenantId())) {
          shadow.answered(frame, message, answer);
        }
      }
    }
  }

  @Override
  public void close() {
    var all = new ArrayList<>(shadows.values());
    all.forEach(shadow -> shadow.end("Millrace stops."));
    try {
      for (var shadow : all) {
        shadow.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
