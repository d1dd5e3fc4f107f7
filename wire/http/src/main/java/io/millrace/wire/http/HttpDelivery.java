package io.millrace.wire.http;

import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.runtime.Clock;
import io.millrace.base.runtime.Threads;
import io.millrace.engine.pipeline.BusyPeerException;
import io.millrace.engine.pipeline.Delivery;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Carries the HTTP calls of rule nodes to other servers.
///
/// Any status is an answer, except those by which a server says "not now": they are tried again, as
/// a lost connection is. Every call has an end: bounded time, bounded answer.
public final class HttpDelivery implements Delivery, AutoCloseable {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  // Request Timeout, Too Early, Too Many Requests, Bad Gateway, Unavailable, Gateway Timeout
  private static final Set<Integer> NOT_NOW = Set.of(408, 425, 429, 502, 503, 504);
  // the client makes these from the body and the URL; a chain of ThingsBoard may list them
  private static final Set<String> MADE_BY_CLIENT = Set.of("content-length", "host", "connection");

  private final Outgoing config;
  private final ExecutorService threads = Threads.virtual("http-outgoing");
  private final HttpClient client;
  private final ServiceTokens tokens;

  public HttpDelivery(Outgoing config) {
    this(config, Clock.SYSTEM);
  }

  public HttpDelivery(Outgoing config, Clock clock) {
    this.config = config;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(config.connectTimeout())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .executor(threads)
            .build();
    this.tokens = new ServiceTokens(client, clock, config.answerTimeout());
  }

  @Override
  public Answer deliver(OutsideCall call, String idempotencyKey) throws IOException {
    HttpRequest request;
    HttpResponse<byte[]> response;
    try {
      request = request(call.request(), idempotencyKey);
      response = send(request, timeout(call.request()));
      if (response.statusCode() == 401 && account(call.request()).isPresent()) {
        account(call.request()).ifPresent(tokens::forget); // once more, with a new token
        request = request(call.request(), idempotencyKey);
        response = send(request, timeout(call.request()));
      }
    } catch (IllegalArgumentException e) {
      return Answer.failed("The call cannot be made: " + e.getMessage());
    } catch (AnswerTooLargeException e) {
      return Answer.failed(
          "The answer of %s is larger than http.outgoing.answerBytesMax=%d"
              .formatted(call.request().text("url", ""), config.answerBytesMax()));
    }
    if (NOT_NOW.contains(response.statusCode())) {
      throw new BusyPeerException(
          "%s answered %d: not now".formatted(request.uri(), response.statusCode()),
          result(response),
          retryAfter(response));
    }
    return new Answer(true, result(response));
  }

  @Override
  public String peer(OutsideCall call) {
    try {
      var uri = URI.create(call.request().text("url", "").strip());
      return uri.getAuthority() == null ? call.kind() : uri.getAuthority();
    } catch (IllegalArgumentException malformed) {
      return call.kind();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }

  private HttpResponse<byte[]> send(HttpRequest request, Duration timeout) throws IOException {
    var body = BodyHandlers.limiting(BodyHandlers.ofByteArray(), config.answerBytesMax());
    var coming = client.sendAsync(request, body);
    try {
      return coming.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      coming.cancel(true);
      throw new IOException(
          "%s did not answer within %d ms".formatted(request.uri(), timeout.toMillis()), e);
    } catch (InterruptedException e) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("Stopped while waiting for " + request.uri(), e);
    } catch (ExecutionException e) {
      throw failed(request.uri(), e.getCause() == null ? e : e.getCause());
    }
  }

  /// The peer took the call, so trying again would only repeat its effect.
  private static final class AnswerTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    AnswerTooLargeException(Throwable cause) {
      super(cause);
    }
  }

  private static IOException failed(URI uri, Throwable cause) {
    var why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return why.startsWith("body exceeds capacity") // the JDK has no type for it
        ? new AnswerTooLargeException(cause)
        : new IOException("%s could not be called: %s".formatted(uri, why), cause);
  }

  private HttpRequest request(JsonObject call, String idempotencyKey) throws IOException {
    var request = HttpRequest.newBuilder(uri(call.text("url", "").strip()));
    request.setHeader(IDEMPOTENCY_KEY, idempotencyKey);
    if (call.get("headers") instanceof JsonObject headers) {
      headers.forEach(
          (name, value) -> {
            if (!MADE_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
              request.setHeader(name, value.asText());
            }
          });
    }
    sign(call, request);
    var account = account(call);
    if (account.isPresent()) {
      request.setHeader("Authorization", "Bearer " + tokens.token(account.get()));
    }
    var body =
        call.get("body") instanceof JsonString(var text)
            ? BodyPublishers.ofString(text)
            : BodyPublishers.noBody();
    return request.method(call.text("method", "GET"), body).build();
  }

  private static void sign(JsonObject call, HttpRequest.Builder request) {
    if (call.get("sign") instanceof JsonObject sign) {
      CallSignature.headers(
              sign,
              call.text("method", "GET"),
              uri(call.text("url", "").strip()),
              call.text("body", ""),
              Clock.SYSTEM.millis())
          .forEach(request::setHeader);
    }
  }

  /// The key file of the service account that the call is made as.
  private static Optional<JsonObject> account(JsonObject call) {
    return call.get("serviceAccount") instanceof JsonObject account
        ? Optional.of(account)
        : Optional.empty();
  }

  private static URI uri(String url) {
    var uri = URI.create(url);
    var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if ((!scheme.equals("http") && !scheme.equals("https")) || uri.getHost() == null) {
      throw new IllegalArgumentException("'%s' is not an http:// or https:// URL".formatted(url));
    }
    return uri;
  }

  private Duration timeout(JsonObject call) {
    return call.get("timeoutMs") instanceof JsonLong(long ms) && ms > 0
        ? Duration.ofMillis(ms)
        : config.answerTimeout();
  }

  /// What the peer asks for in seconds; a date (RFC 9110 section 10.2.3) counts as no wish.
  private static Duration retryAfter(HttpResponse<byte[]> response) {
    var seconds = response.headers().firstValue("Retry-After").orElse("");
    return seconds.matches("\\d{1,9}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ZERO;
  }

  private static JsonObject result(HttpResponse<byte[]> response) {
    var headers = JsonObject.builder();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name, String.join(", ", values)));
    return JsonObject.builder()
        .put("status", response.statusCode())
        .put("statusText", StatusText.of(response.statusCode()))
        .put("headers", headers.build())
        .put("body", new String(response.body(), StandardCharsets.UTF_8))
        .build();
  }
}
