package dev.isthmus.client.proof;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Canonical JSON (RFC 8785): no spaces, members in ascending order of their names' UTF-16 code units, numbers as
 * ECMAScript prints them. Takes the values that {@link StrictJson} makes.
 */
final class CanonicalJson {
  /** Significant digits that tell any two float64 apart. */
  private static final int MAX_DIGITS = 17;

  private CanonicalJson() {}

  static byte[] encode(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return Codec.utf8(out.toString(), ProofErrorCode.JSON_INVALID);
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> object) {
      String separator = "{";
      // The order of String.compareTo is that of UTF-16 code units.
      for (Map.Entry<?, ?> member : new TreeMap<>(object).entrySet()) {
        out.append(separator);
        quote((String) member.getKey(), out);
        out.append(':');
        write(member.getValue(), out);
        separator = ",";
      }
      out.append(object.isEmpty() ? "{}" : "}");
    } else if (value instanceof List<?> array) {
      out.append('[');
      for (int i = 0; i < array.size(); i++) {
        if (i > 0) out.append(',');
        write(array.get(i), out);
      }
      out.append(']');
    } else if (value instanceof String text) {
      quote(text, out);
    } else if (value instanceof Double number) {
      out.append(number(number));
    } else {
      out.append(value);
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) out.append(String.format("\\u%04x", (int) c));
          else out.append(c);
        }
      }
    }
    out.append('"');
  }

  /** ECMA-262, Number::toString: the fewest digits that read back as the same float64, the closest of those. */
  static String number(double value) {
    if (value == 0) return "0";
    if (value < 0) return "-" + number(-value);
    BigDecimal shortest = shortest(value);
    String digits = shortest.unscaledValue().toString();
    // value = 0.digits × 10^exponent
    int exponent = digits.length() - shortest.scale();
    if (exponent > 0 && exponent <= 21) {
      return digits.length() <= exponent
          ? digits + "0".repeat(exponent - digits.length())
          : digits.substring(0, exponent) + "." + digits.substring(exponent);
    }
    if (exponent > -6 && exponent <= 0) return "0." + "0".repeat(-exponent) + digits;
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa + "e" + (exponent > 0 ? "+" : "-") + Math.abs(exponent - 1);
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MAX_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) return rounded.stripTrailingZeros();
    }
    return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }
}
