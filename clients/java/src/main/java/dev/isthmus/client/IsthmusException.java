package dev.isthmus.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call that failed. {@link #reason()} is one of the reasons of docs/errors.md, or empty where the failure did not come
 * from a server of the mesh: a proxy, a connection that broke, a deadline that passed on the way.
 */
public final class IsthmusException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Canonical gRPC code. */
  private final Status.Code code;

  /** One of the reasons of docs/errors.md, or empty. */
  private final String reason;

  /** Who defines the reason. */
  private final String domain;

  private final transient Map<String, String> metadata;
  private final transient List<FieldViolation> violations;

  /** How long to wait before the next try; null where the server does not say. */
  private final Duration retryAfter;

  IsthmusException(Status.Code code, String message, Throwable cause) {
    this(code, message, ErrorInfo.getDefaultInstance(), List.of(), null, cause);
  }

  private IsthmusException(
      Status.Code code,
      String message,
      ErrorInfo info,
      List<FieldViolation> violations,
      Duration retryAfter,
      Throwable cause) {
    super(message, cause);
    this.code = code;
    this.reason = info.getReason();
    this.domain = info.getDomain();
    this.metadata = Map.copyOf(info.getMetadataMap());
    this.violations = List.copyOf(violations);
    this.retryAfter = retryAfter;
  }

  /**
   * Reads code, reason and details out of what gRPC throws. The details come from the network: malformed ones are ignored.
   *
   * @param failure what a stub threw
   * @return the same failure with its reason
   */
  public static IsthmusException from(Throwable failure) {
    if (failure instanceof IsthmusException known) return known;
    com.google.rpc.Status details = details(failure);
    if (details != null) return from(details, failure);
    Status status = Status.fromThrowable(failure);
    String message = status.getDescription() == null ? status.getCode().name() : status.getDescription();
    return new IsthmusException(status.getCode(), message, failure);
  }

  /**
   * Reads code, reason and details out of a {@code google.rpc.Status}, as results of batches and operations carry it.
   *
   * @param details the status
   * @return the failure
   */
  public static IsthmusException from(com.google.rpc.Status details) {
    return from(details, null);
  }

  private static IsthmusException from(com.google.rpc.Status details, Throwable cause) {
    BadRequest badRequest = unpack(details, BadRequest.getDefaultInstance());
    RetryInfo retry = unpack(details, RetryInfo.getDefaultInstance());
    Duration retryAfter =
        retry.hasRetryDelay()
            ? Duration.ofSeconds(retry.getRetryDelay().getSeconds(), retry.getRetryDelay().getNanos())
            : null;
    return new IsthmusException(
        Status.fromCodeValue(details.getCode()).getCode(),
        details.getMessage(),
        unpack(details, ErrorInfo.getDefaultInstance()),
        badRequest.getFieldViolationsList().stream()
            .map(violation -> new FieldViolation(violation.getField(), violation.getDescription()))
            .toList(),
        retryAfter,
        cause);
  }

  private static com.google.rpc.Status details(Throwable failure) {
    try {
      com.google.rpc.Status details = StatusProto.fromThrowable(failure);
      // Without the trailer, grpc-java makes a status of code and message alone, which says no more than the failure.
      return details == null || details.getDetailsCount() == 0 ? null : details;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Message> T unpack(com.google.rpc.Status details, T absent) {
    for (Any any : details.getDetailsList()) {
      if (!any.is(absent.getClass())) continue;
      try {
        return (T) any.unpack(absent.getClass());
      } catch (InvalidProtocolBufferException malformed) {
        return absent;
      }
    }
    return absent;
  }

  /**
   * Canonical gRPC code, for example {@code NOT_FOUND}.
   *
   * @return the code
   */
  public Status.Code code() {
    return code;
  }

  /**
   * Reason, for example {@code MODEL_NOT_FOUND}.
   *
   * @return the reason, empty where no server of the mesh gave one
   */
  public String reason() {
    return reason;
  }

  /**
   * Who defines the reason.
   *
   * @return {@code isthmus}, or empty where there is no reason
   */
  public String domain() {
    return domain;
  }

  /**
   * What to do about it, in words.
   *
   * @return the remedy of the contract, empty where there is no reason or where this client does not know it yet
   */
  public String remedy() {
    return Remedies.BY_REASON.getOrDefault(reason, "");
  }

  /**
   * What the server adds to the reason, for example {@code {expectedDim=32}}.
   *
   * @return unmodifiable
   */
  public Map<String, String> metadata() {
    return metadata == null ? Map.of() : metadata;
  }

  /**
   * Fields of the request that break a rule.
   *
   * @return unmodifiable
   */
  public List<FieldViolation> violations() {
    return violations == null ? List.of() : violations;
  }

  /**
   * How long the server asks to wait before the next try.
   *
   * @return empty where it does not say
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
