package io.millrace.engine.scripts;

import io.millrace.engine.scripts.compiler.Vocabulary;
import java.util.Set;

/// Names of JavaScript's library that our compiler leaves to the full engine. All other names are
/// taken: they are ours, or the script's own, or as unknown here as there.
final class JavaScriptVocabulary {
  private static final Set<String> GLOBALS =
      Set.of(
          "Symbol",
          "BigInt",
          "Promise",
          "Proxy",
          "Reflect",
          "Intl",
          "WeakMap",
          "WeakSet",
          "WeakRef",
          "FinalizationRegistry",
          "ArrayBuffer",
          "SharedArrayBuffer",
          "DataView",
          "Int8Array",
          "Uint8Array",
          "Uint8ClampedArray",
          "Int16Array",
          "Uint16Array",
          "Int32Array",
          "Uint32Array",
          "Float32Array",
          "Float64Array",
          "BigInt64Array",
          "BigUint64Array",
          "Atomics",
          "Function",
          "globalThis",
          "this",
          "escape",
          "unescape",
          "Iterator",
          "AggregateError",
          "Temporal");
  private static final Set<String> METHODS =
      Set.of(
          "localeCompare",
          "normalize",
          "matchAll",
          "toLocaleDateString",
          "toLocaleTimeString",
          "toLocaleString",
          "toLocaleUpperCase",
          "toLocaleLowerCase",
          "getPrototypeOf",
          "setPrototypeOf",
          "defineProperty",
          "defineProperties",
          "create",
          "getOwnPropertyDescriptor",
          "getOwnPropertyDescriptors",
          "getOwnPropertySymbols",
          "seal",
          "isSealed",
          "preventExtensions",
          "isExtensible",
          "copyWithin",
          "toSorted",
          "toReversed",
          "toSpliced",
          "with",
          "trimLeft",
          "trimRight",
          "getYear",
          "setYear",
          "toGMTString",
          "raw",
          "fromCodePoint",
          "groupBy",
          "next",
          "isWellFormed",
          "toWellFormed",
          "compile",
          "anchor",
          "big",
          "bold",
          "fontcolor",
          "link",
          "isPrototypeOf",
          "f16round",
          "toSource");
  private static final Set<String> MEMBERS =
      Set.of(
          "prototype",
          "constructor",
          "__proto__",
          "__defineGetter__",
          "__defineSetter__",
          "__lookupGetter__",
          "__lookupSetter__",
          "toJSON");

  private JavaScriptVocabulary() {}

  static Vocabulary taken() {
    return new Vocabulary(
        name -> !GLOBALS.contains(name),
        name -> !METHODS.contains(name) || name.equals("toJSON"),
        name -> !MEMBERS.contains(name));
  }
}
