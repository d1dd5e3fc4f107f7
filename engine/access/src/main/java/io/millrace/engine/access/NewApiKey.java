package io.millrace.engine.access;

import io.millrace.store.entities.ApiKey;

/// An API key that was just made.
///
/// @param secret what programs present; shown once, kept nowhere
public record NewApiKey(ApiKey key, String secret) {}
