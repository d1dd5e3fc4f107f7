/// What an operator asks of the running process: metrics and the broker's clients, sessions and
/// topics.
@NullMarked
package io.millrace.wire.admin;

import org.jspecify.annotations.NullMarked;
