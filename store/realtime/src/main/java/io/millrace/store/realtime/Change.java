package io.millrace.store.realtime;

import java.util.List;

/// A write that happened.
///
/// @param before the root before it
/// @param after the root after it
/// @param base the path that the write named
/// @param isMerge a patch: several places at and below `base`; otherwise `base` is the one place
/// @param paths the places that were replaced
/// @param by who wrote, as far as the writer said
public record Change(
    Node before, Node after, TreePath base, boolean isMerge, List<TreePath> paths, String by) {}
