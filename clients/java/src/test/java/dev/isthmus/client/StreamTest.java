package dev.isthmus.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.isthmus.attestation.v1.CommitSegmentsRequest;
import dev.isthmus.attestation.v1.CommitSegmentsResponse;
import dev.isthmus.attestation.v1.ProofServiceGrpc;
import dev.isthmus.attestation.v1.UploadObjectRequest;
import dev.isthmus.attestation.v1.UploadObjectResponse;
import dev.isthmus.attestation.v1.WatchRunRequest;
import dev.isthmus.attestation.v1.WatchRunResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StreamTest {
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private FakeMesh mesh;
  private IsthmusClient client;

  @BeforeEach
  void start() throws Exception {
    mesh = new FakeMesh(new Proofs());
    client = mesh.client().build();
  }

  @AfterEach
  void stop() {
    client.close();
    mesh.close();
  }

  @Test
  void readsAServerStreamToItsEnd() {
    StringBuilder states = new StringBuilder();
    for (var answer : client.proofs().watchRun(watch("3"))) states.append(answer.getRun().getCommittedSegments());
    assertEquals("012", states.toString());
  }

  @Test
  void failsWhereTheServerEndsAStreamWithAReason() {
    try (var stream = client.proofs().watchRun(watch("2 then fail"))) {
      stream.next();
      stream.next();
      assertEquals("RUN_NOT_FOUND", assertThrows(IsthmusException.class, stream::hasNext).reason());
    }
  }

  @Test
  void cancelsAStreamThatIsLeft() throws Exception {
    try (var stream = client.proofs().watchRun(watch("1 then wait"))) {
      assertTrue(stream.hasNext());
    }
    assertTrue(cancelled.await(5, TimeUnit.SECONDS));
  }

  @Test
  void tellsTheReaderOfACancelledStream() {
    var stream = client.proofs().watchRun(watch("1 then wait"));
    stream.next();
    stream.cancel();
    assertEquals(Status.Code.CANCELLED, assertThrows(IsthmusException.class, stream::hasNext).code());
  }

  @Test
  void sendsAStreamAndGetsItsAnswer() {
    ByteString chunk = ByteString.copyFrom(new byte[1 << 20]);
    var requests = Stream.generate(() -> UploadObjectRequest.newBuilder().setChunk(chunk).build()).limit(20).iterator();
    assertEquals(20L << 20, client.proofs().uploadObject(requests).getSizeBytes());
  }

  @Test
  void stopsSendingToAServerThatHasRefused() {
    var requests = Stream.generate(() -> UploadObjectRequest.newBuilder().setSha256("bad").build()).limit(1000).iterator();
    var failure = assertThrows(IsthmusException.class, () -> client.proofs().uploadObject(requests));
    assertEquals("OBJECT_DIGEST_MISMATCH", failure.reason());
  }

  @Test
  void writesAndReadsInTurn() {
    try (var segments = client.proofs().commitSegments()) {
      for (int i = 0; i < 5; i++) {
        segments.write(CommitSegmentsRequest.newBuilder().setSegment(i).build());
        assertEquals(i + 1, segments.next().getNextSegment());
      }
      segments.finish();
      assertFalse(segments.hasNext());
    }
  }

  private static WatchRunRequest watch(String script) {
    return WatchRunRequest.newBuilder().setRunId(script).build();
  }

  private final class Proofs extends ProofServiceGrpc.ProofServiceImplBase {
    @Override
    public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> reply) {
      ((ServerCallStreamObserver<WatchRunResponse>) reply).setOnCancelHandler(cancelled::countDown);
      String[] script = request.getRunId().split(" then ");
      for (int i = 0; i < Integer.parseInt(script[0]); i++) {
        WatchRunResponse.Builder answer = WatchRunResponse.newBuilder();
        answer.getRunBuilder().setCommittedSegments(i);
        reply.onNext(answer.build());
      }
      if (script.length == 1) reply.onCompleted();
      else if (script[1].equals("fail")) reply.onError(FakeMesh.failure(Status.Code.NOT_FOUND, "RUN_NOT_FOUND"));
    }

    @Override
    public StreamObserver<UploadObjectRequest> uploadObject(StreamObserver<UploadObjectResponse> reply) {
      return new StreamObserver<>() {
        private long size;

        @Override
        public void onNext(UploadObjectRequest request) {
          size += request.getChunk().size();
          if (request.getSha256().equals("bad"))
            reply.onError(FakeMesh.failure(Status.Code.INVALID_ARGUMENT, "OBJECT_DIGEST_MISMATCH"));
        }

        @Override
        public void onError(Throwable failure) {
          cancelled.countDown();
        }

        @Override
        public void onCompleted() {
          reply.onNext(UploadObjectResponse.newBuilder().setSizeBytes(size).build());
          reply.onCompleted();
        }
      };
    }

    @Override
    public StreamObserver<CommitSegmentsRequest> commitSegments(StreamObserver<CommitSegmentsResponse> reply) {
      return new StreamObserver<>() {
        @Override
        public void onNext(CommitSegmentsRequest request) {
          reply.onNext(CommitSegmentsResponse.newBuilder().setNextSegment(request.getSegment() + 1).build());
        }

        @Override
        public void onError(Throwable failure) {
          cancelled.countDown();
        }

        @Override
        public void onCompleted() {
          reply.onCompleted();
        }
      };
    }
  }
}
