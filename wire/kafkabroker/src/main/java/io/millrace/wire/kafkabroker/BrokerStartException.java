package io.millrace.wire.kafkabroker;

import org.jspecify.annotations.Nullable;

/// The broker did not start; the message is for people.
public final class BrokerStartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BrokerStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static BrokerStartException of(BrokerOptions options, @Nullable String fault, Throwable cause) {
    var why = fault == null ? innermost(cause) : fault;
    return new BrokerStartException(
        "The Kafka broker inside this process cannot start in %s: %s. If the files there are damaged and their records not needed, move the folder away; kafka.embedded=false goes without"
            .formatted(options.directory(), why),
        cause);
  }

  private static String innermost(Throwable e) {
    var inner = e.getCause();
    return inner == null ? String.valueOf(e.getMessage()) : innermost(inner);
  }
}
