package dev.isthmus.client.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {
  @Test
  void printsTheVectorsOfRfc8785AndTheGoldenFileInTheirCanonicalForm() {
    for (JsonElement element : Golden.vectors("rfc8785").getAsJsonArray("cases")) {
      JsonObject vector = element.getAsJsonObject();
      byte[] input = vector.get("input").getAsString().getBytes(StandardCharsets.UTF_8);
      String output = new String(CanonicalJson.encode(StrictJson.parse(input, 1 << 20, 64)), StandardCharsets.UTF_8);
      assertEquals(vector.get("output").getAsString(), output, vector.get("file").getAsString());
    }
    byte[] golden = HexFormat.of().parseHex(Golden.file("canonical-json").get("utf8Hex").getAsString());
    assertArrayEquals(golden, CanonicalJson.encode(StrictJson.parseCanonical(golden, 9999)));
  }

  @Test
  void printsNumbersAsEcmaScriptDoes() {
    // RFC 8785 appendix B.
    assertEquals("5e-324", CanonicalJson.number(Double.MIN_VALUE));
    assertEquals("1.7976931348623157e+308", CanonicalJson.number(Double.MAX_VALUE));
    assertEquals("9007199254740992", CanonicalJson.number(9007199254740992.0));
    assertEquals("295147905179352830000", CanonicalJson.number(295147905179352830000.0));
    assertEquals("9.999999999999997e+22", CanonicalJson.number(9.999999999999997e22));
    assertEquals("1e+23", CanonicalJson.number(1e23));
    assertEquals("999999999999999700000", CanonicalJson.number(999999999999999700000.0));
    assertEquals("1e+21", CanonicalJson.number(1e21));
    assertEquals("0.000001", CanonicalJson.number(1e-6));
    assertEquals("1e-7", CanonicalJson.number(1e-7));
    assertEquals("333333333.3333332", CanonicalJson.number(333333333.3333332));
    assertEquals("-0.0000033333333333333333", CanonicalJson.number(-0.0000033333333333333333));
    assertEquals("0", CanonicalJson.number(-0.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "01", "1.", "+1", "NaN", "1e999", "9007199254740993",
        "\"\\ud800\"", "\"\\x\"", "\"\n\"", "\"", "'a'", "[1] 2", "\ufeff1", "{a:1}", "tru", "[1 2]", "\"\\u12\""
      })
  void refusesWhatTwoParsersMayReadDifferently(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    var failure = assertThrows(ProofException.class, () -> StrictJson.parse(bytes, 100, 64));
    assertEquals(ProofErrorCode.JSON_INVALID, failure.code());
  }

  @Test
  void boundsDepthAndSizeAndRefusesInvalidUtf8() {
    byte[] deep = ("[".repeat(100_000) + "]".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    assertThrows(ProofException.class, () -> StrictJson.parse(deep, 1 << 20, 64));
    assertThrows(ProofException.class, () -> StrictJson.parse(deep, 1 << 10, 64));
    assertThrows(ProofException.class, () -> StrictJson.parse(new byte[] {'"', -1, '"'}, 100, 64));
    assertThrows(ProofException.class, () -> StrictJson.parseCanonical("[ ]".getBytes(StandardCharsets.UTF_8), 100));
  }

  @Test
  void verifiesTheInclusionVectorsOfTransparencyDev() {
    int accepted = 0;
    int refused = 0;
    for (JsonElement element : Golden.vectors("rfc6962-proofs").getAsJsonArray("inclusion")) {
      JsonObject vector = element.getAsJsonObject();
      boolean holds = holds(vector);
      assertEquals(!vector.get("wantErr").getAsBoolean(), holds, vector.get("file").getAsString());
      if (holds) accepted++;
      else refused++;
    }
    assertTrue(accepted > 3 && refused > 50, accepted + " accepted, " + refused + " refused");
  }

  @Test
  void keepsTheTextAndTheDigestOfAFileList() {
    JsonObject golden = Golden.file("file-list");
    List<FileEntry> files =
        golden.getAsJsonArray("files").asList().stream()
            .map(JsonElement::getAsJsonObject)
            .map(
                file ->
                    new FileEntry(
                        file.get("name").getAsString(),
                        file.get("sha256").getAsString(),
                        file.get("sizeBytes").getAsLong()))
            .toList();
    assertEquals(golden.get("text").getAsString(), new String(FileList.encode(files), StandardCharsets.UTF_8));
    assertEquals(golden.get("modelDigest").getAsString(), FileList.modelDigest(files));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/../b", "a//b", "./a", "A", "a b", "a\\b"})
  void refusesNamesThatCouldLeaveTheFolder(String name) {
    var file = List.of(new FileEntry(name, "0".repeat(64), 1));
    assertEquals(
        ProofErrorCode.FILE_LIST_INVALID, assertThrows(ProofException.class, () -> FileList.encode(file)).code());
  }

  @Test
  void refusesEntriesOfTheLogThatAreCutOrTooLong() {
    byte[] entry =
        Base64.getDecoder().decode(Golden.file("log").getAsJsonArray("entriesBase64").get(3).getAsString());
    assertEquals(LogEntry.Type.ATTEST, LogEntry.decode(entry).type());
    for (int size = 0; size < entry.length; size++) {
      byte[] cut = java.util.Arrays.copyOf(entry, size);
      assertThrows(ProofException.class, () -> LogEntry.decode(cut));
    }
    byte[] longer = java.util.Arrays.copyOf(entry, entry.length + 1);
    assertThrows(ProofException.class, () -> LogEntry.decode(longer));
  }

  private static boolean holds(JsonObject vector) {
    List<byte[]> proof =
        vector.get("proof").isJsonNull()
            ? List.of()
            : vector.getAsJsonArray("proof").asList().stream().map(FormatsTest::base64).toList();
    try {
      InclusionProof.verify(
          base64(vector.get("leafHash")),
          unsigned(vector.get("leafIdx")),
          unsigned(vector.get("treeSize")),
          proof,
          base64(vector.get("root")));
      return true;
    } catch (ProofException refused) {
      assertEquals(ProofErrorCode.MERKLE_PROOF_INVALID, refused.code());
      return false;
    }
  }

  private static BigInteger unsigned(JsonElement number) {
    return number.getAsBigInteger();
  }

  private static byte[] base64(JsonElement text) {
    return text.isJsonNull() ? new byte[0] : Base64.getDecoder().decode(text.getAsString());
  }
}
