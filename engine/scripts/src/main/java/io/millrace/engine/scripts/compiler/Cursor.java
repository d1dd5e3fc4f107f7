package io.millrace.engine.scripts.compiler;

import io.millrace.engine.scripts.compiler.Expression.Name;
import io.millrace.engine.scripts.compiler.Token.Kind;

/// The place in the script where a parser stands, and how deep it is nested there.
final class Cursor {
  private static final int DEPTH_MAX = 120;

  private final Lexer lexer;
  private Token token;
  private int depth;
  private int previousEnd;

  Cursor(String source) {
    this.lexer = new Lexer(source);
    this.token = lexer.next();
  }

  Token token() {
    return token;
  }

  Lexer lexer() {
    return lexer;
  }

  int at() {
    return token.at();
  }

  int previousEnd() {
    return previousEnd;
  }

  /// Steps over the current token and returns it.
  Token take() {
    var taken = token;
    previousEnd = taken.end();
    token = lexer.next();
    return taken;
  }

  boolean is(String text) {
    return token.is(text);
  }

  boolean takeIf(String text) {
    if (!token.is(text)) {
      return false;
    }
    take();
    return true;
  }

  Token expect(String text) {
    if (!token.is(text)) {
      throw unexpected("'" + text + "' expected");
    }
    return take();
  }

  Name name() {
    if (!token.isName()) {
      throw unexpected("A name expected");
    }
    var taken = take();
    return new Name(taken.text(), taken.at());
  }

  /// The token after the current one, without moving.
  Token following() {
    lexer.moveTo(token.end());
    var next = lexer.next();
    lexer.moveTo(token.end());
    return next;
  }

  /// Reads the current token again as a regular expression.
  Token regex() {
    var regex = lexer.regex(token.at());
    previousEnd = regex.end();
    token = lexer.next();
    return regex;
  }

  /// The next piece of the template whose `${…}` ends at the current `}`.
  Token templateRest() {
    lexer.moveTo(token.end());
    return lexer.template(token.at());
  }

  /// Goes on behind a template piece: after the last one, or inside a `${`.
  boolean templateEnds() {
    boolean ends = lexer.templateEnds();
    token = lexer.next();
    return ends;
  }

  /// Whether the bracket at the current token is closed and followed by `text`.
  boolean bracketIsFollowedBy(String text) {
    try {
      lexer.moveTo(token.at());
      int open = 0;
      do {
        var each = lexer.next();
        if (each.kind() == Kind.END) {
          return false;
        }
        if (each.kind() == Kind.PUNCTUATOR) {
          open += "([{".contains(each.text()) ? 1 : ")]}".contains(each.text()) ? -1 : 0;
        }
      } while (open > 0);
      return lexer.next().is(text);
    } catch (SourceException e) {
      return false; // a quote inside a regular expression or a template: not an arrow's parameters
    } finally {
      lexer.moveTo(token.end());
    }
  }

  void enter() {
    if (++depth > DEPTH_MAX) {
      throw SourceException.syntax(
          "The script is nested deeper than " + DEPTH_MAX + " levels", token.text(), token.at());
    }
  }

  void leave() {
    depth--;
  }

  SourceException unexpected(String wanted) {
    return SourceException.syntax(
        wanted + " but found " + (token.kind() == Kind.END ? "the end" : "'" + token.text() + "'"),
        token.text(),
        token.at());
  }
}
