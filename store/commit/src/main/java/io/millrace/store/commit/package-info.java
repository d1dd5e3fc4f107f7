/// RocksDB, and the one atomic [Commit] through which everything becomes durable.
///
/// The only code that touches the embedded store. Not here: what keys and values mean; each store
/// above owns one or more families and draws its format in `docs/formats/`. Start with
/// [CommitStore]. A [Commit] belongs to one thread; the store takes any thread.
@NullMarked
package io.millrace.store.commit;

import org.jspecify.annotations.NullMarked;
