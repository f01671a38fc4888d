package dev.isthmus.client;

import dev.isthmus.attestation.v1.CommitSegmentsRequest;
import dev.isthmus.attestation.v1.CommitSegmentsResponse;
import dev.isthmus.attestation.v1.FinishRunRequest;
import dev.isthmus.attestation.v1.FinishRunResponse;
import dev.isthmus.attestation.v1.GetRunRequest;
import dev.isthmus.attestation.v1.GetRunResponse;
import dev.isthmus.attestation.v1.ListRunsRequest;
import dev.isthmus.attestation.v1.ListRunsResponse;
import dev.isthmus.attestation.v1.ProofServiceGrpc;
import dev.isthmus.attestation.v1.StartRunRequest;
import dev.isthmus.attestation.v1.StartRunResponse;
import dev.isthmus.attestation.v1.UploadObjectRequest;
import dev.isthmus.attestation.v1.UploadObjectResponse;
import dev.isthmus.attestation.v1.WatchRunRequest;
import dev.isthmus.attestation.v1.WatchRunResponse;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/** The prover's side: a training run is announced, committed while it runs, and then replayed by the service. */
public final class ProofClient extends ServiceClient<ProofClient> {
  ProofClient(Caller caller) {
    super(caller);
  }

  @Override
  ProofClient with(Caller caller) {
    return new ProofClient(caller);
  }

  /**
   * Logs a manifest and only then draws the nonce that decides initialisation and order.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public StartRunResponse startRun(StartRunRequest request) {
    return caller().unary(ProofServiceGrpc.getStartRunMethod(), request);
  }

  /**
   * Logs a manifest and only then draws the nonce that decides initialisation and order.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<StartRunResponse> startRunAsync(StartRunRequest request) {
    return caller().unaryAsync(ProofServiceGrpc.getStartRunMethod(), request);
  }

  /**
   * Uploads an object of the content-addressed store in chunks, for provers that do not share the store.
   *
   * @param requests the requests, sent one after the other
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public UploadObjectResponse uploadObject(Iterator<UploadObjectRequest> requests) {
    return caller().clientStream(ProofServiceGrpc.getUploadObjectMethod(), requests);
  }

  /**
   * Commits segments in order while training goes on. Every answer acknowledges; a prover keeps at most `window` unacknowledged.
   *
   * @return the call, to write to and to read from
   */
  public DuplexStream<CommitSegmentsRequest, CommitSegmentsResponse> commitSegments() {
    return caller().duplex(ProofServiceGrpc.getCommitSegmentsMethod());
  }

  /**
   * Ends the commitments. The service logs the end and queues the replay.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public FinishRunResponse finishRun(FinishRunRequest request) {
    return caller().unary(ProofServiceGrpc.getFinishRunMethod(), request);
  }

  /**
   * Ends the commitments. The service logs the end and queues the replay.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<FinishRunResponse> finishRunAsync(FinishRunRequest request) {
    return caller().unaryAsync(ProofServiceGrpc.getFinishRunMethod(), request);
  }

  /**
   * One run.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public GetRunResponse getRun(GetRunRequest request) {
    return caller().unary(ProofServiceGrpc.getGetRunMethod(), request);
  }

  /**
   * One run.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<GetRunResponse> getRunAsync(GetRunRequest request) {
    return caller().unaryAsync(ProofServiceGrpc.getGetRunMethod(), request);
  }

  /**
   * Runs, newest first.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public ListRunsResponse listRuns(ListRunsRequest request) {
    return caller().unary(ProofServiceGrpc.getListRunsMethod(), request);
  }

  /**
   * Runs, newest first.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<ListRunsResponse> listRunsAsync(ListRunsRequest request) {
    return caller().unaryAsync(ProofServiceGrpc.getListRunsMethod(), request);
  }

  /**
   * A run at once and after every change until it has ended.
   *
   * @param request the request
   * @return the answers as they come
   */
  public MessageStream<WatchRunResponse> watchRun(WatchRunRequest request) {
    return caller().serverStream(ProofServiceGrpc.getWatchRunMethod(), request);
  }
}
