package dev.isthmus.client;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Whom a client trusts and who it says it is. Without an authority the ones of the Java installation count; without a
 * certificate of its own the client stays unnamed.
 */
public final class TlsOptions {
  private byte[] authorities;
  private byte[] certificateChain;
  private byte[] privateKey;
  private String serverName;

  private TlsOptions() {}

  /**
   * TLS with the authorities of the Java installation.
   *
   * @return options to add to
   */
  public static TlsOptions create() {
    return new TlsOptions();
  }

  /**
   * Trusts these authorities and no others.
   *
   * @param pem certificates
   * @return this
   */
  public TlsOptions authorities(String pem) {
    authorities = pem.getBytes(StandardCharsets.US_ASCII);
    return this;
  }

  /**
   * Trusts these authorities and no others.
   *
   * @param pemFile file of certificates in PEM
   * @return this
   * @throws IOException where it cannot be read
   */
  public TlsOptions authorities(Path pemFile) throws IOException {
    authorities = Files.readAllBytes(pemFile);
    return this;
  }

  /**
   * Shows this certificate to the servers (mTLS).
   *
   * @param certificateChainPem the client's certificate, then those that lead to its authority
   * @param privateKeyPem PKCS #8, not encrypted
   * @return this
   */
  public TlsOptions certificate(String certificateChainPem, String privateKeyPem) {
    certificateChain = certificateChainPem.getBytes(StandardCharsets.US_ASCII);
    privateKey = privateKeyPem.getBytes(StandardCharsets.US_ASCII);
    return this;
  }

  /**
   * Shows this certificate to the servers (mTLS).
   *
   * @param certificateChainFile the client's certificate in PEM, then those that lead to its authority
   * @param privateKeyFile PKCS #8 in PEM, not encrypted
   * @return this
   * @throws IOException where one cannot be read
   */
  public TlsOptions certificate(Path certificateChainFile, Path privateKeyFile) throws IOException {
    certificateChain = Files.readAllBytes(certificateChainFile);
    privateKey = Files.readAllBytes(privateKeyFile);
    return this;
  }

  /**
   * Expects this name in the servers' certificates instead of that of the address.
   *
   * @param name for example {@code retrieval.mesh}
   * @return this
   */
  public TlsOptions serverName(String name) {
    serverName = Objects.requireNonNull(name);
    return this;
  }

  String serverName() {
    return serverName;
  }

  ChannelCredentials credentials() {
    TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
    try {
      if (authorities != null) credentials.trustManager(new ByteArrayInputStream(authorities));
      if (certificateChain != null) {
        credentials.keyManager(new ByteArrayInputStream(certificateChain), new ByteArrayInputStream(privateKey));
      }
    } catch (IOException impossible) {
      throw new IllegalArgumentException("the certificates cannot be read", impossible);
    }
    return credentials.build();
  }
}
