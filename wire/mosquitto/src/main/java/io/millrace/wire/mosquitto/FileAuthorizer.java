package io.millrace.wire.mosquitto;

import io.millrace.wire.mqtt.Authorizer;
import io.millrace.wire.mqtt.Client;
import java.util.Optional;

/// What a client may do by its token's own rules, else by the ACL file, else everything.
///
/// As in Mosquitto, an ACL file lets everybody subscribe and keeps back each message that its
/// rules do not let the client read. With `mqtt.aclFile` a subscription that one `deny` rule covers
/// as a whole is refused, so that the client knows; a mosquitto.conf is followed to the letter.
final class FileAuthorizer implements Authorizer {
  private final Optional<WatchedFile<AclRules>> file;

  private final boolean refuses;

  FileAuthorizer(Optional<WatchedFile<AclRules>> file, boolean refuses) {
    this.file = file;
    this.refuses = refuses;
  }

  @Override
  public boolean mayPublish(Client client, String topic) {
    return rulesOfToken(client)
        .map(rules -> rules.mayPublish(topic))
        .orElseGet(() -> file(client, topic, AclRules.Access.WRITE));
  }

  @Override
  public boolean maySubscribe(Client client, String filter) {
    var asked = unshared(filter);
    return rulesOfToken(client)
        .map(rules -> rules.maySubscribe(asked))
        .orElseGet(
            () -> !refuses || file.isEmpty() || file.get().current().maySubscribe(client, asked));
  }

  @Override
  public boolean mayReceive(Client client, String topic) {
    return rulesOfToken(client).isPresent() || file(client, topic, AclRules.Access.READ);
  }

  @Override
  public boolean checksReceive(Client client) {
    return file.isPresent() && rulesOfToken(client).isEmpty();
  }

  private boolean file(Client client, String topic, AclRules.Access asked) {
    return file.isEmpty() || file.get().current().allows(client, topic, asked);
  }

  private static Optional<TokenRules> rulesOfToken(Client client) {
    return client.principal() instanceof TokenPrincipal token ? token.rules() : Optional.empty();
  }

  private static String unshared(String filter) {
    return filter.startsWith("$share/") ? filter.split("/", 3)[2] : filter;
  }
}
