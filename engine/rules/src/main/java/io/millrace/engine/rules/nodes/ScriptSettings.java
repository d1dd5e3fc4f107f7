package io.millrace.engine.rules.nodes;

import io.millrace.base.config.Default;
import io.millrace.base.config.Doc;
import io.millrace.engine.rules.NodeSetup;
import io.millrace.engine.scripts.CompiledScript;
import io.millrace.engine.scripts.ScriptLanguage;

/// The script of a node, in two languages of which one is used; ThingsBoard's names.
record ScriptSettings(
    @Doc("Which of the two scripts runs.") @Default("JS") ScriptLanguage scriptLang,
    @Doc("Body of a JavaScript function of msg, metadata and msgType.") String jsScript,
    @Doc("Body of a TBEL function of msg, metadata and msgType.") String tbelScript) {

  CompiledScript compile(NodeSetup setup) {
    return setup.script(scriptLang, jsScript, tbelScript);
  }
}
