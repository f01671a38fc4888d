package dev.isthmus.client;

import dev.isthmus.retrieval.v1.BatchRetrieveRequest;
import dev.isthmus.retrieval.v1.BatchRetrieveResponse;
import dev.isthmus.retrieval.v1.PredictInterestsRequest;
import dev.isthmus.retrieval.v1.PredictInterestsResponse;
import dev.isthmus.retrieval.v1.RetrievalServiceGrpc;
import dev.isthmus.retrieval.v1.RetrieveRequest;
import dev.isthmus.retrieval.v1.RetrieveResponse;
import java.util.concurrent.CompletableFuture;

/** Finds candidates for a user, interest by interest (GemiRec, our reconstruction). */
public final class RetrievalClient extends ServiceClient<RetrievalClient> {
  RetrievalClient(Caller caller) {
    super(caller);
  }

  @Override
  RetrievalClient with(Caller caller) {
    return new RetrievalClient(caller);
  }

  /**
   * The interests that the user has and will have, most probable first.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public PredictInterestsResponse predictInterests(PredictInterestsRequest request) {
    return caller().unary(RetrievalServiceGrpc.getPredictInterestsMethod(), request);
  }

  /**
   * The interests that the user has and will have, most probable first.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<PredictInterestsResponse> predictInterestsAsync(PredictInterestsRequest request) {
    return caller().unaryAsync(RetrievalServiceGrpc.getPredictInterestsMethod(), request);
  }

  /**
   * Candidates, each with the interest that found it.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public RetrieveResponse retrieve(RetrieveRequest request) {
    return caller().unary(RetrievalServiceGrpc.getRetrieveMethod(), request);
  }

  /**
   * Candidates, each with the interest that found it.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<RetrieveResponse> retrieveAsync(RetrieveRequest request) {
    return caller().unaryAsync(RetrievalServiceGrpc.getRetrieveMethod(), request);
  }

  /**
   * The same for several users in one call. Each answer stands for itself.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public BatchRetrieveResponse batchRetrieve(BatchRetrieveRequest request) {
    return caller().unary(RetrievalServiceGrpc.getBatchRetrieveMethod(), request);
  }

  /**
   * The same for several users in one call. Each answer stands for itself.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<BatchRetrieveResponse> batchRetrieveAsync(BatchRetrieveRequest request) {
    return caller().unaryAsync(RetrievalServiceGrpc.getBatchRetrieveMethod(), request);
  }
}
