package io.millrace.app;

import io.millrace.wire.mosquitto.PasswordFileEditor;
import io.millrace.wire.mosquitto.PasswordHashes;
import java.io.Console;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millrace passwd`: edits password files, with `mosquitto_passwd`'s flags.
@Command(
    name = "passwd",
    description = "Adds, changes and removes users of a Mosquitto password file.",
    abbreviateSynopsis = true)
final class PasswdCommand implements Callable<Integer> {
  @Option(names = "-c", description = "Start a new file; one that is there is overwritten.")
  private boolean create;

  @Option(
      names = "-b",
      description = "The password stands on the command line (visible to others).")
  private boolean batch;

  @Option(names = "-D", description = "Remove the user.")
  private boolean delete;

  @Option(names = "-U", description = "Hash every plain password of the file.")
  private boolean update;

  @Option(
      names = "-H",
      defaultValue = "sha512-pbkdf2",
      description =
          "Hash: sha512-pbkdf2, argon2id, sha512 or scram-sha-256 (default: ${DEFAULT-VALUE}).")
  private String hash = "sha512-pbkdf2";

  @Option(
      names = "-I",
      defaultValue = "" + PasswordHashes.PBKDF2_ITERATIONS,
      description = "Iterations of sha512-pbkdf2 (default: ${DEFAULT-VALUE}).")
  private int iterations;

  @Option(names = "--help", usageHelp = true, description = "Shows this help.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  @Parameters(index = "0", paramLabel = "FILE", description = "The password file.")
  private Path file = Path.of("passwd");

  @Parameters(index = "1", arity = "0..1", paramLabel = "USER", description = "The user name.")
  private @Nullable String user;

  @Parameters(index = "2", arity = "0..1", paramLabel = "PASSWORD", description = "With -b.")
  private @Nullable String password;

  @Override
  public Integer call() {
    var editor = new PasswordFileEditor(file);
    if (update) {
      System.out.printf("%d passwords hashed%n", editor.hashPlain(hashes()::of));
      return 0;
    }
    if (user == null) {
      throw new IllegalArgumentException("passwd needs FILE and USER; -U needs FILE alone");
    }
    if (delete) {
      return delete(editor, user);
    }
    var secret = password();
    if (create) {
      editor.create();
    }
    System.out.printf(editor.put(user, hashes().of(secret)) ? "Updated %s%n" : "Added %s%n", user);
    return 0;
  }

  private int delete(PasswordFileEditor editor, String name) {
    if (create || batch) {
      throw new IllegalArgumentException("-D goes with neither -c nor -b");
    }
    if (!editor.remove(name)) {
      System.err.printf("There is no user %s in %s%n", name, file);
      return 1;
    }
    return 0;
  }

  private String password() {
    if (batch) {
      if (password == null || password.isEmpty()) {
        throw new IllegalArgumentException("-b needs the password behind the user name");
      }
      return password;
    }
    if (password != null) {
      throw new IllegalArgumentException("A password on the command line needs -b");
    }
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .map(PasswdCommand::ask)
        .orElseThrow(
            () ->
                new IllegalArgumentException("There is no terminal to ask for a password; use -b"));
  }

  private static String ask(Console console) {
    var first = console.readPassword("Password: ");
    var second = console.readPassword("Reenter password: ");
    try {
      if (first == null || first.length == 0) {
        throw new IllegalArgumentException("An empty password is not taken");
      }
      if (!Arrays.equals(first, second)) {
        throw new IllegalArgumentException("The passwords differ; nothing was changed");
      }
      return new String(first);
    } finally {
      if (first != null) {
        Arrays.fill(first, ' ');
      }
      if (second != null) {
        Arrays.fill(second, ' ');
      }
    }
  }

  private PasswordHashes hashes() {
    return new PasswordHashes(hash, iterations, new SecureRandom());
  }
}
