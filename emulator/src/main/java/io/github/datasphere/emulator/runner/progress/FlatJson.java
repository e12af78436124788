package io.github.datasphere.emulator.runner.progress;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a JSON object of strings, numbers and words that stands in the middle of other text. */
final class FlatJson {
  private final String text;
  private int at;

  private FlatJson(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /**
   * Returns the fields of the object that begins at {@code at}; empty if it is incomplete, not JSON
   * or contains other objects.
   */
  static Optional<Map<String, String>> parse(String text, int at) {
    try {
      return Optional.of(new FlatJson(text, at).object());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Map<String, String> object() {
    var fields = new HashMap<String, String>();
    expect('{');
    if (peek() == '}') {
      return fields;
    }
    do {
      var name = quoted();
      expect(':');
      fields.put(name, peek() == '"' ? quoted() : word());
    } while (isNext(','));
    expect('}');
    return fields;
  }

  private String quoted() {
    expect('"');
    var value = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      value.append(c == '\\' ? escaped() : c);
    }
    return value.toString();
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> (char) Integer.parseInt("" + next() + next() + next() + next(), 16);
      default -> c;
    };
  }

  private String word() {
    peek();
    int begin = at;
    while (at < text.length() && ",}\n\r\t ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (at == begin) {
      throw new IllegalArgumentException("no value at " + at);
    }
    return text.substring(begin, at);
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw new IllegalArgumentException("no " + wanted + " at " + at);
    }
    at++;
  }

  private boolean isNext(char wanted) {
    boolean found = peek() == wanted;
    if (found) {
      at++;
    }
    return found;
  }

  /** Returns the next character that is not blank. */
  private char peek() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      throw new IllegalArgumentException("the object is not complete");
    }
    return text.charAt(at);
  }

  private char next() {
    if (at == text.length()) {
      throw new IllegalArgumentException("the object is not complete");
    }
    return text.charAt(at++);
  }
}
