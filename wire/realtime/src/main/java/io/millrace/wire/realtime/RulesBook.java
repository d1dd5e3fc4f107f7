package io.millrace.wire.realtime;

import io.millrace.engine.security.RulesException;
import io.millrace.engine.security.SecurityRules;
import io.millrace.store.realtime.Database;
import io.millrace.store.realtime.RealtimeStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The security rules of each database, and who is told when they change.
final class RulesBook {
  private static final Logger log = LoggerFactory.getLogger(RulesBook.class);
  private static final String TEXT = "rules";

  private record Parsed(String source, SecurityRules rules) {}

  private final RealtimeStore store;
  private final SecurityRules fallback;
  private final Map<String, Parsed> known = new ConcurrentHashMap<>();
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  RulesBook(RealtimeStore store, Config config) {
    this.store = store;
    this.fallback =
        config.rules() == Config.Access.OPEN ? SecurityRules.OPEN : SecurityRules.CLOSED;
  }

  /// The rules that hold in a database; those of the settings when it has none of its own.
  SecurityRules of(String database) {
    return store.find(database).flatMap(this::own).orElse(fallback);
  }

  private Optional<SecurityRules> own(Database database) {
    return database.text(TEXT).map(source -> parsedOnce(database, source));
  }

  @SuppressWarnings("ReferenceEquality") // the store hands out the same text until it changes
  private SecurityRules parsedOnce(Database database, String source) {
    var seen = known.get(database.name());
    if (seen != null && seen.source == source) {
      return seen.rules;
    }
    var parsed = new Parsed(source, parsed(database, source));
    known.put(database.name(), parsed);
    return parsed.rules;
  }

  private static SecurityRules parsed(Database database, String source) {
    try {
      return SecurityRules.parse(source);
    } catch (RulesException e) {
      log.error(
          "The stored rules of the realtime database {} are refused ({}); it is closed until they"
              + " are written again",
          database.name(),
          e.getMessage());
      return SecurityRules.CLOSED;
    }
  }

  /// Whether everybody may do everything only because nobody has written rules.
  @SuppressWarnings("ReferenceEquality") // the very fallback
  boolean isOpenByDefault(String database) {
    return fallback == SecurityRules.OPEN && of(database) == fallback;
  }

  /// Makes the rules those of the database, durably, and has live listens checked again.
  ///
  /// @throws RulesException when they are wrong; nothing has changed then
  void change(Database database, String source) {
    SecurityRules.parse(source);
    database.setText(TEXT, source);
    listeners.forEach(listener -> listener.accept(database.name()));
  }

  /// @param listener hears the name of a database whose rules have changed
  void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }
}
