package io.millrace.store.realtime;

/// A write of the past, as one path saw it.
///
/// @param id grows with every write of the database
/// @param by who wrote, as far as the writer said; empty for nobody known
/// @param before what stood at the path; unknown when [#isKnown] is false
/// @param after what stood there then; unknown likewise
/// @param isKnown false when this write, or a later one, replaced more than is kept
public record PastWrite(long id, long atMs, String by, Node before, Node after, boolean isKnown) {}
