package io.millrace.wire.mosquitto;

import io.millrace.wire.mqtt.Principal;
import java.util.Optional;

/// A client that came with a JSON web token.
///
/// @param expiresAtMs its connection is closed then
/// @param rules what the token itself grants; without, the ACL file decides
record TokenPrincipal(String name, long expiresAtMs, Optional<TokenRules> rules)
    implements Principal {}
