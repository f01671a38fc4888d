package dev.isthmus.client.proof;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A JSON object that is read member by member; everything that is not as expected is refused with one code. */
final class JsonFields {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final double MAX_SAFE_INTEGER = 9007199254740991.0;

  private final Map<?, ?> object;
  private final ProofErrorCode code;
  private final String path;

  JsonFields(Object value, ProofErrorCode code, String path) {
    this.code = code;
    this.path = path;
    if (!(value instanceof Map<?, ?> map)) throw new ProofException(code, path + ": expected an object");
    this.object = map;
  }

  /** Refuses members of other names. */
  JsonFields only(String... names) {
    Set<String> known = Set.of(names);
    for (Object name : object.keySet()) if (!known.contains(name)) throw failure((String) name, "is unknown");
    return this;
  }

  boolean has(String name) {
    return object.containsKey(name);
  }

  Object value(String name) {
    return object.get(name);
  }

  JsonFields object(String name) {
    return new JsonFields(value(name), code, path + "." + name);
  }

  List<?> array(String name) {
    if (value(name) instanceof List<?> array) return array;
    throw failure(name, "expected an array");
  }

  /** The objects of an array. */
  List<JsonFields> objects(String name) {
    List<?> array = array(name);
    return java.util.stream.IntStream.range(0, array.size())
        .mapToObj(i -> new JsonFields(array.get(i), code, path + "." + name + "[" + i + "]"))
        .toList();
  }

  /** Text of at most so many UTF-16 code units. */
  String text(String name, int minimum, int maximum) {
    if (value(name) instanceof String text && text.length() >= minimum && text.length() <= maximum) return text;
    throw failure(name, "expected text of " + minimum + " to " + maximum + " characters");
  }

  String text(String name, Pattern pattern) {
    if (value(name) instanceof String text && pattern.matcher(text).matches()) return text;
    throw failure(name, "expected text like " + pattern);
  }

  String sha256(String name) {
    return text(name, SHA256);
  }

  /** A digest in the form of in-toto. */
  String digest() {
    return object("digest").sha256("sha256");
  }

  String nullableSha256(String name) {
    return has(name) && value(name) == null ? null : sha256(name);
  }

  long integer(String name, long minimum, long maximum) {
    if (value(name) instanceof Double number
        && number == Math.rint(number)
        && Math.abs(number) <= MAX_SAFE_INTEGER
        && number >= minimum
        && number <= maximum) return number.longValue();
    throw failure(name, "expected a whole number from " + minimum + " to " + maximum);
  }

  /** A whole number up to the largest that a float64 holds with its neighbours. */
  long count(String name, long minimum) {
    return integer(name, minimum, (long) MAX_SAFE_INTEGER);
  }

  boolean truth(String name) {
    if (value(name) instanceof Boolean truth) return truth;
    throw failure(name, "expected true or false");
  }

  <E extends Enum<E>> E word(String name, Class<E> words) {
    for (E word : words.getEnumConstants()) if (word.name().equals(value(name))) return word;
    throw failure(name, "expected one of " + List.of(words.getEnumConstants()));
  }

  void requireWord(String name, String word) {
    if (!word.equals(value(name))) throw failure(name, "expected " + word);
  }

  ProofException failure(String name, String problem) {
    return new ProofException(code, path + "." + name + ": " + problem);
  }
}
