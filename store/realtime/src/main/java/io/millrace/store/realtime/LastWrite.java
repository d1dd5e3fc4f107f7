package io.millrace.store.realtime;

/// The last write that replaced a place.
///
/// @param id grows with every write of the database
/// @param by who wrote, as far as the writer said; empty for nobody known
public record LastWrite(long id, long atMs, String by) {}
