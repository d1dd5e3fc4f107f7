package io.millrace.wire.realtime;

import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonString;
import io.millrace.base.runtime.Clock;
import io.millrace.engine.pipeline.EmbeddedDelivery;
import io.millrace.engine.rules.Answer;
import io.millrace.engine.rules.OutsideCall;
import io.millrace.engine.security.TokenKeys;
import io.millrace.engine.security.TokenTrust;
import io.millrace.engine.security.TokenVerifier;
import io.millrace.store.realtime.RealtimeStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// Answers REST calls of rule chains to Firebase's own host names from the embedded databases.
///
/// `https://NAME.firebaseio.com/temperature.json` is the path `/temperature` of the database NAME,
/// which is made when it does not exist. A rule chain acts as an administrator. The write and the
/// end of the call are one commit.
public final class EmbeddedRealtimeDelivery implements EmbeddedDelivery {
  private final Config config;
  private final Rest rest;

  public EmbeddedRealtimeDelivery(Config config, RealtimeStore store, Clock clock) {
    this.config = config;
    var rules = new RulesBook(store, config);
    var tokens =
        new TokenVerifier(new TokenTrust("", "", "", List.of()), () -> TokenKeys.NONE, clock);
    this.rest =
        new Rest(store, config, new Gate(config, PlatformUsers.NONE, tokens, rules, clock), rules);
  }

  @Override
  public boolean takes(OutsideCall call) {
    return config.embedFirebase()
        && call.kind().equals(OutsideCall.HTTP)
        && DatabaseNames.ofFirebaseHost(host(uri(call))).isPresent();
  }

  @Override
  public Answer deliver(OutsideCall call, String idempotencyKey, Settlement settlement)
      throws IOException {
    var request = request(call);
    var sent =
        rest.answer(
            request,
            new Caller.Admin(Long.MAX_VALUE),
            true,
            (commit, written) ->
                settlement.into(commit, answer(rest.writtenReply(written, request))));
    try {
      var reply = sent.get();
      if (reply.status() == 503) {
        throw new IOException("The embedded realtime database: " + reply.body());
      }
      return answer(reply);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Stopped while waiting for the embedded realtime database", e);
    } catch (ExecutionException e) {
      throw new IOException("The embedded realtime database failed: " + e.getCause(), e);
    }
  }

  private static Answer answer(RestReply reply) {
    var headers = JsonObject.builder();
    reply
        .headers()
        .forEach(
            (name, value) -> headers.put(name.toLowerCase(Locale.ROOT), new JsonString(value)));
    return new Answer(
        true,
        JsonObject.builder()
            .put("status", reply.status())
            .put("statusText", statusText(reply.status()))
            .put("headers", headers.build())
            .put("body", reply.body())
            .build());
  }

  private static String statusText(int status) {
    return io.netty.handler.codec.http.HttpResponseStatus.valueOf(status).reasonPhrase();
  }

  private static String host(URI uri) {
    return uri.getHost() == null ? "" : uri.getHost();
  }

  private static URI uri(OutsideCall call) {
    try {
      return URI.create(call.request().text("url", "").strip());
    } catch (IllegalArgumentException malformed) {
      return URI.create("");
    }
  }

  private static RestRequest request(OutsideCall call) {
    var uri = uri(call);
    Map<String, String> headers = new HashMap<>();
    if (call.request().get("headers") instanceof JsonObject given) {
      given.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value.asText()));
    }
    var parameters = RestUrl.parameters(uri.getRawQuery() == null ? "" : uri.getRawQuery());
    DatabaseNames.ofFirebaseHost(host(uri)).ifPresent(name -> parameters.put("ns", name));
    return new RestRequest(
        call.request().text("method", "GET").toUpperCase(Locale.ROOT),
        host(uri),
        uri.getRawPath().isEmpty() ? "/" : uri.getRawPath(),
        parameters,
        headers,
        call.request().text("body", "").getBytes(StandardCharsets.UTF_8),
        true);
  }
}
