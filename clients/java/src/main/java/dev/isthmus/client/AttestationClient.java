package dev.isthmus.client;

import dev.isthmus.attestation.v1.AttestationServiceGrpc;
import dev.isthmus.attestation.v1.GetAttestationRequest;
import dev.isthmus.attestation.v1.GetAttestationResponse;
import dev.isthmus.attestation.v1.ListAttestationsRequest;
import dev.isthmus.attestation.v1.ListAttestationsResponse;
import dev.isthmus.attestation.v1.VerifyAttestationRequest;
import dev.isthmus.attestation.v1.VerifyAttestationResponse;
import java.util.concurrent.CompletableFuture;

/** The relying party's side: attestations and what they say. */
public final class AttestationClient extends ServiceClient<AttestationClient> {
  AttestationClient(Caller caller) {
    super(caller);
  }

  @Override
  AttestationClient with(Caller caller) {
    return new AttestationClient(caller);
  }

  /**
   * One attestation with its bundle.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public GetAttestationResponse getAttestation(GetAttestationRequest request) {
    return caller().unary(AttestationServiceGrpc.getGetAttestationMethod(), request);
  }

  /**
   * One attestation with its bundle.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<GetAttestationResponse> getAttestationAsync(GetAttestationRequest request) {
    return caller().unaryAsync(AttestationServiceGrpc.getGetAttestationMethod(), request);
  }

  /**
   * Attestations, newest first.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public ListAttestationsResponse listAttestations(ListAttestationsRequest request) {
    return caller().unary(AttestationServiceGrpc.getListAttestationsMethod(), request);
  }

  /**
   * Attestations, newest first.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<ListAttestationsResponse> listAttestationsAsync(ListAttestationsRequest request) {
    return caller().unaryAsync(AttestationServiceGrpc.getListAttestationsMethod(), request);
  }

  /**
   * Checks a bundle against this service's keys and log. The same check runs offline in every client.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public VerifyAttestationResponse verifyAttestation(VerifyAttestationRequest request) {
    return caller().unary(AttestationServiceGrpc.getVerifyAttestationMethod(), request);
  }

  /**
   * Checks a bundle against this service's keys and log. The same check runs offline in every client.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<VerifyAttestationResponse> verifyAttestationAsync(VerifyAttestationRequest request) {
    return caller().unaryAsync(AttestationServiceGrpc.getVerifyAttestationMethod(), request);
  }
}
