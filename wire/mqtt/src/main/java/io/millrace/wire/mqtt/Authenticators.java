package io.millrace.wire.mqtt;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Several ways to know a client, asked in turn.
public final class Authenticators {
  private Authenticators() {}

  /// The first that accepts or refuses decides; `NotMine` and `Anonymous` ask the next. When all
  /// have been asked, the last answer stands.
  public static Authenticator inTurn(List<Authenticator> all) {
    Authenticator plain = (request, decision) -> ask(all, 0, request, decision);
    return plain.with((method, request) -> begin(all, method, request));
  }

  private static EnhancedAuthenticator.@Nullable Talk begin(
      List<Authenticator> all, String method, ConnectRequest request) {
    for (var one : all) {
      var talk = one.enhanced().begin(method, request);
      if (talk != null) {
        return talk;
      }
    }
    return null;
  }

  private static void ask(
      List<Authenticator> all, int at, ConnectRequest request, Consumer<ConnectDecision> decision) {
    if (at == all.size()) {
      decision.accept(unknown(request));
      return;
    }
    all.get(at)
        .authenticate(
            request,
            answer -> {
              switch (answer) {
                case ConnectDecision.Accepted _, ConnectDecision.Refused _ ->
                    decision.accept(answer);
                case ConnectDecision.Anonymous _, ConnectDecision.NotMine _ ->
                    ask(all, at + 1, request, decision);
              }
            });
  }

  private static ConnectDecision unknown(ConnectRequest request) {
    return request.userName().filter(name -> !name.isEmpty()).isPresent()
        ? new ConnectDecision.NotMine()
        : new ConnectDecision.Anonymous();
  }
}
