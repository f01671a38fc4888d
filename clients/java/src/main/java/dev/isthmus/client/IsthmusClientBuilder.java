package dev.isthmus.client;

import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Says where the mesh is and how to speak with it. An address is {@code host:port}, or a target of gRPC such as
 * {@code dns:///retrieval:7402}, whose addresses are all used in turn.
 */
public final class IsthmusClientBuilder {
  private final Map<Program, String> addresses = new EnumMap<>(Program.class);
  private final List<ClientInterceptor> interceptors = new ArrayList<>();
  private Duration deadline = IsthmusClient.DEFAULT_DEADLINE;
  private boolean retries = true;
  private boolean insecure;
  private TlsOptions tls;
  private Function<String, ManagedChannelBuilder<?>> transport = this::network;

  IsthmusClientBuilder() {}

  /**
   * Address of the retrieval service, for candidates and the catalogue.
   *
   * @param address for example {@code 127.0.0.1:7402}
   * @return this
   */
  public IsthmusClientBuilder retrieval(String address) {
    return at(Program.RETRIEVAL, address);
  }

  /**
   * Address of the representation service.
   *
   * @param address for example {@code 127.0.0.1:7401}
   * @return this
   */
  public IsthmusClientBuilder representation(String address) {
    return at(Program.REPRESENTATION, address);
  }

  /**
   * Address of the attestation service, for attestations, training runs and the log.
   *
   * @param address for example {@code 127.0.0.1:7403}
   * @return this
   */
  public IsthmusClientBuilder attestation(String address) {
    return at(Program.ATTESTATION, address);
  }

  /**
   * Admin address of a serving program, for models and labels.
   *
   * @param address for example {@code 127.0.0.1:7502}
   * @return this
   */
  public IsthmusClientBuilder admin(String address) {
    return at(Program.ADMIN, address);
  }

  /**
   * Speaks TLS.
   *
   * @param options whom to trust, and who this client is
   * @return this
   */
  public IsthmusClientBuilder tls(TlsOptions options) {
    tls = Objects.requireNonNull(options);
    return this;
  }

  /**
   * Speaks without TLS: for loopback and networks that are protected otherwise.
   *
   * @return this
   */
  public IsthmusClientBuilder insecure() {
    insecure = true;
    return this;
  }

  /**
   * Deadline of calls that set none.
   *
   * @param deadline positive; {@link IsthmusClient#DEFAULT_DEADLINE} where not given
   * @return this
   */
  public IsthmusClientBuilder deadline(Duration deadline) {
    if (deadline.isNegative() || deadline.isZero()) throw new IllegalArgumentException("a deadline is positive");
    this.deadline = deadline;
    return this;
  }

  /**
   * Makes one attempt a call, for callers that repeat by themselves.
   *
   * @return this
   */
  public IsthmusClientBuilder withoutRetries() {
    retries = false;
    return this;
  }

  /**
   * Sees every call, for example that of OpenTelemetry, which carries the trace on to the servers.
   *
   * @param interceptor called in the order in which they were given
   * @return this
   */
  public IsthmusClientBuilder interceptor(ClientInterceptor interceptor) {
    interceptors.add(Objects.requireNonNull(interceptor));
    return this;
  }

  /** For tests: channels that leave the process out. */
  IsthmusClientBuilder transport(Function<String, ManagedChannelBuilder<?>> transport) {
    this.transport = transport;
    return this;
  }

  /**
   * The client. It connects on first use.
   *
   * @return to be closed by the caller
   * @throws IllegalStateException unless exactly one of {@link #tls} and {@link #insecure} was called
   */
  public IsthmusClient build() {
    if (tls == null && !insecure) {
      throw new IllegalStateException("give tls(…), or insecure() for a connection that others could read");
    }
    if (tls != null && insecure) throw new IllegalStateException("give either tls(…) or insecure()");
    return new IsthmusClient(this);
  }

  Duration deadline() {
    return deadline;
  }

  ManagedChannel connect(Program program) {
    String address = addresses.get(program);
    if (address == null) {
      throw new IllegalStateException("no address: give " + program.option() + "(…) to IsthmusClient.builder()");
    }
    ManagedChannelBuilder<?> channel = Channels.configure(transport.apply(address), retries);
    // gRPC runs the interceptor that was given last first.
    for (int i = interceptors.size() - 1; i >= 0; i--) channel.intercept(interceptors.get(i));
    return channel.build();
  }

  private IsthmusClientBuilder at(Program program, String address) {
    addresses.put(program, Objects.requireNonNull(address));
    return this;
  }

  private ManagedChannelBuilder<?> network(String address) {
    ChannelCredentials credentials = tls == null ? InsecureChannelCredentials.create() : tls.credentials();
    ManagedChannelBuilder<?> channel = Grpc.newChannelBuilder(address, credentials);
    if (tls != null && tls.serverName() != null) channel.overrideAuthority(tls.serverName());
    return channel;
  }
}
