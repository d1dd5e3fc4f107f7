/// From the text of a script to byte code: lexer, two parsers, one syntax tree, names, class file.
///
/// A second package like a codec: it works on text and knows the values only by their class names.
/// Not here: what an operation does, see [io.millrace.engine.scripts]. Start with
/// [ScriptCompiler]. Any thread.
@NullMarked
package io.millrace.engine.scripts.compiler;

import org.jspecify.annotations.NullMarked;
