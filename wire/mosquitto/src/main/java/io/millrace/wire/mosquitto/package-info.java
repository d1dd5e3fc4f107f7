/// What Mosquitto's users bring along: configuration, password, ACL and persistence files, and
/// bridges to other brokers.
@NullMarked
package io.millrace.wire.mosquitto;

import org.jspecify.annotations.NullMarked;
