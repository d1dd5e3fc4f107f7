package io.millrace.wire.mosquitto;

import java.nio.file.Path;
import java.util.Optional;

/// Who may, for all listeners or, with `per_listener_settings`, for one.
final class ConfSecurity {
  Optional<Boolean> allowAnonymous = Optional.empty();
  Optional<Path> passwordFile = Optional.empty();
  Optional<Path> aclFile = Optional.empty();
  String clientIdPrefix = "";
  String assignedPrefix = "mr-";
  boolean takesNameless = true;
}
