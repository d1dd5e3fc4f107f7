package io.millrace.wire.mqtt;

/// Decides what a connected client may do. Called per message on an event loop: never blocks.
public interface Authorizer {
  /// Everyone may do everything.
  Authorizer ALL =
      new Authorizer() {
        @Override
        public boolean mayPublish(Client client, String topic) {
          return true;
        }

        @Override
        public boolean maySubscribe(Client client, String filter) {
          return true;
        }
      };

  boolean mayPublish(Client client, String topic);

  /// Called with the filter as the client wrote it, `$share/…` included.
  boolean maySubscribe(Client client, String filter);

  /// Whether a message may go out to the client; one that may not is dropped and counted. Asked
  /// only when [#checksReceive] said so as the client connected.
  default boolean mayReceive(Client client, String topic) {
    return true;
  }

  /// Whether [#mayReceive] has to be asked for this client; asked once per connection.
  default boolean checksReceive(Client client) {
    return false;
  }
}
