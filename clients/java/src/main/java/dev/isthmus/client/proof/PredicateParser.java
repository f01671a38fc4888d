package dev.isthmus.client.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a predicate of the type proof-of-learning v0.1. Besides types and ranges it checks that the parts agree: a level
 * of L3 and above needs an exact replay of all segments, and ONLINE needs a nonce.
 */
final class PredicateParser {
  private static final Pattern SHORT_TEXT = Pattern.compile("[\\x20-\\x7e]{1,128}");
  private static final Pattern IDENTIFIER = Pattern.compile("[\\x21-\\x7e]{1,512}");
  private static final Pattern RUN_ID = Pattern.compile("([0-9a-f]{2}){16,32}");
  private static final Pattern TIMESTAMP =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");
  private static final int MAX_GRINDING_BITS = 256;

  private enum Compare {
    EXACT,
    TOLERANCE
  }

  private PredicateParser() {}

  static ProofStatement parse(JsonFields fields, Map<String, String> subjects, Map<String, Object> json) {
    readVerifier(fields.object("verifier"));
    JsonFields run = fields.object("run");
    String runId = run.text("id", RUN_ID);
    ProofMode mode = run.word("mode", ProofMode.class);
    boolean nonce = readRun(run);
    JsonFields program = fields.object("program");
    readProgram(program);
    readInputs(fields.object("inputs"));
    long segments = readTrajectory(fields.object("trajectory"));
    AssuranceLevel level = readVerification(fields, fields.object("verification"), segments);
    if ((mode == ProofMode.ONLINE) != nonce) throw fields.failure("run", "exactly ONLINE runs have a nonce");
    return new ProofStatement(
        subjects,
        runId,
        mode,
        program.text("name", SHORT_TEXT),
        program.text("version", SHORT_TEXT),
        program.digest(),
        run.count("priorAttemptsByProver", 0),
        level,
        nonClaims(fields),
        json);
  }

  private static void readVerifier(JsonFields verifier) {
    verifier.text("id", IDENTIFIER);
    verifier.text("version", SHORT_TEXT);
    JsonFields profile = verifier.object("kernelProfile");
    profile.text("name", SHORT_TEXT);
    profile.text("version", SHORT_TEXT);
    profile.sha256("wasmSha256");
    profile.sha256("canarySha256");
  }

  /** Whether the run has a nonce. */
  private static boolean readRun(JsonFields run) {
    run.sha256("manifestSha256");
    run.sha256("proverKeyId");
    run.count("startLogIndex", 0);
    run.count("priorAttemptsByProver", 0);
    for (String time : List.of("startedAt", "committedAt", "verifiedAt")) run.text(time, TIMESTAMP);
    return run.nullableSha256("nonceSha256") != null;
  }

  private static void readProgram(JsonFields program) {
    program.requireWord("stoppingRule", "IN_PROGRAM");
    program.object("plan");
    program.sha256("planSha256");
  }

  private static void readInputs(JsonFields inputs) {
    for (JsonFields set : inputs.objects("records")) {
      set.text("name", SHORT_TEXT);
      set.count("size", 0);
      set.digest();
      set.sha256("merkleRoot");
    }
    for (JsonFields artefact : inputs.objects("artefacts")) {
      artefact.text("name", SHORT_TEXT);
      artefact.digest();
      artefact.nullableSha256("attestationId");
    }
  }

  /** Number of segments. */
  private static long readTrajectory(JsonFields trajectory) {
    trajectory.count("steps", 1);
    trajectory.count("segmentSteps", 1);
    for (String hash : List.of("chainHeadSha256", "statesRootSha256", "initialStateHash", "finalStateHash")) {
      trajectory.sha256(hash);
    }
    trajectory.requireWord("reads", "COMMITTED_PER_SEGMENT");
    return trajectory.count("segments", 1);
  }

  private static AssuranceLevel readVerification(JsonFields fields, JsonFields verification, long segments) {
    AssuranceLevel level = verification.word("level", AssuranceLevel.class);
    Compare compare = verification.word("compare", Compare.class);
    long replayed = verification.count("replayedSegments", 0);
    boolean all = verification.truth("replayedAll");
    readSoundness(verification.object("soundness"));
    if (replayed > segments) throw fields.failure("verification", "more segments replayed than there are");
    if (all != (replayed == segments)) {
      throw fields.failure("verification", "\"replayedAll\" contradicts " + replayed + " of " + segments + " segments");
    }
    if (level.reaches(AssuranceLevel.L2_SAMPLED) && compare != Compare.EXACT) {
      throw fields.failure("verification", level + " is an exact comparison");
    }
    if (level.reaches(AssuranceLevel.L3_FULL) && !all) {
      throw fields.failure("verification", level + " is a replay of all segments");
    }
    return level;
  }

  private static void readSoundness(JsonFields soundness) {
    soundness.requireWord("model", "hypergeometric");
    soundness.integer("grindingBits", 0, MAX_GRINDING_BITS);
    for (JsonFields miss : soundness.objects("missProbability")) {
      miss.count("badSegments", 1);
      if (!(miss.value("p") instanceof Double p) || p < 0 || p > 1) throw miss.failure("p", "expected a probability");
    }
  }

  private static List<String> nonClaims(JsonFields fields) {
    List<String> claims = new ArrayList<>();
    for (Object claim : fields.array("nonClaims")) {
      if (!(claim instanceof String text)) throw fields.failure("nonClaims", "expected words");
      claims.add(text);
    }
    return List.copyOf(claims);
  }
}
