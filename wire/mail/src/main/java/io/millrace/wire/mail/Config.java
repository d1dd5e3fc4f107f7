package io.millrace.wire.mail;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.base.config.Limit;
import java.time.Duration;

/// Settings `mail.*`: the system's mail server.
public record Config(
    @Doc("Mail server for mail of the system; empty for none.") @Default("") String host,
    @Doc("Its port: 587 and 25 for STARTTLS, 465 for TLS from the first byte.")
        @Default("587")
        @Limit(min = 1, max = 65_535)
        int port,
    @Doc("none, starttls (required when chosen), or tls from the first byte.") @Default("starttls")
        String security,
    @Doc("Log-in at the mail server; empty for none.") @Default("") String user,
    @Doc("Password of that log-in.") @Default("") String password,
    @Doc("PEM file of authorities whose mail servers are trusted, too; empty for Java's alone.")
        @Default("")
        String trustFile,
    @Doc("Sender of mail that names none.") @Default("Millrace <millrace@localhost>") String from,
    @Doc("Longest wait for the server, each for its connection, reading and writing.")
        @Default("10s")
        Duration timeout,
    @Doc("Receivers of one mail, copies included.") @Default("100") @Limit(min = 1, max = 10_000)
        int recipientsMax,
    @Doc("Longest text of one mail in bytes.")
        @Default("1048576")
        @Limit(min = 1024, max = 33554432)
        int bodyBytesMax) {

  public Config {
    if (!security.matches("none|starttls|tls")) {
      throw new IllegalArgumentException(
          "mail.security=%s is none of none, starttls and tls.".formatted(security));
    }
  }
}
