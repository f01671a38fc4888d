package dev.isthmus.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.isthmus.retrieval.v1.BatchRetrieveRequest;
import dev.isthmus.retrieval.v1.BatchRetrieveResponse;
import dev.isthmus.retrieval.v1.BatchRetrieveResult;
import dev.isthmus.retrieval.v1.CatalogueServiceGrpc;
import dev.isthmus.retrieval.v1.RetrievalServiceGrpc;
import dev.isthmus.retrieval.v1.RetrieveRequest;
import dev.isthmus.retrieval.v1.RetrieveResponse;
import dev.isthmus.retrieval.v1.UpsertItemsRequest;
import dev.isthmus.retrieval.v1.UpsertItemsResponse;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class IsthmusClientTest {
  private final AtomicInteger attempts = new AtomicInteger();
  private final List<Integer> batchSizes = Collections.synchronizedList(new ArrayList<>());
  private final List<String> requestIds = Collections.synchronizedList(new ArrayList<>());
  private final List<Long> deadlinesMs = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch waiting = new CountDownLatch(1);
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private FakeMesh mesh;
  private IsthmusClient client;

  /** A first call loads hundreds of classes: on a busy machine that takes longer than the deadline of a call. */
  @BeforeAll
  static void loadClasses() throws Exception {
    IsthmusClientTest first = new IsthmusClientTest();
    first.mesh = new FakeMesh(first.new Retrieval(), first.new Catalogue());
    first.client = first.mesh.client().deadline(Duration.ofSeconds(60)).build();
    first.client.retrieval().retrieve(request("any"));
    first.stop();
  }

  @BeforeEach
  void start() throws Exception {
    mesh = new FakeMesh(new Retrieval(), new Catalogue());
    client = mesh.client().build();
  }

  @AfterEach
  void stop() {
    client.close();
    mesh.close();
  }

  @Test
  void keepsNumbersBeyondTwoToThe53() {
    assertEquals((1L << 60) + 1, client.retrieval().retrieve(request("any")).getSequence());
  }

  @Test
  void readsReasonRemedyAndDetails() {
    IsthmusException failure = failed("gone");
    assertEquals(Status.Code.NOT_FOUND, failure.code());
    assertEquals("MODEL_NOT_FOUND", failure.reason());
    assertEquals("isthmus", failure.domain());
    assertTrue(failure.remedy().contains("ListModels"), failure.remedy());
    assertEquals("gone", failure.metadata().get("name"));
    assertEquals(List.of(new FieldViolation("k", "at least 1")), failure.violations());
    assertEquals(Duration.ofMillis(500), failure.retryAfter().orElseThrow());
  }

  @Test
  void readsAFailureWithoutOrWithMalformedDetails() {
    for (String name : List.of("plain", "malformed")) {
      IsthmusException failure = failed(name);
      assertEquals(Status.Code.NOT_FOUND, failure.code());
      assertEquals("", failure.reason());
      assertEquals("", failure.remedy());
      assertEquals("nothing here", failure.getMessage());
    }
  }

  @Test
  void repeatsAReadThatADrainingServerRefused() {
    client.retrieval().retrieve(request("flaky"));
    assertEquals(3, attempts.get());
  }

  @Test
  void doesNotRepeatWhatWasRefusedForAnotherReasonNorWhereRetriesAreOff() {
    failed("gone");
    assertEquals(1, attempts.getAndSet(0));
    try (IsthmusClient once = mesh.client().withoutRetries().build()) {
      var failure = assertThrows(IsthmusException.class, () -> once.retrieval().retrieve(request("flaky")));
      assertEquals(Status.Code.UNAVAILABLE, failure.code());
      assertEquals(1, attempts.get());
    }
  }

  @Test
  void givesAChangeOneRequestIdForAllItsAttempts() {
    var request = UpsertItemsRequest.newBuilder().setModelName("m").build();
    assertEquals(7, client.catalogue().upsertItems(request).getSequence());
    assertEquals(2, requestIds.size());
    assertTrue(requestIds.get(0).matches("[0-9a-f-]{36}"), requestIds.get(0));
    assertEquals(requestIds.get(0), requestIds.get(1));
    client.catalogue().upsertItems(request);
    assertNotEquals(requestIds.get(0), requestIds.get(2));
    client.catalogue().upsertItems(request.toBuilder().setRequestId("mine").build());
    assertEquals("mine", requestIds.get(3));
  }

  @Test
  void setsADeadlineOfTheClientOrOfTheService() {
    client.retrieval().retrieve(request("any"));
    client.retrieval().withDeadline(Duration.ofMinutes(1)).retrieve(request("any"));
    assertTrue(deadlinesMs.get(0) > 1_000 && deadlinesMs.get(0) <= 2_000, deadlinesMs.toString());
    assertTrue(deadlinesMs.get(1) > 50_000 && deadlinesMs.get(1) <= 60_000, deadlinesMs.toString());
  }

  @Test
  void failsWhenTheDeadlinePasses() {
    var hasty = client.retrieval().withDeadline(Duration.ofMillis(100));
    var failure = assertThrows(IsthmusException.class, () -> hasty.retrieve(request("slow")));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, failure.code());
  }

  @Test
  void answersInAFutureAndFailsInOne() {
    assertEquals((1L << 60) + 1, client.retrieval().retrieveAsync(request("any")).join().getSequence());
    var failure =
        assertThrows(CompletionException.class, () -> client.retrieval().retrieveAsync(request("gone")).join());
    assertEquals("MODEL_NOT_FOUND", ((IsthmusException) failure.getCause()).reason());
  }

  @Test
  void cancelsTheCallWithItsFuture() throws Exception {
    var answer = client.retrieval().retrieveAsync(request("slow"));
    assertTrue(waiting.await(5, TimeUnit.SECONDS));
    assertTrue(answer.cancel(true));
    assertTrue(cancelled.await(5, TimeUnit.SECONDS));
    assertThrows(CancellationException.class, answer::join);
  }

  @Test
  void endsWithTheContextThatItRunsIn() {
    try (Context.CancellableContext context = Context.current().withCancellation()) {
      var answer = context.wrap(() -> client.retrieval().retrieveAsync(request("slow")));
      context.cancel(null);
      var failure = assertThrows(CompletionException.class, () -> call(answer).join());
      assertEquals(Status.Code.CANCELLED, ((IsthmusException) failure.getCause()).code());
    }
  }

  @Test
  void retrievesForAnyNumberOfUsersAndKeepsTheirErrorsApart() {
    List<RetrieveRequest> requests =
        IntStream.range(0, 300).mapToObj(i -> request("any").toBuilder().setK(i).build()).toList();
    List<Outcome<RetrieveResponse>> outcomes = client.retrieveMany(requests);
    assertEquals(List.of(256, 44), batchSizes);
    assertEquals(300, outcomes.size());
    assertEquals(299, outcomes.get(299).get().getSequence());
    assertFalse(outcomes.get(12).error().isPresent());
    assertEquals("ITEM_UNKNOWN", outcomes.get(13).error().orElseThrow().reason());
    assertThrows(IsthmusException.class, () -> outcomes.get(13).get());
  }

  @Test
  void saysWhatIsMissing() {
    assertThrows(IllegalStateException.class, () -> IsthmusClient.builder().retrieval("x:1").build());
    assertThrows(
        IllegalStateException.class, () -> IsthmusClient.builder().insecure().tls(TlsOptions.create()).build());
    try (IsthmusClient nowhere = IsthmusClient.builder().insecure().build()) {
      var failure = assertThrows(IllegalStateException.class, nowhere::attestation);
      assertTrue(failure.getMessage().contains("attestation(…)"), failure.getMessage());
    }
    client.close();
    assertThrows(IllegalStateException.class, client::retrieval);
  }

  private IsthmusException failed(String name) {
    return assertThrows(IsthmusException.class, () -> client.retrieval().retrieve(request(name)));
  }

  private static <T> T call(java.util.concurrent.Callable<T> work) {
    try {
      return work.call();
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  private static RetrieveRequest request(String modelName) {
    RetrieveRequest.Builder request = RetrieveRequest.newBuilder().setK(5);
    request.getModelBuilder().setName(modelName);
    return request.build();
  }

  private final class Retrieval extends RetrievalServiceGrpc.RetrievalServiceImplBase {
    @Override
    public void retrieve(RetrieveRequest request, StreamObserver<RetrieveResponse> reply) {
      int attempt = attempts.incrementAndGet();
      deadlinesMs.add(Context.current().getDeadline().timeRemaining(TimeUnit.MILLISECONDS));
      switch (request.getModel().getName()) {
        case "gone" -> reply.onError(FakeMesh.failure(Status.Code.NOT_FOUND, "MODEL_NOT_FOUND"));
        case "plain" -> reply.onError(Status.NOT_FOUND.withDescription("nothing here").asException());
        case "malformed" -> reply.onError(malformed());
        case "slow" -> {
          ((ServerCallStreamObserver<RetrieveResponse>) reply).setOnCancelHandler(cancelled::countDown);
          waiting.countDown();
        }
        case "flaky" -> {
          if (attempt < 3) reply.onError(FakeMesh.failure(Status.Code.UNAVAILABLE, "DRAINING"));
          else answer(reply);
        }
        default -> answer(reply);
      }
    }

    @Override
    public void batchRetrieve(BatchRetrieveRequest batch, StreamObserver<BatchRetrieveResponse> reply) {
      batchSizes.add(batch.getRequestsCount());
      BatchRetrieveResponse.Builder answer = BatchRetrieveResponse.newBuilder();
      for (RetrieveRequest request : batch.getRequestsList()) {
        BatchRetrieveResult.Builder result = answer.addResultsBuilder();
        if (request.getK() == 13) result.setError(FakeMesh.status(Status.Code.NOT_FOUND, "ITEM_UNKNOWN"));
        else result.getResponseBuilder().setSequence(request.getK());
      }
      reply.onNext(answer.build());
      reply.onCompleted();
    }

    private void answer(StreamObserver<RetrieveResponse> reply) {
      reply.onNext(RetrieveResponse.newBuilder().setSequence((1L << 60) + 1).build());
      reply.onCompleted();
    }

    private StatusRuntimeException malformed() {
      Metadata trailers = new Metadata();
      var key =
          Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
      trailers.put(key, new byte[] {-1, -1, 3});
      return Status.NOT_FOUND.withDescription("nothing here").asRuntimeException(trailers);
    }
  }

  private final class Catalogue extends CatalogueServiceGrpc.CatalogueServiceImplBase {
    @Override
    public void upsertItems(UpsertItemsRequest request, StreamObserver<UpsertItemsResponse> reply) {
      requestIds.add(request.getRequestId());
      if (requestIds.size() == 1) {
        reply.onError(FakeMesh.failure(Status.Code.UNAVAILABLE, "DRAINING"));
        return;
      }
      reply.onNext(UpsertItemsResponse.newBuilder().setSequence(7).build());
      reply.onCompleted();
    }
  }
}
