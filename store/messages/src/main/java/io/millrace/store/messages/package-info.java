/// The message log: raw messages by time and by device, bounded by age and size.
///
/// Used by replay, traces and "why". Written in the partition's or the broker's commit.
@NullMarked
package io.millrace.store.messages;

import org.jspecify.annotations.NullMarked;
