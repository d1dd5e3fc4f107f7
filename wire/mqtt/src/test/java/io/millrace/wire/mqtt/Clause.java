package io.millrace.wire.mqtt;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The normative statements of MQTT 5.0 that a test shows, or those of 3.1.1 with `3.1.1:` before
/// the number; `docs/compat/mqtt.md` is made of them.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Clause {
  String[] value();
}
