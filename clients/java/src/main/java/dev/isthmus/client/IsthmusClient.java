package dev.isthmus.client;

import dev.isthmus.representation.v1.BatchRepresentRequest;
import dev.isthmus.representation.v1.RepresentRequest;
import dev.isthmus.representation.v1.RepresentResponse;
import dev.isthmus.retrieval.v1.BatchRetrieveRequest;
import dev.isthmus.retrieval.v1.RetrieveRequest;
import dev.isthmus.retrieval.v1.RetrieveResponse;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The mesh as a ranking system sees it. Thread-safe: one object a process. Connections open on first use and stay open
 * until {@link #close()}.
 *
 * <p>Every call has a deadline, {@link #DEFAULT_DEADLINE} where none is set. Calls that are safe to repeat are repeated
 * while servers are unavailable, within the deadline. Failures are {@link IsthmusException}.
 */
public final class IsthmusClient implements AutoCloseable {
  /** Deadline of a call that sets none. */
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(2);

  /** Requests in one batch call, the limit of the contract. */
  private static final int MAX_BATCH = 256;

  private static final long CLOSE_SECONDS = 5;

  private final IsthmusClientBuilder options;
  private final Map<Program, ManagedChannel> open = new EnumMap<>(Program.class);
  private boolean closed;

  IsthmusClient(IsthmusClientBuilder options) {
    this.options = options;
  }

  /**
   * A client to be told where the mesh is.
   *
   * @return a builder
   */
  public static IsthmusClientBuilder builder() {
    return new IsthmusClientBuilder();
  }

  /**
   * Candidates and interests.
   *
   * @return the service
   */
  public RetrievalClient retrieval() {
    return new RetrievalClient(caller(Program.RETRIEVAL));
  }

  /**
   * Writes and reads of the items that retrieval searches.
   *
   * @return the service
   */
  public CatalogueClient catalogue() {
    return new CatalogueClient(caller(Program.RETRIEVAL));
  }

  /**
   * Cross-domain representations and causal scores.
   *
   * @return the service
   */
  public RepresentationClient representation() {
    return new RepresentationClient(caller(Program.REPRESENTATION));
  }

  /**
   * Attestations and what they say.
   *
   * @return the service
   */
  public AttestationClient attestation() {
    return new AttestationClient(caller(Program.ATTESTATION));
  }

  /**
   * Training runs and their verdicts.
   *
   * @return the service
   */
  public ProofClient proofs() {
    return new ProofClient(caller(Program.ATTESTATION));
  }

  /**
   * The transparency log.
   *
   * @return the service
   */
  public LogClient log() {
    return new LogClient(caller(Program.ATTESTATION));
  }

  /**
   * Model versions and labels of the program behind the admin address.
   *
   * @return the service
   */
  public ModelClient models() {
    return new ModelClient(caller(Program.ADMIN));
  }

  /**
   * Retrieves for any number of users, in batches of at most 256. One bad request does not fail the others.
   *
   * @param requests the requests
   * @return an outcome for each, in their order
   * @throws IsthmusException where a whole batch fails
   */
  public List<Outcome<RetrieveResponse>> retrieveMany(List<RetrieveRequest> requests) {
    List<Outcome<RetrieveResponse>> outcomes = new ArrayList<>(requests.size());
    for (List<RetrieveRequest> batch : batches(requests)) {
      var answer = retrieval().batchRetrieve(BatchRetrieveRequest.newBuilder().addAllRequests(batch).build());
      for (var result : answer.getResultsList()) {
        outcomes.add(
            result.hasError()
                ? Outcome.failed(IsthmusException.from(result.getError()))
                : Outcome.of(result.getResponse()));
      }
    }
    return outcomes;
  }

  /**
   * Represents any number of users, in batches of at most 256. One bad request does not fail the others.
   *
   * @param requests the requests
   * @return an outcome for each, in their order
   * @throws IsthmusException where a whole batch fails
   */
  public List<Outcome<RepresentResponse>> representMany(List<RepresentRequest> requests) {
    List<Outcome<RepresentResponse>> outcomes = new ArrayList<>(requests.size());
    for (List<RepresentRequest> batch : batches(requests)) {
      var answer = representation().batchRepresent(BatchRepresentRequest.newBuilder().addAllRequests(batch).build());
      for (var result : answer.getResultsList()) {
        outcomes.add(
            result.hasError()
                ? Outcome.failed(IsthmusException.from(result.getError()))
                : Outcome.of(result.getResponse()));
      }
    }
    return outcomes;
  }

  /** Closes every connection. Calls that are under way fail with CANCELLED or UNAVAILABLE. */
  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(ManagedChannel::shutdownNow);
    try {
      for (ManagedChannel channel : open.values()) channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    open.clear();
  }

  private synchronized Caller caller(Program program) {
    if (closed) throw new IllegalStateException("the client is closed");
    return new Caller(open.computeIfAbsent(program, options::connect), options.deadline());
  }

  private static <T> List<List<T>> batches(List<T> requests) {
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < requests.size(); from += MAX_BATCH) {
      batches.add(requests.subList(from, Math.min(from + MAX_BATCH, requests.size())));
    }
    return batches;
  }
}
