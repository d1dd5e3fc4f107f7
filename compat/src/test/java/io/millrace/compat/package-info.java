/// Conformance: what others wrote about the protocols we speak, replayed against Millrace.
///
/// Expected results are committed, misses included. Not here: our own tests of a room. Start with
/// [MqttSequencesTest].
package io.millrace.compat;
