package io.millrace.engine.scripts;

/// The languages that rule chains are written in, under ThingsBoard's names.
public enum ScriptLanguage {
  JS,
  TBEL
}
