package io.github.datasphere.emulator.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * JSON values: {@link Map} with its fields in order, {@link List}, {@link String}, {@link Boolean},
 * and numbers as {@link Literal}. There is no null: what is absent is left out, and a field that is
 * null is read as absent.
 */
public final class SessionJson {
  private static final int DEEPEST = 200;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  /** Is read for null. */
  private static final Object ABSENT = new Object();

  private final String text;
  private int at;
  private int depth;

  private SessionJson(String text) {
    this.text = text;
  }

  /** A number as it is written, so that none is rounded. */
  public record Literal(String digits) {
    static Literal of(long number) {
      return new Literal(Long.toString(number));
    }

    @Override
    public String toString() {
      return digits;
    }
  }

  /**
   * Reads one value.
   *
   * @throws SessionException if the text is not one JSON value
   */
  public static Object parse(String text) {
    var json = new SessionJson(text);
    var value = json.value();
    json.skipBlanks();
    if (value == ABSENT) {
      throw json.failure("null is no value");
    }
    if (json.at < text.length()) {
      throw json.failure("something follows the value");
    }
    return value;
  }

  /**
   * Reads one object.
   *
   * @throws SessionException if the text is not one JSON object
   */
  public static Map<String, Object> parseObject(String text) {
    return object(parse(text), "it");
  }

  /** Returns the value as an object; {@code what} names it in the exception. */
  @SuppressWarnings("unchecked") // objects are made here alone
  public static Map<String, Object> object(Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new SessionException(what + " is not a JSON object");
  }

  /** Returns the value as a list; {@code what} names it in the exception. */
  @SuppressWarnings("unchecked") // lists are made here alone
  public static List<Object> list(Object value, String what) {
    if (value instanceof List<?> list) {
      return (List<Object>) list;
    }
    throw new SessionException(what + " is not a JSON list");
  }

  /** Writes a value on one line, with a blank after each colon and comma. */
  public static String write(Object value) {
    var out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      var separator = "{";
      for (var field : map.entrySet()) {
        out.append(separator);
        quote(String.valueOf(field.getKey()), out);
        out.append(": ");
        write(field.getValue(), out);
        separator = ", ";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      var separator = "[";
      for (var item : list) {
        out.append(separator);
        write(item, out);
        separator = ", ";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof String string) {
      quote(string, out);
    } else {
      out.append(value);
    }
  }

  private static void quote(String string, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private Object value() {
    skipBlanks();
    return switch (peek()) {
      case '{' -> fields();
      case '[' -> items();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", ABSENT);
      default -> number();
    };
  }

  private Map<String, Object> fields() {
    var fields = new LinkedHashMap<String, Object>();
    enter();
    skipBlanks();
    for (boolean isFirst = true; peek() != '}'; isFirst = false) {
      if (!isFirst) {
        expect(',');
        skipBlanks();
      }
      var name = string();
      skipBlanks();
      expect(':');
      var value = value();
      if (value != ABSENT && fields.put(name, value) != null) {
        throw failure("the field \"" + name + "\" stands there twice");
      }
      skipBlanks();
    }
    leave();
    return fields;
  }

  private List<Object> items() {
    var items = new ArrayList<>();
    enter();
    skipBlanks();
    while (peek() != ']') {
      if (!items.isEmpty()) {
        expect(',');
      }
      var value = value();
      if (value == ABSENT) {
        throw failure("a list holds null");
      }
      items.add(value);
      skipBlanks();
    }
    leave();
    return items;
  }

  private void enter() {
    at++;
    if (++depth > DEEPEST) {
      throw failure("it is nested too deeply");
    }
  }

  private void leave() {
    at++;
    depth--;
  }

  private String string() {
    expect('"');
    int begin = at;
    skipPlain();
    if (peek() == '"') {
      return text.substring(begin, at++);
    }
    var string = new StringBuilder().append(text, begin, at);
    while (peek() != '"') {
      at++;
      string.append(escaped());
      int plain = at;
      skipPlain();
      string.append(text, plain, at);
    }
    at++;
    return string.toString();
  }

  /** Goes on to the next quotation mark or escape, or to the end: most texts have long runs. */
  private void skipPlain() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' || c == '\\') {
        return;
      }
      at++;
      if (c < ' ') {
        throw failure("a control character stands in a text");
      }
    }
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> hexadecimal();
      default -> throw failure("\\" + c + " is no escape of JSON");
    };
  }

  private char hexadecimal() {
    if (at + 4 > text.length()) {
      throw failure("the text ends within a \\u escape");
    }
    try {
      char c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
      at += 4;
      return c;
    } catch (NumberFormatException e) {
      throw failure("\\u is not followed by four hexadecimal digits");
    }
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw failure("no JSON value begins here");
    }
    at += word.length();
    return value;
  }

  private Literal number() {
    int begin = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    var digits = text.substring(begin, at);
    if (!NUMBER.matcher(digits).matches()) {
      at = begin;
      throw failure("no JSON value begins here");
    }
    return new Literal(digits);
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw failure("a " + wanted + " is missing");
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw failure("it ends too early");
    }
    return text.charAt(at);
  }

  private SessionException failure(String what) {
    return new SessionException("this is not JSON: " + what + ", at column " + (at + 1));
  }
}
