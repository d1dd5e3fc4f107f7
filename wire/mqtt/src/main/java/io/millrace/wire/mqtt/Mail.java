package io.millrace.wire.mqtt;

import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Messages of one round for the sessions of another shard; handed over whole.
final class Mail implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Mail.class);
  private static final int SLOW_DOWN_AT = 20_000;

  private final Shard target;
  private Message[] messages = new Message[16];
  private Route[][] routes = new Route[16][];
  private int size;

  Mail(Shard target) {
    this.target = target;
  }

  void add(Message message, Route[] to) {
    if (size == messages.length) {
      messages = Arrays.copyOf(messages, size * 2);
      routes = Arrays.copyOf(routes, size * 2);
    }
    var receipt = message.receipt();
    if (receipt != null) {
      receipt.hold();
    }
    messages[size] = message;
    routes[size++] = to;
  }

  /// Hands the mail over; slows its senders down when the other shard has too much already.
  void send() {
    if (target.mailed(size) > SLOW_DOWN_AT) {
      for (int i = 0; i < size; i++) {
        var publisher = messages[i].publisher();
        if (publisher != null) {
          publisher.slowDown();
        }
      }
    }
    target.loop.execute(this);
  }

  @Override
  public void run() {
    target.mailed(-size);
    for (int i = 0; i < size; i++) {
      deliver(i);
    }
  }

  private void deliver(int i) {
    try {
      target.deliver(messages[i], routes[i]);
    } catch (RuntimeException e) {
      log.error("A message to '{}' failed; others go on", messages[i].topic(), e);
    }
    var receipt = messages[i].receipt();
    if (receipt != null) {
      receipt.done();
    }
  }
}
