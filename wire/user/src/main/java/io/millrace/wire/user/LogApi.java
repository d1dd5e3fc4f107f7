package io.millrace.wire.user;

import io.millrace.engine.access.Caller;
import io.millrace.store.entities.EntityStore;
import io.millrace.wire.http.HttpError;
import java.util.List;
import java.util.function.Supplier;

/// The newest lines of the process's own log.
final class LogApi {
  private final EntityStore entities;
  private final Supplier<List<LogLine>> log;

  LogApi(EntityStore entities, Supplier<List<LogLine>> log) {
    this.entities = entities;
    this.log = log;
  }

  void routes(RouteTable table) {
    table.get(
        "/api/millrace/log",
        RouteTable.ADMINISTRATORS,
        "The newest lines of the log, newest first; ?level= WARN or ERROR for those and worse.",
        this::lines);
  }

  private Reply lines(Request request) {
    // Lines name clients and devices of every tenant.
    if (!Caller.current().isSystemAdministrator() && entities.tenants().all().size() > 1) {
      throw new HttpError(
          403,
          HttpError.Code.PERMISSION_DENIED,
          "The log names what every tenant does: with more than one, the system administrator reads"
              + " it");
    }
    var wanted = request.query("level").orElse("DEBUG");
    var levels = List.of("DEBUG", "INFO", "WARN", "ERROR");
    int least = levels.indexOf(wanted);
    if (least < 0) {
      throw HttpError.badField("level", "is '%s'; give one of %s".formatted(wanted, levels));
    }
    return Reply.list(
        log.get().reversed().stream()
            .filter(line -> levels.indexOf(line.level()) >= least)
            .toList(),
        LogLine::json);
  }
}
