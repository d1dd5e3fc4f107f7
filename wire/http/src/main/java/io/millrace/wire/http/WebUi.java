package io.millrace.wire.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Optional;

/// Serves the built web UI from the class path.
///
/// A path without a file shows `index.html`, whose router knows the page. Files under `assets/`
/// carry a hash in their names and are cached for a year; everything else is asked for again each
/// time and answered 304 while unchanged.
public final class WebUi {
  private static final String INDEX = "index.html";
  // maps and workers are built at run time (blob:); the realtime database is on another port
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; script-src 'self' blob:; worker-src 'self' blob:; "
          + "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
          + "connect-src 'self' http: https: ws: wss:; object-src 'none'; base-uri 'self'; "
          + "frame-ancestors 'self'";

  private final UiFiles files;

  private WebUi(UiFiles files) {
    this.files = files;
  }

  /// Adds the UI's routes after all others; `/api/…` stays the API's.
  public static void mount(Router router, BlockingHandlers blocking) {
    mount(router, blocking, "META-INF/ui/");
  }

  static void mount(Router router, BlockingHandlers blocking, String folder) {
    var ui = new WebUi(new UiFiles(folder));
    router.route(HttpMethod.GET, "/*").last().handler(blocking.of(ui::serve));
    router.route(HttpMethod.HEAD, "/*").last().handler(blocking.of(ui::serve));
  }

  private void serve(RoutingContext context) throws IOException {
    var path = context.normalizedPath().substring(1);
    if (path.startsWith("api/") || path.contains("..") || path.indexOf('\\') >= 0) {
      throw HttpError.notFound("No such path: " + context.request().path());
    }
    var encodings = context.request().getHeader("Accept-Encoding");
    var file = file(path, encodings == null ? "" : encodings);
    if (file.isEmpty()) {
      throw HttpError.notFound(
          path.isEmpty() ? "This build has no web UI" : "No such path: /" + path);
    }
    send(context, file.get());
  }

  private Optional<UiFiles.UiFile> file(String path, String encodings) throws IOException {
    if (!path.isEmpty()) {
      var found = files.find(path, encodings);
      if (found.isPresent() || isFileName(path)) {
        return found;
      }
    }
    return files.find(INDEX, encodings);
  }

  private static boolean isFileName(String path) {
    return path.startsWith("assets/") || path.indexOf('.', path.lastIndexOf('/') + 1) >= 0;
  }

  private static void send(RoutingContext context, UiFiles.UiFile file) {
    var response = context.response();
    response.putHeader("Cache-Control", file.cacheControl());
    response.putHeader("ETag", file.tag());
    response.putHeader("Vary", "Accept-Encoding");
    if (file.tag().equals(context.request().getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader("Content-Type", file.contentType());
    response.putHeader("Content-Encoding", file.encoding());
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    if (HttpMethod.HEAD.equals(context.request().method())) {
      response.putHeader("Content-Length", Integer.toString(file.content().length())).end();
    } else {
      response.end(file.content());
    }
  }
}
