package dev.isthmus.client.proof;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** An attestation service of the tests' own, which signs whatever it is given. */
final class TestSigner {
  private final KeyPair keys;

  TestSigner() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    keys = generator.generateKeyPair();
  }

  String pem() {
    return pem(keys.getPublic());
  }

  static String pem(java.security.PublicKey key) {
    String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(key.getEncoded());
    return "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
  }

  static byte[] bundle(String payloadType, String statement, TestSigner... signers) throws Exception {
    byte[] payload = statement.getBytes(StandardCharsets.UTF_8);
    JsonArray signatures = new JsonArray();
    for (TestSigner signer : signers) {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(signer.keys.getPrivate());
      String header = "DSSEv1 " + payloadType.length() + " " + payloadType + " " + payload.length + " ";
      signature.update(header.getBytes(StandardCharsets.UTF_8));
      signature.update(payload);
      JsonObject entry = new JsonObject();
      entry.addProperty("keyid", "");
      entry.addProperty("sig", Base64.getEncoder().encodeToString(signature.sign()));
      signatures.add(entry);
    }
    JsonObject envelope = new JsonObject();
    envelope.addProperty("payload", Base64.getEncoder().encodeToString(payload));
    envelope.addProperty("payloadType", payloadType);
    envelope.add("signatures", signatures);
    JsonObject hint = new JsonObject();
    hint.addProperty("hint", "");
    JsonObject material = new JsonObject();
    material.add("publicKey", hint);
    JsonObject bundle = new JsonObject();
    bundle.addProperty("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
    bundle.add("verificationMaterial", material);
    bundle.add("dsseEnvelope", envelope);
    return bundle.toString().getBytes(StandardCharsets.UTF_8);
  }
}
