package dev.isthmus.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.isthmus.retrieval.v1.RetrievalServiceGrpc;
import dev.isthmus.retrieval.v1.RetrieveRequest;
import dev.isthmus.retrieval.v1.RetrieveResponse;
import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  @TempDir static Path folder;
  private static TestCertificates.Identity service;
  private static TestCertificates.Identity ranker;
  private static Server open;
  private static Server mutual;

  @BeforeAll
  static void start() throws Exception {
    service = TestCertificates.create(folder, "retrieval.mesh");
    ranker = TestCertificates.create(folder, "ranker");
    service.write(folder, "service");
    ranker.write(folder, "ranker");
    open = serve(TlsServerCredentials.newBuilder().keyManager(pem(service.certificate()), pem(service.key())));
    mutual =
        serve(
            TlsServerCredentials.newBuilder()
                .keyManager(pem(service.certificate()), pem(service.key()))
                .trustManager(pem(ranker.certificate()))
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE));
  }

  @AfterAll
  static void stop() {
    open.shutdownNow();
    mutual.shutdownNow();
  }

  @Test
  void speaksTlsWithAServerWhoseAuthorityItTrusts() throws Exception {
    assertEquals(3, call(open, TlsOptions.create().authorities(service.certificate())));
    assertEquals(3, call(open, TlsOptions.create().authorities(folder.resolve("service.pem"))));
    assertEquals(
        3, call(open, TlsOptions.create().authorities(service.certificate()).serverName("retrieval.mesh")));
  }

  @Test
  void refusesAServerOfAnotherAuthorityOrName() {
    assertUnavailable(open, TlsOptions.create());
    assertUnavailable(open, TlsOptions.create().authorities(ranker.certificate()));
    assertUnavailable(open, TlsOptions.create().authorities(service.certificate()).serverName("other.mesh"));
  }

  @Test
  void showsItsCertificateToAServerThatAsksForOne() throws Exception {
    TlsOptions trusting = TlsOptions.create().authorities(service.certificate());
    assertEquals(3, call(mutual, trusting.certificate(ranker.certificate(), ranker.key())));
    assertEquals(
        3,
        call(
            mutual,
            TlsOptions.create()
                .authorities(folder.resolve("service.pem"))
                .certificate(folder.resolve("ranker.pem"), folder.resolve("ranker.key"))));
  }

  @Test
  void isRefusedWhereItShowsNoneOrAnother() {
    TlsOptions unnamed = TlsOptions.create().authorities(service.certificate());
    assertUnavailable(mutual, unnamed);
    assertUnavailable(
        mutual,
        TlsOptions.create().authorities(service.certificate()).certificate(service.certificate(), service.key()));
  }

  private static void assertUnavailable(Server server, TlsOptions tls) {
    var failure = assertThrows(IsthmusException.class, () -> call(server, tls));
    assertEquals(Status.Code.UNAVAILABLE, failure.code());
  }

  private static long call(Server server, TlsOptions tls) {
    String address = "127.0.0.1:" + server.getPort();
    try (IsthmusClient client = IsthmusClient.builder().retrieval(address).tls(tls).build()) {
      return client.retrieval().withDeadline(Duration.ofSeconds(20)).retrieve(RetrieveRequest.getDefaultInstance()).getSequence();
    }
  }

  private static Server serve(TlsServerCredentials.Builder credentials) throws Exception {
    var retrieval =
        new RetrievalServiceGrpc.RetrievalServiceImplBase() {
          @Override
          public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> reply) {
            reply.onNext(RetrieveResponse.newBuilder().setSequence(3).build());
            reply.onCompleted();
          }
        };
    return Grpc.newServerBuilderForPort(0, credentials.build()).addService(retrieval).build().start();
  }

  private static InputStream pem(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }
}
