package io.millrace.base.runtime;

/// The sender's right to an answer, carried with a message from the socket to the commit.
///
/// Exactly one of the two methods is called, once, on any thread; neither blocks.
public interface Ack {
  /// For messages whose sender waits for nothing.
  Ack NONE =
      new Ack() {
        @Override
        public void done() {}

        @Override
        public void refused(Refusal refusal) {}
      };

  /// Everything the message caused is durable.
  void done();

  /// The message was not taken; nothing of it is stored.
  void refused(Refusal refusal);
}
