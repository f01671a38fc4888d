package dev.isthmus.client.proof;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The golden files of services/proof, which every release of every client must accept. */
final class Golden {
  private static final Path PROOF = Path.of("../../services/proof");

  private Golden() {}

  static JsonObject file(String name) {
    return read(PROOF.resolve("golden/v1/" + name + ".json"));
  }

  static JsonObject vectors(String name) {
    return read(PROOF.resolve("vectors/" + name + ".vectors.json"));
  }

  static byte[] bundle() {
    return file("attestation").get("bundle").getAsString().getBytes(StandardCharsets.UTF_8);
  }

  static String logProof() {
    return file("log").get("proof").getAsString();
  }

  static AttestationTrust trust() {
    return AttestationTrust.of(
        file("attestation").get("publicKeyPem").getAsString(), file("log").get("verifierKey").getAsString());
  }

  private static JsonObject read(Path path) {
    try {
      return JsonParser.parseString(Files.readString(path)).getAsJsonObject();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
