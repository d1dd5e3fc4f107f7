package io.millrace.wire.mosquitto;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import java.time.Duration;

/// Settings of JSON web tokens as passwords, `mqtt.jwt.*`. Off while no key is set.
public record JwtSettings(
    @Doc("Shared secret of tokens signed with HS256, HS384 or HS512 (32 bytes at least).")
        @Default("")
        String secret,
    @Doc("PEM file of the public key, or certificate, for RS256 to PS512 and ES256 to ES512.")
        @Default("")
        String publicKey,
    @Doc("File of a JSON web key set; the token's kid chooses the key.") @Default("") String jwks,
    @Doc("Claim that is the user name; it must be the CONNECT user name when that is given.")
        @Default("sub")
        String userClaim,
    @Doc("Claim with what the client may do: {\"pub\": [...], \"sub\": [...], \"all\": [...]}.")
        @Default("acl")
        String aclClaim,
    @Doc("Issuer (iss) that tokens must have; empty takes any.") @Default("") String issuer,
    @Doc("Audience (aud) that tokens must have; empty takes any.") @Default("") String audience,
    @Doc("How far clocks may differ.") @Default("30s") Duration leeway) {

  boolean isOn() {
    return !(secret.isEmpty() && publicKey.isEmpty() && jwks.isEmpty());
  }
}
