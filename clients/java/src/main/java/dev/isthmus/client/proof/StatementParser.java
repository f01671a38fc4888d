package dev.isthmus.client.proof;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads an in-toto Statement v1 with a proof of learning. Unknown members are ignored, as in-toto asks. */
final class StatementParser {
  static final String PREDICATE_TYPE = "https://isthmus.dev/attestation/proof-of-learning/v0.1";

  private static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
  private static final int MAX_BYTES = 180_000;
  private static final Pattern TYPE = Pattern.compile("[\\x21-\\x7e]{1,512}");
  private static final Pattern SUBJECT = Pattern.compile("[^\\n\\r\\u2028\\u2029]{1,512}");

  private StatementParser() {}

  static ProofStatement parse(byte[] payload) {
    JsonFields fields = new JsonFields(json(payload), ProofErrorCode.STATEMENT_MALFORMED, "statement");
    fields.requireWord("_type", STATEMENT_TYPE);
    String type = fields.text("predicateType", TYPE);
    if (!type.equals(PREDICATE_TYPE)) {
      throw new ProofException(ProofErrorCode.PREDICATE_TYPE, "the statement has the predicate type " + type);
    }
    Map<String, String> subjects = new LinkedHashMap<>();
    List<JsonFields> listed = fields.objects("subject");
    for (JsonFields subject : listed) subjects.put(subject.text("name", SUBJECT), subject.digest());
    if (listed.isEmpty()) throw fields.failure("subject", "is empty");
    if (subjects.size() != listed.size()) throw fields.failure("subject", "two have one name");
    return PredicateParser.parse(fields.object("predicate"), Collections.unmodifiableMap(subjects), predicate(fields));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> predicate(JsonFields fields) {
    return Collections.unmodifiableMap((Map<String, Object>) fields.value("predicate"));
  }

  private static Object json(byte[] payload) {
    try {
      return StrictJson.parse(payload, MAX_BYTES, StrictJson.MAX_DEPTH);
    } catch (ProofException cause) {
      throw new ProofException(ProofErrorCode.STATEMENT_MALFORMED, "statement: " + cause.getMessage(), cause);
    }
  }
}
