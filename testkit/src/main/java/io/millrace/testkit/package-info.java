/// What tests share: a clock that is moved by hand, seeded randomness, folders that go away.
///
/// Only test code uses this room. Start with [SimulatedTime].
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;
