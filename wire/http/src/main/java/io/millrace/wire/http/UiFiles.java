package io.millrace.wire.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The files of the web UI on the class path, read once each.
///
/// Beside `x.js` the build may have put `x.js.br` and `x.js.gz`; they are preferred for clients
/// that take them. Only what exists is remembered, so memory is bounded by the build.
final class UiFiles {
  private static final Map<String, String> CONTENT_TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"), // a worker needs exactly this
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("pbf", "application/x-protobuf"));

  /// A file as it goes out.
  record UiFile(String name, String encoding, Buffer content, String tag) {
    String contentType() {
      var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      return CONTENT_TYPES.getOrDefault(ending, "application/octet-stream");
    }

    String cacheControl() {
      return name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    }
  }

  private final String folder;
  private final Map<String, UiFile> read = new ConcurrentHashMap<>();

  UiFiles(String folder) {
    this.folder = folder;
  }

  /// @param name path below the folder, without `..`
  /// @param acceptEncoding the request's header, or empty
  Optional<UiFile> find(String name, String acceptEncoding) throws IOException {
    if (acceptEncoding.contains("br")) {
      var brotli = stored(name, ".br", "br");
      if (brotli != null) {
        return Optional.of(brotli);
      }
    }
    if (acceptEncoding.contains("gzip")) {
      var gzip = stored(name, ".gz", "gzip");
      if (gzip != null) {
        return Optional.of(gzip);
      }
    }
    return Optional.ofNullable(stored(name, "", "identity"));
  }

  private @Nullable UiFile stored(String name, String ending, String encoding) throws IOException {
    var known = read.get(name + ending);
    if (known != null) {
      return known;
    }
    try (var stream = UiFiles.class.getClassLoader().getResourceAsStream(folder + name + ending)) {
      if (stream == null || name.endsWith("/")) {
        return null;
      }
      var bytes = stream.readAllBytes();
      var file = new UiFile(name, encoding, Buffer.buffer(bytes), tag(bytes));
      read.put(name + ending, file);
      return file;
    }
  }

  private static String tag(byte[] bytes) {
    var sum = new CRC32C();
    sum.update(bytes);
    return "\"%x-%x\"".formatted(bytes.length, sum.getValue());
  }
}
