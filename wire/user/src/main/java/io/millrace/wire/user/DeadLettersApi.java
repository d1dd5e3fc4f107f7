package io.millrace.wire.user;

import io.millrace.engine.access.Caller;
import io.millrace.engine.pipeline.DeadLetter;
import io.millrace.engine.pipeline.DeadLetters;
import io.millrace.wire.http.HttpError;

/// Calls to the outside that were given up.
final class DeadLettersApi {
  private static final String PATH = "/api/millrace/deadLetters";
  private static final int LIMIT_MAX = 1_000;

  private final DeadLetters letters;

  DeadLettersApi(DeadLetters letters) {
    this.letters = letters;
  }

  void routes(RouteTable table) {
    table.get(PATH, RouteTable.TENANT, "Calls that were given up, latest first.", this::list);
    table.post(
        PATH + "/{id}/resend",
        RouteTable.TENANT,
        "Puts a call back into the outbox.",
        r -> done(letters.resend(Caller.current().tenantId(), r.uuid("id"))));
    table.delete(
        PATH + "/{id}",
        RouteTable.TENANT,
        "Forgets a call.",
        r -> done(letters.drop(Caller.current().tenantId(), r.uuid("id"))));
  }

  private Reply list(Request request) {
    long limit = Math.clamp(request.number("limit", 100), 1, LIMIT_MAX);
    return Reply.list(letters.list(Caller.current().tenantId(), (int) limit), DeadLetter::toJson);
  }

  private static Reply done(boolean found) {
    if (!found) {
      throw HttpError.notFound();
    }
    return Reply.empty();
  }
}
