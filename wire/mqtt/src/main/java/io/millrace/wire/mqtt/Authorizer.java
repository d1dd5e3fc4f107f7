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
}
