package io.millrace.wire.mosquitto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Password files, beside Mosquitto's own tool.
class PasswordFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sha512", "sha512-pbkdf2"})
  void whatMosquittoPasswdWritesIsUnderstood(String algorithm) throws Exception {
    var file = folder.resolve("passwd");
    mosquittoPasswd("-H", algorithm, "-c", "-b", file.toString(), "jo", "s3cret ü");
    var hash = parse(file).of("jo").orElseThrow();
    assertThat(hash.matches("s3cret ü".getBytes(UTF_8))).isTrue();
    assertThat(hash.matches("s3cret".getBytes(UTF_8))).isFalse();
    assertThat(hash.matches(new byte[0])).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha512", "sha512-pbkdf2", "argon2id", "scram-sha-256"})
  void whatWeWriteIsUnderstoodByUs(String algorithm) {
    var hash = new PasswordHashes(algorithm, 101, new SecureRandom()).of("open sesame");
    var parsed = PasswordHash.parse(hash);
    assertThat(parsed.text()).isEqualTo(hash);
    assertThat(parsed.matches("open sesame".getBytes(UTF_8))).isTrue();
    assertThat(parsed.matches("open Sesame".getBytes(UTF_8))).isFalse();
  }

  /// The reference implementation's own example: argon2 with `somesalt`, 2 passes, 64 MB.
  @Test
  void argon2OfOthersIsUnderstood() {
    var hash =
        PasswordHash.parse(
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
    assertThat(hash.matches("password".getBytes(UTF_8))).isTrue();
    assertThat(hash.matches("Password".getBytes(UTF_8))).isFalse();
  }

  @Test
  void theEditorChangesOneUserAndLeavesTheRest() throws IOException {
    var file = Files.writeString(folder.resolve("passwd"), "# mine\nann:$6$a$b\nbob:$6$c$d\n");
    var editor = new PasswordFileEditor(file);
    assertThat(editor.put("ann", "$6$x$y")).isTrue();
    assertThat(editor.put("eve", "$6$e$e")).isFalse();
    assertThat(editor.remove("bob")).isTrue();
    assertThat(editor.remove("bob")).isFalse();
    assertThat(Files.readAllLines(file)).containsExactly("# mine", "ann:$6$x$y", "eve:$6$e$e");
    assertThatThrownBy(() -> editor.put("a:b", "x")).hasMessageContaining("nor hold a colon");
  }

  @Test
  void plainPasswordsAreHashedInPlace() throws IOException {
    var file = Files.writeString(folder.resolve("passwd"), "ann:plain\nbob:$6$YQ==$Yg==\n");
    assertThatThrownBy(() -> parse(file))
        .hasMessageContaining("passwd, line 1: the password of 'ann' stands there in plain text")
        .hasMessageContaining("millrace passwd -U " + file);
    var hashes = new PasswordHashes("sha512-pbkdf2", 101, new SecureRandom());
    assertThat(new PasswordFileEditor(file).hashPlain(hashes::of)).isEqualTo(1);
    assertThat(parse(file).of("ann").orElseThrow().matches("plain".getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secret                 | line 1: 'sec…' is not name:hash",
        "a:$6$x                 | the password of 'a' has a damaged hash",
        "a:$7$0$YQ==$YQ==       | the password of 'a' has 0 iterations",
        "a:$7$many$YQ==$YQ==    | the password of 'a' has a damaged hash",
        "a:$6$!!$YQ==           | the password of 'a' has a damaged hash",
        "a:$9$x$y               | or one of an unknown kind"
      })
  void aBadLineIsNamedWithTheCure(String line, String message) throws IOException {
    var file = Files.writeString(folder.resolve("passwd"), line.strip() + "\n");
    assertThatThrownBy(() -> parse(file))
        .isInstanceOf(FileFault.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatBecomesBadLeavesTheOldOneInForce() throws IOException {
    var file = Files.writeString(folder.resolve("passwd"), "ann:$6$YQ==$Yg==\n");
    var watched = new WatchedFile<>(file, PasswordFile::parse);
    Files.writeString(file, "nonsense");
    watched.reload();
    assertThat(watched.current().users()).containsOnlyKeys("ann");
    Files.writeString(file, "bob:$6$YQ==$Yg==\n");
    watched.reloadIfChanged();
    assertThat(watched.current().users()).containsOnlyKeys("bob");
  }

  private static PasswordFile parse(Path file) {
    return PasswordFile.parse(file, WatchedFile.lines(file));
  }

  private static void mosquittoPasswd(String... arguments) throws Exception {
    var line = new java.util.ArrayList<>(List.of("mosquitto_passwd"));
    line.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).isZero();
  }
}
