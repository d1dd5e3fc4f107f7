package io.millrace.engine.security;

import java.util.List;

/// Which tokens are trusted.
///
/// @param projectId whose ID tokens; empty for none
/// @param issuer of ID tokens; empty for Firebase's own of that project
/// @param audience of ID tokens; empty for the project
/// @param secrets administrators' credentials, which also sign legacy tokens
public record TokenTrust(String projectId, String issuer, String audience, List<String> secrets) {
  private static final String FIREBASE = "https://securetoken.google.com/";

  public TokenTrust {
    secrets = List.copyOf(secrets);
  }

  String expectedIssuer() {
    return issuer.isEmpty() ? FIREBASE + projectId : issuer;
  }

  String expectedAudience() {
    return audience.isEmpty() ? projectId : audience;
  }

  boolean takesIdTokens() {
    return !projectId.isEmpty() || (!issuer.isEmpty() && !audience.isEmpty());
  }
}
