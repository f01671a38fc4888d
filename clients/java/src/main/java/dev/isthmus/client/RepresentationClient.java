package dev.isthmus.client;

import dev.isthmus.representation.v1.BatchRepresentRequest;
import dev.isthmus.representation.v1.BatchRepresentResponse;
import dev.isthmus.representation.v1.RepresentRequest;
import dev.isthmus.representation.v1.RepresentResponse;
import dev.isthmus.representation.v1.RepresentationServiceGrpc;
import dev.isthmus.representation.v1.ScoreCausalityRequest;
import dev.isthmus.representation.v1.ScoreCausalityResponse;
import java.util.concurrent.CompletableFuture;

/** Represents what a user's history in other domains means for a target domain (CE-CDR, our reconstruction). */
public final class RepresentationClient extends ServiceClient<RepresentationClient> {
  RepresentationClient(Caller caller) {
    super(caller);
  }

  @Override
  RepresentationClient with(Caller caller) {
    return new RepresentationClient(caller);
  }

  /**
   * The user's cross-domain representation, and on request one for each candidate item.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public RepresentResponse represent(RepresentRequest request) {
    return caller().unary(RepresentationServiceGrpc.getRepresentMethod(), request);
  }

  /**
   * The user's cross-domain representation, and on request one for each candidate item.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<RepresentResponse> representAsync(RepresentRequest request) {
    return caller().unaryAsync(RepresentationServiceGrpc.getRepresentMethod(), request);
  }

  /**
   * The same for several users in one call. Each answer stands for itself: one bad user does not fail the others.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public BatchRepresentResponse batchRepresent(BatchRepresentRequest request) {
    return caller().unary(RepresentationServiceGrpc.getBatchRepresentMethod(), request);
  }

  /**
   * The same for several users in one call. Each answer stands for itself: one bad user does not fail the others.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<BatchRepresentResponse> batchRepresentAsync(BatchRepresentRequest request) {
    return caller().unaryAsync(RepresentationServiceGrpc.getBatchRepresentMethod(), request);
  }

  /**
   * The probability that each source event caused a preference for each target item.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public ScoreCausalityResponse scoreCausality(ScoreCausalityRequest request) {
    return caller().unary(RepresentationServiceGrpc.getScoreCausalityMethod(), request);
  }

  /**
   * The probability that each source event caused a preference for each target item.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<ScoreCausalityResponse> scoreCausalityAsync(ScoreCausalityRequest request) {
    return caller().unaryAsync(RepresentationServiceGrpc.getScoreCausalityMethod(), request);
  }
}
