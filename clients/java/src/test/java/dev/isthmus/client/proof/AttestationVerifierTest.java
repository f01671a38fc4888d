package dev.isthmus.client.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttestationVerifierTest {
  private static final String STATEMENT_TYPE = "application/vnd.in-toto+json";
  private static final Pattern UNAUTHENTICATED = Pattern.compile("\"(hint|keyid)\":\"[^\"]*\"");

  private final AttestationTrust trust = Golden.trust();
  private final AttestationEvidence golden = AttestationEvidence.of(Golden.bundle()).withLogProof(Golden.logProof());
  private final TestSigner signer;
  private final TestSigner second;

  AttestationVerifierTest() throws Exception {
    signer = new TestSigner();
    second = new TestSigner();
  }

  @Test
  void acceptsTheGoldenAttestationAndSaysWhatItFound() {
    VerifiedAttestation verified = AttestationVerifier.verify(golden.withFiles(goldenFiles()), trust);
    assertEquals(Golden.file("attestation").get("attestationId").getAsString(), verified.attestationId());
    assertEquals(Golden.file("run").get("modelDigest").getAsString(), verified.modelDigest());
    assertEquals(AssuranceLevel.L3_FULL, verified.assurance());
    assertEquals(ProofMode.ONLINE, verified.mode());
    assertEquals(1, verified.signedBy().size());
    LogInclusion log = verified.log().orElseThrow();
    assertEquals("isthmus.example/golden-log", log.origin());
    assertEquals(BigInteger.valueOf(3), log.index());
    assertEquals(BigInteger.valueOf(4), log.treeSize());
    assertTrue(verified.statement().nonClaims().contains("DATA_QUALITY"));
    assertTrue(verified.statement().predicate().containsKey("trajectory"));
  }

  @Test
  void acceptsABundleAloneWhereThePolicyAsksForNoMore() {
    var verified =
        AttestationVerifier.verify(AttestationEvidence.of(Golden.bundle()), trust.withRequireLogProof(false));
    assertTrue(verified.log().isEmpty());
  }

  @Test
  void readsTheTrustFileOfAnAttestationService() {
    JsonObject json = new JsonObject();
    json.addProperty("version", 1);
    JsonArray keys = new JsonArray();
    keys.add(trust.attestationKeys().get(0));
    json.add("attestationKeys", keys);
    json.addProperty("logVerifierKey", trust.logVerifierKey());
    assertEquals(trust, AttestationTrust.fromJson(json.toString().getBytes(StandardCharsets.UTF_8)));
    json.addProperty("minimumAssurance", "L2_SAMPLED");
    json.addProperty("requireOnline", false);
    assertEquals(
        trust.withMinimumAssurance(AssuranceLevel.L2_SAMPLED).withRequireOnline(false),
        AttestationTrust.fromJson(json.toString().getBytes(StandardCharsets.UTF_8)));
    json.remove("attestationKeys");
    assertThrows(
        ProofException.class, () -> AttestationTrust.fromJson(json.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void refusesFilesThatAreNotTheAttestedOnes() {
    List<FileEntry> files = goldenFiles();
    FileEntry first = files.get(0);
    for (FileEntry altered :
        List.of(
            new FileEntry(first.name(), "0".repeat(64), first.sizeBytes()),
            new FileEntry(first.name(), first.sha256(), 1))) {
      List<FileEntry> others = new ArrayList<>(files);
      others.set(0, altered);
      refused(ProofErrorCode.SUBJECT_MISMATCH, golden.withFiles(others), trust);
    }
    refused(ProofErrorCode.SUBJECT_MISMATCH, golden.withFiles(files.subList(1, files.size())), trust);
    List<FileEntry> more = new ArrayList<>(files);
    more.add(new FileEntry("more", first.sha256(), first.sizeBytes()));
    refused(ProofErrorCode.SUBJECT_MISMATCH, golden.withFiles(more), trust);
    refused(ProofErrorCode.SUBJECT_MISMATCH, golden.withModelDigest("0".repeat(64)), trust);
    assertEquals(ProofMode.ONLINE, AttestationVerifier.verify(golden.withFiles(files), trust).mode());
  }

  @Test
  void refusesKeysThatAreNotTrustedOrUsable() throws Exception {
    refused(ProofErrorCode.KEY_UNKNOWN, golden, AttestationTrust.of(signer.pem(), trust.logVerifierKey()));
    refused(ProofErrorCode.KEY_INVALID, golden, AttestationTrust.of("x", trust.logVerifierKey()));
    KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC");
    p384.initialize(384);
    String other = TestSigner.pem(p384.generateKeyPair().getPublic());
    refused(ProofErrorCode.KEY_INVALID, golden, AttestationTrust.of(other, trust.logVerifierKey()));
    for (String vkey : List.of("x", trust.logVerifierKey().replace("+c351e3fd+", "+c351e3fe+"))) {
      refused(ProofErrorCode.KEY_INVALID, golden, AttestationTrust.of(trust.attestationKeys().get(0), vkey));
    }
  }

  @Test
  void refusesBytesThatWereNotSigned() {
    JsonObject bundle = JsonParser.parseString(new String(Golden.bundle(), StandardCharsets.UTF_8)).getAsJsonObject();
    JsonObject envelope = bundle.getAsJsonObject("dsseEnvelope");
    byte[] payload = Base64.getDecoder().decode(envelope.get("payload").getAsString());
    payload[200] ^= 1;
    envelope.addProperty("payload", Base64.getEncoder().encodeToString(payload));
    refused(
        ProofErrorCode.SIGNATURE_INVALID,
        AttestationEvidence.of(bundle.toString().getBytes(StandardCharsets.UTF_8)),
        trust);
  }

  @Test
  void refusesEveryTruncationAndEveryAlteredByteOfABundle() {
    byte[] bundle = Golden.bundle();
    String authenticated = withoutHints(bundle);
    for (int at = 0; at < bundle.length; at += 61) {
      byte[] cut = Arrays.copyOf(bundle, at);
      assertThrows(ProofException.class, () -> verify(cut), "cut at " + at);
      byte[] altered = bundle.clone();
      altered[at] ^= 1;
      if (withoutHints(altered).equals(authenticated)) continue;
      assertThrows(ProofException.class, () -> verify(altered), "altered at " + at);
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '"mediaType":',                      '"mediaType":"twice","mediaType":'
          'bundle.v0.3+json',                  'bundle.v0.2+json'
          '"verificationMaterial":{',          '"verificationMaterial":{"certificate":{},'
          '"dsseEnvelope":',                   '"messageSignature":'
          '"tlogEntries":[]',                  '"tlogEntries":[[[[[[[[]]]]]]]]'
          '"signatures":[',                    '"signatures":[],"x":['
          """)
  void refusesMalformedBundles(String from, String to) {
    String altered = new String(Golden.bundle(), StandardCharsets.UTF_8).replace(from, to);
    refused(
        ProofErrorCode.BUNDLE_MALFORMED, AttestationEvidence.of(altered.getBytes(StandardCharsets.UTF_8)), trust);
    refused(ProofErrorCode.BUNDLE_MALFORMED, AttestationEvidence.of(new byte[262_145]), trust);
  }

  @Test
  void refusesOtherStatementsFromTheSameKey() throws Exception {
    refused(ProofErrorCode.PREDICATE_TYPE, resigned("application/json", statement -> {}), own());
    refused(
        ProofErrorCode.PREDICATE_TYPE,
        resigned(STATEMENT_TYPE, statement -> statement.addProperty("predicateType", "https://slsa.dev/provenance/v1")),
        own());
    refused(
        ProofErrorCode.STATEMENT_MALFORMED,
        resigned(STATEMENT_TYPE, statement -> statement.getAsJsonArray("subject").remove(0)),
        own());
    var verified = AttestationVerifier.verify(resigned(STATEMENT_TYPE, statement -> {}), own());
    assertEquals(AssuranceLevel.L3_FULL, verified.assurance());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          _type,                                    "https://in-toto.io/Statement/v0.1"
          subject,                                  []
          subject.0.digest,                         `{"sha512":"ab"}`
          subject.1.name,                           "model:file-list"
          predicate.run.mode,                       "OFFLINE"
          predicate.run.nonceSha256,                null
          predicate.run.id,                         "run-1"
          predicate.run.startedAt,                  "2026-11-24 06:00"
          predicate.run.startLogIndex,              -1
          predicate.program.digest,                 1
          predicate.inputs.records,                 {}
          predicate.inputs.artefacts.0.attestationId, ""
          predicate.trajectory.segments,            2
          predicate.trajectory.steps,               0
          predicate.verification.level,             "L5"
          predicate.verification.replayedSegments,  2
          predicate.verification.replayedAll,       false
          predicate.verification.compare,           "TOLERANCE"
          predicate.verification.soundness.missProbability, `[{"badSegments":1,"p":2}]`
          predicate.nonClaims,                      [1]
          predicate,                                null
          """)
  void refusesAMalformedStatement(String path, String value) throws Exception {
    refused(
        ProofErrorCode.STATEMENT_MALFORMED,
        resigned(STATEMENT_TYPE, statement -> set(statement, path, JsonParser.parseString(value))),
        own());
  }

  @Test
  void refusesALogProofOfAnotherAttestationLogOrKey() throws Exception {
    refused(ProofErrorCode.LOG_PROOF_MALFORMED, golden.withLogProof("x"), trust);
    refused(
        ProofErrorCode.LOG_PROOF_INVALID,
        resigned(STATEMENT_TYPE, s -> set(s, "predicate.run.verifiedAt", new JsonPrimitive("2027-01-01T00:00:00Z")))
            .withLogProof(Golden.logProof()),
        own().withRequireLogProof(true));
    String moved = Golden.logProof().replace("index 3", "index 2");
    refused(ProofErrorCode.LOG_PROOF_INVALID, golden.withLogProof(moved), trust);
    String start = Golden.file("log").getAsJsonArray("entriesBase64").get(0).getAsString();
    String otherEntry = Golden.logProof().replaceFirst("extra .*", "extra " + start);
    refused(ProofErrorCode.LOG_PROOF_INVALID, golden.withLogProof(otherEntry), trust);
    String otherRoot = Golden.logProof().replace("\n4\n", "\n5\n");
    refused(ProofErrorCode.CHECKPOINT_SIGNATURE, golden.withLogProof(otherRoot), trust);
    String unsigned = Golden.logProof().replace("golden-log w1Hj", "other-log w1Hj");
    refused(ProofErrorCode.CHECKPOINT_SIGNATURE, golden.withLogProof(unsigned), trust);
    String noSignature = Golden.logProof().substring(0, Golden.logProof().lastIndexOf("\u2014"));
    refused(ProofErrorCode.CHECKPOINT_MALFORMED, golden.withLogProof(noSignature), trust);
  }

  @Test
  void refusesWhatThePolicyDoesNotAccept() throws Exception {
    refused(ProofErrorCode.POLICY_LOG_PROOF, AttestationEvidence.of(Golden.bundle()), trust);
    refused(
        ProofErrorCode.POLICY_LOG_PROOF, golden, AttestationTrust.of(trust.attestationKeys().get(0), null));
    refused(ProofErrorCode.POLICY_LEVEL, golden, trust.withMinimumAssurance(AssuranceLevel.L4_FULL_QUORUM));
    Consumer<JsonObject> posthoc =
        statement -> {
          set(statement, "predicate.run.mode", JsonParser.parseString("\"POSTHOC\""));
          set(statement, "predicate.run.nonceSha256", JsonParser.parseString("null"));
        };
    AttestationEvidence evidence = resigned(STATEMENT_TYPE, posthoc);
    refused(ProofErrorCode.POLICY_MODE, evidence, own());
    assertEquals(ProofMode.POSTHOC, AttestationVerifier.verify(evidence, own().withRequireOnline(false)).mode());
  }

  @Test
  void countsAQuorumOnlyWhereTwoTrustedKeysSigned() throws Exception {
    Consumer<JsonObject> quorum =
        statement -> set(statement, "predicate.verification.level", JsonParser.parseString("\"L4_FULL_QUORUM\""));
    AttestationEvidence both = resigned(STATEMENT_TYPE, quorum, signer, second);
    var two =
        new AttestationTrust(List.of(signer.pem(), second.pem()), null, AssuranceLevel.L3_FULL, true, false);
    assertEquals(AssuranceLevel.L4_FULL_QUORUM, AttestationVerifier.verify(both, two).assurance());
    assertEquals(AssuranceLevel.L3_FULL, AttestationVerifier.verify(both, own()).assurance());
    var twice = new AttestationTrust(List.of(signer.pem(), signer.pem()), null, AssuranceLevel.L3_FULL, true, false);
    assertEquals(AssuranceLevel.L3_FULL, AttestationVerifier.verify(both, twice).assurance());
  }

  @Test
  void hashesTheFilesOfAFolder(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("vectors"));
    Files.writeString(folder.resolve("vectors/a.bin"), "abc");
    Files.writeString(folder.resolve("model.json"), "");
    assertEquals(
        List.of(
            new FileEntry("model.json", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0),
            new FileEntry("vectors/a.bin", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3)),
        FileList.ofFolder(folder));
  }

  private static List<FileEntry> goldenFiles() {
    JsonArray files =
        JsonParser.parseString(Golden.file("run").get("fileList").getAsString()).getAsJsonObject().getAsJsonArray("files");
    return files.asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(f -> new FileEntry(f.get("name").getAsString(), f.get("sha256").getAsString(), f.get("size").getAsLong()))
        .toList();
  }

  private AttestationTrust own() {
    return AttestationTrust.of(signer.pem(), trust.logVerifierKey()).withRequireLogProof(false);
  }

  /** A bundle over another statement, signed by the trusted key. */
  private AttestationEvidence resigned(String type, Consumer<JsonObject> change, TestSigner... signers)
      throws Exception {
    JsonObject statement =
        JsonParser.parseString(Golden.file("attestation").get("statement").getAsString()).getAsJsonObject();
    change.accept(statement);
    String text = new com.google.gson.GsonBuilder().serializeNulls().create().toJson(statement);
    return AttestationEvidence.of(
        TestSigner.bundle(type, text, signers.length == 0 ? new TestSigner[] {signer} : signers));
  }

  private static void set(JsonObject root, String path, JsonElement value) {
    String[] names = path.split("\\.");
    JsonElement target = root;
    for (String name : Arrays.copyOf(names, names.length - 1)) {
      target =
          target.isJsonArray()
              ? target.getAsJsonArray().get(Integer.parseInt(name))
              : target.getAsJsonObject().get(name);
    }
    target.getAsJsonObject().add(names[names.length - 1], value);
  }

  private VerifiedAttestation verify(byte[] bundle) {
    return AttestationVerifier.verify(AttestationEvidence.of(bundle).withLogProof(Golden.logProof()), trust);
  }

  private static String withoutHints(byte[] bundle) {
    return UNAUTHENTICATED.matcher(new String(bundle, StandardCharsets.ISO_8859_1)).replaceAll("");
  }

  private static void refused(ProofErrorCode code, AttestationEvidence evidence, AttestationTrust trust) {
    var failure = assertThrows(ProofException.class, () -> AttestationVerifier.verify(evidence, trust));
    assertEquals(code, failure.code(), failure.getMessage());
  }
}
