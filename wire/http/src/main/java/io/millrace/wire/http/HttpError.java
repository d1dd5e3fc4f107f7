package io.millrace.wire.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ends a request with an error answer; throw it from a handler or give it to `ctx.fail`.
///
/// The message is for the caller to read: what happened, the values, the cure.
public final class HttpError extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// ThingsBoard's error codes.
  public enum Code {
    GENERAL(2),
    AUTHENTICATION(10),
    TOKEN_EXPIRED(11),
    CREDENTIALS_EXPIRED(15),
    PERMISSION_DENIED(20),
    INVALID_ARGUMENTS(30),
    BAD_REQUEST(31),
    NOT_FOUND(32),
    TOO_MANY_REQUESTS(33),
    TOO_MANY_UPDATES(34),
    VERSION_CONFLICT(35);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }
  }

  private final int status;
  private final Code code;
  private final Map<String, String> headers;

  public HttpError(int status, Code code, String message) {
    this(status, code, message, Map.of());
  }

  /// @param headers sent with the answer, as `Retry-After`
  public HttpError(int status, Code code, String message, Map<String, String> headers) {
    super(message, null, false, false); // an answer, not a defect: no stack trace
    this.status = status;
    this.code = code;
    this.headers = Map.copyOf(headers);
  }

  public static HttpError badRequest(String message) {
    return new HttpError(400, Code.BAD_REQUEST, message);
  }

  /// A field of the body or a parameter that cannot be taken, by its name.
  public static HttpError badField(String field, String why) {
    return badRequest("'" + field + "' " + why);
  }

  public static HttpError unauthorized(String message) {
    return new HttpError(401, Code.AUTHENTICATION, message);
  }

  public static HttpError tokenExpired() {
    return new HttpError(401, Code.TOKEN_EXPIRED, "Token has expired");
  }

  // ThingsBoard: its words for 403 and 404; clients compare them
  public static HttpError forbidden() {
    return new HttpError(
        403, Code.PERMISSION_DENIED, "You don't have permission to perform this operation!");
  }

  public static HttpError notFound() {
    return notFound("Requested item wasn't found!");
  }

  public static HttpError notFound(String message) {
    return new HttpError(404, Code.NOT_FOUND, message);
  }

  public static HttpError conflict(String message) {
    return new HttpError(409, Code.VERSION_CONFLICT, message);
  }

  public static HttpError tooMany(String message, long retryAfterSeconds) {
    return new HttpError(429, Code.TOO_MANY_REQUESTS, message, retryAfter(retryAfterSeconds));
  }

  public static HttpError unavailable(String message) {
    return new HttpError(503, Code.GENERAL, message, retryAfter(1));
  }

  public int status() {
    return status;
  }

  public Code code() {
    return code;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /// Always there: every constructor takes one.
  @Override
  public String getMessage() {
    @Nullable String message = super.getMessage();
    return message == null ? "" : message;
  }

  private static Map<String, String> retryAfter(long seconds) {
    return Map.of("Retry-After", Long.toString(seconds));
  }
}
