/// Settings: `millrace.conf`, the environment and the command line, bound to records.
///
/// A setting is a record component of the room that uses it, with its text, default and limits as
/// annotations. Not here: any setting itself. Start with [Doc]. Read once at start, on the main
/// thread.
@NullMarked
package io.millrace.base.config;

import org.jspecify.annotations.NullMarked;
