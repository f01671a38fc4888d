package dev.isthmus.client.proof;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Public key of an attestation service: ECDSA on P-256 with SHA-256, signatures in DER. */
final class AttestationKey {
  private static final Pattern PEM =
      Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");

  private final ECPublicKey key;
  /** SHA-256 of the SubjectPublicKeyInfo, hexadecimal. */
  private final String id;

  private AttestationKey(ECPublicKey key) {
    this.key = key;
    this.id = Codec.sha256Hex(key.getEncoded());
  }

  static AttestationKey fromPem(String pem) {
    Matcher armour = PEM.matcher(pem);
    if (!armour.matches()) throw invalid("expected a public key in PEM", null);
    try {
      byte[] der = Base64.getMimeDecoder().decode(armour.group(1));
      ECPublicKey key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
      requireP256(key.getParams());
      return new AttestationKey(key);
    } catch (GeneralSecurityException | IllegalArgumentException cause) {
      throw invalid("the key cannot be read: expected PEM of a P-256 key", cause);
    }
  }

  String id() {
    return id;
  }

  boolean signed(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  private static void requireP256(ECParameterSpec curve) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    ECParameterSpec p256 = parameters.getParameterSpec(ECParameterSpec.class);
    if (!curve.getCurve().equals(p256.getCurve())
        || !curve.getGenerator().equals(p256.getGenerator())
        || !curve.getOrder().equals(p256.getOrder())) {
      throw invalid("expected an elliptic-curve key on P-256", null);
    }
  }

  private static ProofException invalid(String problem, Throwable cause) {
    return new ProofException(ProofErrorCode.KEY_INVALID, problem, cause);
  }
}
