package dev.isthmus.client.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one JSON value (RFC 8259) from hostile bytes. Beyond the grammar it refuses what two parsers may read differently:
 * duplicate names, invalid UTF-8, a byte order mark, lone surrogates, numbers that overflow, and whole numbers that a
 * float64 would change. Values are {@code Map}, {@code List}, {@code String}, {@code Double}, {@code Boolean} and
 * {@code null}.
 */
final class StrictJson {
  /** Deepest nesting that is ever accepted. */
  static final int MAX_DEPTH = 64;

  private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final double MAX_SAFE_INTEGER = 9007199254740991.0;
  private static final Object END = new Object();

  private final String text;
  private final int maxDepth;
  private int position;

  private StrictJson(String text, int maxDepth) {
    this.text = text;
    this.maxDepth = maxDepth;
  }

  static Object parse(byte[] bytes, int maxBytes, int maxDepth) {
    if (bytes.length > maxBytes) {
      throw invalid("the JSON has " + bytes.length + " bytes, more than " + maxBytes);
    }
    StrictJson parser = new StrictJson(Codec.text(bytes, ProofErrorCode.JSON_INVALID), maxDepth);
    Object value = parser.value(0);
    parser.skipSpace();
    if (parser.position != parser.text.length()) throw parser.failure("something follows the value");
    return value;
  }

  /** As {@link #parse}, and refuses bytes that are not the canonical form of their value. */
  static Object parseCanonical(byte[] bytes, int maxBytes) {
    Object value = parse(bytes, maxBytes, MAX_DEPTH);
    if (!java.util.Arrays.equals(CanonicalJson.encode(value), bytes)) {
      throw invalid("the JSON is not in its canonical form (RFC 8785)");
    }
    return value;
  }

  private Object value(int depth) {
    skipSpace();
    if (position == text.length()) throw failure("expected a value");
    switch (text.charAt(position)) {
      case '{':
        return object(depth);
      case '[':
        return array(depth);
      case '"':
        return string();
      default:
        Object literal = literal();
        return literal == END ? number() : literal;
    }
  }

  private Object literal() {
    if (word("true")) return true;
    if (word("false")) return false;
    return word("null") ? null : END;
  }

  private boolean word(String word) {
    if (!text.startsWith(word, position)) return false;
    position += word.length();
    return true;
  }

  private Map<String, Object> object(int depth) {
    enter(depth);
    Map<String, Object> object = new LinkedHashMap<>();
    if (accept('}')) return object;
    do {
      skipSpace();
      String name = string();
      if (object.containsKey(name)) throw failure("the name \"" + name + "\" appears twice");
      if (!accept(':')) throw failure("expected \":\"");
      object.put(name, value(depth + 1));
    } while (accept(','));
    if (!accept('}')) throw failure("expected \",\" or \"}\"");
    return object;
  }

  private List<Object> array(int depth) {
    enter(depth);
    List<Object> array = new ArrayList<>();
    if (accept(']')) return array;
    do array.add(value(depth + 1));
    while (accept(','));
    if (!accept(']')) throw failure("expected \",\" or \"]\"");
    return array;
  }

  private String string() {
    if (position == text.length() || text.charAt(position) != '"') throw failure("expected a string");
    position++;
    StringBuilder value = new StringBuilder();
    while (true) {
      if (position == text.length()) throw failure("a string has no end");
      char c = text.charAt(position++);
      if (c == '"') break;
      if (c < 0x20) throw failure("a string holds a control character");
      value.append(c == '\\' ? escaped() : c);
    }
    String string = value.toString();
    if (string.codePoints().anyMatch(point -> point >= 0xd800 && point <= 0xdfff)) {
      throw failure("a string holds a lone surrogate");
    }
    return string;
  }

  private char escaped() {
    if (position == text.length()) throw failure("a string has no end");
    char c = text.charAt(position++);
    switch (c) {
      case '"', '\\', '/':
        return c;
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        if (position + 4 > text.length()) throw failure("a string has no end");
        String digits = text.substring(position, position + 4);
        if (!digits.matches("[0-9a-fA-F]{4}")) throw failure("expected four hexadecimal digits");
        position += 4;
        return (char) Integer.parseInt(digits, 16);
      default:
        throw failure("a string holds an unknown escape");
    }
  }

  private Double number() {
    Matcher token = NUMBER.matcher(text).region(position, text.length());
    if (!token.lookingAt()) throw failure("expected a value");
    position = token.end();
    double value = Double.parseDouble(token.group());
    if (Double.isInfinite(value)) throw failure("a number overflows");
    boolean whole = token.group(1) == null && token.group(2) == null;
    if (whole && Math.abs(value) > MAX_SAFE_INTEGER && !CanonicalJson.number(value).equals(token.group())) {
      throw failure("a whole number is not one that a float64 holds");
    }
    return value;
  }

  private void enter(int depth) {
    if (depth >= maxDepth) throw failure("nested deeper than " + maxDepth);
    position++;
  }

  private boolean accept(char expected) {
    skipSpace();
    if (position == text.length() || text.charAt(position) != expected) return false;
    position++;
    return true;
  }

  private void skipSpace() {
    while (position < text.length() && " \t\n\r".indexOf(text.charAt(position)) >= 0) position++;
  }

  private ProofException failure(String problem) {
    return invalid("JSON, character " + position + ": " + problem);
  }

  private static ProofException invalid(String problem) {
    return new ProofException(ProofErrorCode.JSON_INVALID, problem);
  }
}
