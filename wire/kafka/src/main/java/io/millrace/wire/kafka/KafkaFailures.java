package io.millrace.wire.kafka;

import io.millrace.wire.http.HttpError;
import io.millrace.wire.http.HttpError.Code;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// Kafka's refusals as answers that a person can act on.
final class KafkaFailures {
  private KafkaFailures() {}

  /// @param what the topic or group that the request is about, for the message
  static <T> T mapped(String what, Callable<T> work) throws Exception {
    try {
      return work.call();
    } catch (ExecutionException | KafkaException | KafkaUnavailableException e) {
      throw error(what, KafkaTrouble.cause(e));
    }
  }

  static Exception error(String what, Throwable cause) {
    return switch (cause) {
      case KafkaUnavailableException e -> HttpError.unavailable(text(e));
      case UnknownTopicOrPartitionException _, UnknownTopicIdException _ -> missing(what);
      case TopicExistsException _ ->
          HttpError.conflict("There is a topic '%s' already".formatted(what));
      case InvalidTopicException e ->
          HttpError.badRequest(
              "'%s' cannot be a topic's name: %s (letters, digits, '.', '_' and '-', at most 249)"
                  .formatted(what, text(e)));
      case RecordTooLargeException e ->
          new HttpError(
              413,
              Code.BAD_REQUEST,
              "The record is too large: %s Raise kafka.recordBytesMax, or max.message.bytes of topic '%s'"
                  .formatted(text(e), what));
      case GroupIdNotFoundException _ ->
          HttpError.notFound("There is no consumer group '%s'".formatted(what));
      case GroupNotEmptyException _, UnknownMemberIdException _ ->
          HttpError.conflict(
              "Group '%s' has members that read just now; stop them first".formatted(what));
      case AuthorizationException e ->
          new HttpError(
              403,
              Code.PERMISSION_DENIED,
              "Kafka does not let Millrace's user do this to '%s': %s".formatted(what, text(e)));
      case OffsetOutOfRangeException _ ->
          HttpError.badRequest("'offset' is outside of what '%s' holds".formatted(what));
      case TimeoutException e ->
          HttpError.unavailable("Kafka did not answer in time (kafka.requestTimeout): " + text(e));
      case RetriableException e ->
          HttpError.unavailable("Kafka cannot do this just now, try again: " + text(e));
      case ApiException e -> HttpError.badRequest(text(e));
      case Exception e -> e;
      default -> new IllegalStateException(cause);
    };
  }

  static HttpError missing(String topic) {
    return HttpError.notFound(
        "There is no topic '%s'; GET /api/kafka/topics lists them, POST /api/kafka/topics makes one"
            .formatted(topic));
  }

  private static String text(Throwable e) {
    @Nullable String message = e.getMessage();
    return message == null ? e.toString() : message;
  }
}
