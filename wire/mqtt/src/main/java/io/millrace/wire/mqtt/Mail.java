package io.millrace.wire.mqtt;

import java.util.Arrays;

/// Messages of one round for the sessions of another shard; handed over whole.
final class Mail implements Runnable {
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
    messages[size] = message;
    routes[size++] = to;
  }

  void send() {
    target.loop.execute(this);
  }

  @Override
  public void run() {
    for (int i = 0; i < size; i++) {
      target.deliver(messages[i], routes[i]);
    }
  }
}
