package io.millrace.app;

import io.millrace.base.json.Json;
import io.millrace.base.json.JsonArray;
import io.millrace.base.json.JsonLong;
import io.millrace.base.json.JsonObject;
import io.millrace.base.json.JsonValue;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// A backup: one zip file with the files of a snapshot and `manifest.json`, which has the length
/// and SHA-256 of each. Drawn in `docs/formats/backup.md`.
final class BackupFile {
  private static final String MANIFEST = "manifest.json";
  private static final long FORMAT = 1;
  private static final int BUFFER = 1 << 16;

  private BackupFile() {}

  /// Packs a directory. The file appears under its name when it is complete and on the disk.
  static void pack(Path directory, Path file, String version, long nowMs, Progress progress)
      throws IOException {
    var draft = draft(file);
    var names = files(directory);
    progress.begin(bytes(directory, names));
    var entries = new ArrayList<JsonValue>();
    try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)))) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (var name : names) {
        entries.add(add(zip, directory, name, progress));
      }
      var manifest =
          JsonObject.builder()
              .put("millraceBackup", FORMAT)
              .put("version", version)
              .put("createdTime", nowMs)
              .put("files", new JsonArray(entries))
              .build();
      zip.putNextEntry(new ZipEntry(MANIFEST));
      zip.write(manifest.toString().getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
    sync(draft);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    progress.end();
  }

  /// What a backup is called until it is complete.
  static Path draft(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  private static JsonObject add(ZipOutputStream zip, Path directory, String name, Progress progress)
      throws IOException {
    var digest = sha256();
    long bytes;
    zip.putNextEntry(new ZipEntry(name));
    try (var in = Files.newInputStream(directory.resolve(name))) {
      bytes = copy(in, zip, digest, progress);
    }
    zip.closeEntry();
    return JsonObject.builder()
        .put("path", name)
        .put("bytes", bytes)
        .put("sha256", HexFormat.of().formatHex(digest.digest()))
        .build();
  }

  /// Unpacks into an empty directory and compares every length and checksum.
  ///
  /// @throws IOException naming what is wrong; what was unpacked is left there
  static void unpack(Path file, Path directory, Progress progress) throws IOException {
    try (var zip = new ZipFile(file.toFile())) {
      var listed = manifest(zip, file);
      progress.begin(listed.stream().mapToLong(Listed::bytes).sum());
      for (var one : listed) {
        unpack(zip, one, directory, file, progress);
      }
      progress.end();
    } catch (ZipException | EOFException e) {
      throw new IOException(
          "%s is no backup, or is cut off or damaged: %s".formatted(file, e.getMessage()), e);
    }
  }

  private record Listed(String path, long bytes, String sha256) {}

  private static List<Listed> manifest(ZipFile zip, Path file) throws IOException {
    var entry = zip.getEntry(MANIFEST);
    if (entry == null) {
      throw new IOException(file + " is no backup of Millrace: it has no " + MANIFEST);
    }
    JsonObject manifest;
    try (var in = zip.getInputStream(entry)) {
      manifest = (JsonObject) Json.parse(in.readAllBytes());
    } catch (io.millrace.base.json.JsonSyntaxException | ClassCastException e) {
      throw new IOException("The %s of %s is damaged".formatted(MANIFEST, file), e);
    }
    if (!new JsonLong(FORMAT).equals(manifest.get("millraceBackup"))) {
      throw new IOException(
          "%s has format %s; this version reads %d. Use the Millrace that wrote it."
              .formatted(file, manifest.get("millraceBackup"), FORMAT));
    }
    var listed = new ArrayList<Listed>();
    if (manifest.get("files") instanceof JsonArray files) {
      for (var each : files.values()) {
        if (each instanceof JsonObject one && one.get("bytes") instanceof JsonLong(long bytes)) {
          listed.add(new Listed(one.text("path", ""), bytes, one.text("sha256", "")));
        }
      }
    }
    return listed;
  }

  private static void unpack(ZipFile zip, Listed one, Path directory, Path file, Progress progress)
      throws IOException {
    var target = directory.resolve(one.path).normalize();
    if (!target.startsWith(directory.normalize()) || target.equals(directory)) {
      throw new IOException("%s names a file outside: %s".formatted(file, one.path));
    }
    var entry = zip.getEntry(one.path);
    if (entry == null) {
      throw new IOException("%s lacks %s".formatted(file, one.path));
    }
    Files.createDirectories(target.getParent());
    var digest = sha256();
    long bytes;
    try (var in = zip.getInputStream(entry);
        var out = Files.newOutputStream(target)) {
      bytes = copy(in, out, digest, progress);
    }
    if (bytes != one.bytes || !HexFormat.of().formatHex(digest.digest()).equals(one.sha256)) {
      throw new IOException("%s in %s is damaged: its checksum is wrong".formatted(one.path, file));
    }
    sync(target);
  }

  private static long copy(
      InputStream in, OutputStream out, MessageDigest digest, Progress progress)
      throws IOException {
    var buffer = new byte[BUFFER];
    long bytes = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      digest.update(buffer, 0, read);
      progress.add(read);
      bytes += read;
    }
    return bytes;
  }

  private static List<String> files(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  private static long bytes(Path directory, List<String> names) throws IOException {
    long sum = 0;
    for (var name : names) {
      sum += Files.size(directory.resolve(name));
    }
    return sum;
  }

  private static void sync(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Java without SHA-256", e);
    }
  }
}
