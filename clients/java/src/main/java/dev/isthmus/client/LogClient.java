package dev.isthmus.client;

import dev.isthmus.attestation.v1.GetConsistencyProofRequest;
import dev.isthmus.attestation.v1.GetConsistencyProofResponse;
import dev.isthmus.attestation.v1.GetInclusionProofRequest;
import dev.isthmus.attestation.v1.GetInclusionProofResponse;
import dev.isthmus.attestation.v1.GetLogCheckpointRequest;
import dev.isthmus.attestation.v1.GetLogCheckpointResponse;
import dev.isthmus.attestation.v1.ListLogEntriesRequest;
import dev.isthmus.attestation.v1.ListLogEntriesResponse;
import dev.isthmus.attestation.v1.TransparencyLogServiceGrpc;
import java.util.concurrent.CompletableFuture;

/** The transparency log: an append-only Merkle tree (RFC 6962) with C2SP checkpoints. */
public final class LogClient extends ServiceClient<LogClient> {
  LogClient(Caller caller) {
    super(caller);
  }

  @Override
  LogClient with(Caller caller) {
    return new LogClient(caller);
  }

  /**
   * The newest signed checkpoint.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public GetLogCheckpointResponse getLogCheckpoint(GetLogCheckpointRequest request) {
    return caller().unary(TransparencyLogServiceGrpc.getGetLogCheckpointMethod(), request);
  }

  /**
   * The newest signed checkpoint.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<GetLogCheckpointResponse> getLogCheckpointAsync(GetLogCheckpointRequest request) {
    return caller().unaryAsync(TransparencyLogServiceGrpc.getGetLogCheckpointMethod(), request);
  }

  /**
   * Proof that an entry is in the tree of a given size.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public GetInclusionProofResponse getInclusionProof(GetInclusionProofRequest request) {
    return caller().unary(TransparencyLogServiceGrpc.getGetInclusionProofMethod(), request);
  }

  /**
   * Proof that an entry is in the tree of a given size.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<GetInclusionProofResponse> getInclusionProofAsync(GetInclusionProofRequest request) {
    return caller().unaryAsync(TransparencyLogServiceGrpc.getGetInclusionProofMethod(), request);
  }

  /**
   * Proof that a smaller tree is a beginning of a larger one.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public GetConsistencyProofResponse getConsistencyProof(GetConsistencyProofRequest request) {
    return caller().unary(TransparencyLogServiceGrpc.getGetConsistencyProofMethod(), request);
  }

  /**
   * Proof that a smaller tree is a beginning of a larger one.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<GetConsistencyProofResponse> getConsistencyProofAsync(GetConsistencyProofRequest request) {
    return caller().unaryAsync(TransparencyLogServiceGrpc.getGetConsistencyProofMethod(), request);
  }

  /**
   * Entries in their order.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public ListLogEntriesResponse listLogEntries(ListLogEntriesRequest request) {
    return caller().unary(TransparencyLogServiceGrpc.getListLogEntriesMethod(), request);
  }

  /**
   * Entries in their order.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<ListLogEntriesResponse> listLogEntriesAsync(ListLogEntriesRequest request) {
    return caller().unaryAsync(TransparencyLogServiceGrpc.getListLogEntriesMethod(), request);
  }
}
