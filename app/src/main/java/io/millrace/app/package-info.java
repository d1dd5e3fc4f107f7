/// `main` and [Millrace], the one place where the parts are put together; the commands; the demo.
///
/// Not here: anything that a message passes through. Start with [Main], then [Millrace], which
/// reads top to bottom in the order of the floors. The main thread builds, then waits for the
/// signal to stop.
@NullMarked
package io.millrace.app;

import org.jspecify.annotations.NullMarked;
