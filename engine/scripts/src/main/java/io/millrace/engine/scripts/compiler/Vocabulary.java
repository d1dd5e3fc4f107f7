package io.millrace.engine.scripts.compiler;

import java.util.function.Predicate;

/// Which of the language's own names are there to be used.
///
/// @param globals whether a function that the script does not declare may be called; in JavaScript,
///     whether such a name may stand in it at all
/// @param methods whether a method of that name may be called on something
/// @param members whether a member of that name may be asked for
public record Vocabulary(
    Predicate<String> globals, Predicate<String> methods, Predicate<String> members) {}
