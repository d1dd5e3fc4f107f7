package io.millrace.wire.kafka;

/// Kafka is not there now; the message says why and what to do.
public final class KafkaUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public KafkaUnavailableException(String message) {
    super(message);
  }
}
