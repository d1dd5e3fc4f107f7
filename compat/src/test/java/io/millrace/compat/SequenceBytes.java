package io.millrace.compat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/// The byte notation of the packet sequences: hex words, `H10`, `L4`, `i1`, `v5`, `'text'`.
final class SequenceBytes {
  private final String text;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int at;

  private SequenceBytes(String text) {
    this.text = text;
  }

  static byte[] parse(String text) {
    return new SequenceBytes(text).parse();
  }

  private byte[] parse() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ') {
        at++;
      } else if (c == '\'') {
        quoted();
      } else {
        word();
      }
    }
    return out.toByteArray();
  }

  private void quoted() {
    int end = text.indexOf('\'', at + 1);
    out.writeBytes(text.substring(at + 1, end).getBytes(UTF_8));
    at = end + 1;
  }

  private void word() {
    int end = at;
    while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != '\'') {
      end++;
    }
    var word = text.substring(at, end);
    at = end;
    switch (word.charAt(0)) {
      case 'i' -> number(word, 1);
      case 'H', 'k', 'm', 's' -> number(word, 2);
      case 'L' -> number(word, 4);
      case 'v', 'r' -> variable(Long.parseLong(word.substring(1)));
      default -> hex(word);
    }
  }

  private void number(String word, int bytes) {
    long value = Long.parseLong(word.substring(1));
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write((int) (value >> shift));
    }
  }

  private void variable(long value) {
    long rest = value;
    while (rest >= 128) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>= 7;
    }
    out.write((int) rest);
  }

  private void hex(String word) {
    for (int i = 0; i < word.length(); i += 2) {
      out.write(Integer.parseInt(word, i, i + 2, 16));
    }
  }
}
