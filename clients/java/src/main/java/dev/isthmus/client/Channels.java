package dev.isthmus.client;

import dev.isthmus.attestation.v1.AttestationServiceGrpc;
import dev.isthmus.attestation.v1.ProofServiceGrpc;
import dev.isthmus.attestation.v1.TransparencyLogServiceGrpc;
import dev.isthmus.model.v1.ModelServiceGrpc;
import dev.isthmus.representation.v1.RepresentationServiceGrpc;
import dev.isthmus.retrieval.v1.CatalogueServiceGrpc;
import dev.isthmus.retrieval.v1.RetrievalServiceGrpc;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What every channel of a client has: retries of what is safe to repeat, balancing over all addresses, keepalive. */
final class Channels {
  /** Longer than any grace of a server, so that at most one probe meets a server that is saying goodbye. */
  private static final long KEEPALIVE_SECONDS = 60;

  private static final long KEEPALIVE_TIMEOUT_SECONDS = 10;
  /** Attempts of one call in all. */
  private static final double MAX_ATTEMPTS = 4;
  /** A batch of 256 answers of 1,000 hits stays below it. */
  private static final int MAX_RECEIVE_BYTES = 32 * 1024 * 1024;

  /**
   * A failure takes a token, and with half of them gone nothing is repeated (gRFC A6). As many as
   * there may be: a replica that is killed fails every call on its connection at once, and each is
   * to be repeated elsewhere.
   */
  private static final double MAX_TOKENS = 1000;

  static final List<ServiceDescriptor> SERVICES =
      List.of(
          RepresentationServiceGrpc.getServiceDescriptor(),
          RetrievalServiceGrpc.getServiceDescriptor(),
          CatalogueServiceGrpc.getServiceDescriptor(),
          ProofServiceGrpc.getServiceDescriptor(),
          AttestationServiceGrpc.getServiceDescriptor(),
          TransparencyLogServiceGrpc.getServiceDescriptor(),
          ModelServiceGrpc.getServiceDescriptor());

  private Channels() {}

  static <B extends ManagedChannelBuilder<?>> B configure(B channel, boolean retries) {
    channel
        .defaultServiceConfig(serviceConfig(retries))
        .disableServiceConfigLookUp()
        .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEPALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .maxInboundMessageSize(MAX_RECEIVE_BYTES);
    if (retries) channel.enableRetry();
    else channel.disableRetry();
    return channel;
  }

  /** Service config (gRFC A6). Numbers are doubles, as gRPC reads them. */
  private static Map<String, ?> serviceConfig(boolean retries) {
    Map<String, ?> balancing = Map.of("round_robin", Map.of());
    if (!retries) return Map.of("loadBalancingConfig", List.of(balancing));
    Map<String, ?> policy =
        Map.of(
            "maxAttempts", MAX_ATTEMPTS,
            "initialBackoff", "0.05s",
            "maxBackoff", "1s",
            "backoffMultiplier", 2.0,
            "retryableStatusCodes", List.of("UNAVAILABLE"));
    return Map.of(
        "loadBalancingConfig", List.of(balancing),
        "methodConfig", List.of(Map.of("name", safeToRepeat(), "retryPolicy", policy)),
        "retryThrottling", Map.of("maxTokens", MAX_TOKENS, "tokenRatio", 0.1));
  }

  /** Every unary method is a read, or carries a request id that makes a second call harmless. Streams are not repeated. */
  private static List<Map<String, ?>> safeToRepeat() {
    return SERVICES.stream()
        .flatMap(service -> service.getMethods().stream())
        .filter(method -> method.getType() == MethodType.UNARY)
        .<Map<String, ?>>map(
            method -> Map.of("service", method.getServiceName(), "method", method.getBareMethodName()))
        .toList();
  }
}
