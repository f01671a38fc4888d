package dev.isthmus.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** Self-signed certificates, made by the keytool of the Java installation. */
public final class TestCertificates {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** A certificate with its key, both PEM. */
  public record Identity(String certificate, String key) {
    /** Writes {@code NAME.pem} and {@code NAME.key}. */
    public void write(Path folder, String name) throws IOException {
      Files.writeString(folder.resolve(name + ".pem"), certificate);
      Files.writeString(folder.resolve(name + ".key"), key);
    }
  }

  private TestCertificates() {}

  /** One of two days, for a DNS name and for loopback. */
  public static Identity create(Path folder, String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "one", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2",
                "-dname", "CN=" + name, "-ext", "san=dns:" + name + ",ip:127.0.0.1",
                "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) throw new IOException(said);
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    return new Identity(
        pem("CERTIFICATE", keys.getCertificate("one").getEncoded()),
        pem("PRIVATE KEY", keys.getKey("one", PASSWORD).getEncoded()));
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }
}
