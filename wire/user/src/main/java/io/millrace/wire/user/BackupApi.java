package io.millrace.wire.user;

import io.millrace.wire.http.HttpError;

/// Backups: begun, and watched. The files stay on the server: they hold every tenant's data.
final class BackupApi {
  private static final String PATH = "/api/millrace/backup";
  private final Backups backups;

  BackupApi(Backups backups) {
    this.backups = backups;
  }

  void routes(RouteTable table) {
    table.get(
        PATH,
        RouteTable.ADMINISTRATORS,
        "How far the last backup has come, and those that are there.",
        _ -> Reply.of(backups.state().toJson()));
    table.administer(
        "POST",
        PATH,
        RouteTable.ADMINISTRATORS,
        "Begins a backup of everything into a file on the server; 409 while one is under way.",
        _ -> start());
  }

  private Reply start() {
    if (!backups.start()) {
      throw HttpError.conflict("A backup is under way; wait until it has ended.");
    }
    return Reply.of(backups.state().toJson());
  }
}
