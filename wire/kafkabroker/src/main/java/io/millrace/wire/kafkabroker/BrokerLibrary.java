package io.millrace.wire.kafkabroker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where Kafka's jars are: in the folder `kafka` beside this room's jar, or listed in
/// `kafka.classpath` beside it, as the build leaves it for tests.
final class BrokerLibrary {
  private BrokerLibrary() {}

  static URL[] find() {
    var own = own();
    var files = new ArrayList<Path>();
    files.add(own);
    var folder = own.resolveSibling("kafka");
    var list = own.resolveSibling("kafka.classpath");
    try {
      if (Files.isDirectory(folder)) {
        try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
          jars.forEach(files::add);
        }
      } else if (Files.isRegularFile(list)) {
        var names = Files.readString(list).strip().split(File.pathSeparator);
        Arrays.stream(names).map(Path::of).forEach(files::add);
      } else {
        throw new IllegalStateException(
            "Kafka's jars are not in %s; build again with ./millrace build".formatted(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    }
    return urls(files);
  }

  private static Path own() {
    try {
      return Path.of(
          BrokerLibrary.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The place of this room is no path", e);
    }
  }

  private static URL[] urls(List<Path> files) {
    var urls = new URL[files.size()];
    try {
      for (int i = 0; i < urls.length; i++) {
        urls[i] = files.get(i).toUri().toURL();
      }
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
    return urls;
  }
}
