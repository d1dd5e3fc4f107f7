package io.millrace.engine.access;

/// What somebody who signed in gets.
///
/// @param token access token, a JWT: proof on every request
/// @param refreshToken good for a new pair, when the access token has expired
public record Tokens(String token, String refreshToken) {}
