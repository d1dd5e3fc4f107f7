package io.millrace.store.realtime;

/// A child and its key.
public record Child(String key, Node node) {}
