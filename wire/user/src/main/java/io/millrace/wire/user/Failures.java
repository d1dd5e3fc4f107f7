package io.millrace.wire.user;

import io.millrace.base.runtime.Refusal;
import io.millrace.engine.pipeline.RefusedException;
import io.millrace.engine.rules.RuleChainException;
import io.millrace.engine.scripts.ScriptSyntaxException;
import io.millrace.store.commit.StoreFullException;
import io.millrace.store.entities.DuplicateCredentialsException;
import io.millrace.store.entities.DuplicateNameException;
import io.millrace.store.entities.InUseException;
import io.millrace.store.entities.MissingEntityException;
import io.millrace.store.entities.StaleVersionException;
import io.millrace.wire.http.HttpError;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// The engine's and the stores' exceptions as answers.
final class Failures {
  private Failures() {}

  static <T> T mapped(Callable<T> work) throws Exception {
    try {
      return work.call();
    } catch (ExecutionException | CompletionException e) {
      throw e.getCause() instanceof Exception cause ? mapped(cause) : e;
    } catch (RuntimeException e) {
      throw mapped(e);
    }
  }

  private static Exception mapped(Exception e) {
    return switch (e) {
      case DuplicateNameException _,
          DuplicateCredentialsException _,
          InUseException _,
          MissingEntityException _,
          RuleChainException _,
          ScriptSyntaxException _,
          IllegalArgumentException _ ->
          HttpError.badRequest(text(e));
      case StaleVersionException _ -> HttpError.conflict(text(e));
      case RefusedException refused -> refused(refused.refusal());
      case StoreFullException _ -> HttpError.unavailable(text(e));
      default -> e;
    };
  }

  private static HttpError refused(Refusal refusal) {
    return switch (refusal.kind()) {
      case MALFORMED -> HttpError.badRequest(refusal.reason());
      case NOT_AUTHORIZED -> HttpError.forbidden();
      case OVER_LIMIT -> HttpError.tooMany(refusal.reason(), 1);
      case UNAVAILABLE -> HttpError.unavailable(refusal.reason());
    };
  }

  private static String text(Exception e) {
    @Nullable String message = e.getMessage();
    return message == null ? e.toString() : message;
  }
}
