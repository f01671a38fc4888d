package dev.isthmus.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Makes calls with a deadline and typed errors. A deadline or a cancellation of the current {@code io.grpc.Context}
 * holds as well, so calls made inside a gRPC server end with the call that asked for them.
 */
record Caller(Channel channel, Duration deadline) {

  <Q extends Message, A> A unary(MethodDescriptor<Q, A> method, Q request) {
    try {
      return ClientCalls.blockingUnaryCall(channel, method, options(), withRequestId(request));
    } catch (StatusRuntimeException failure) {
      throw IsthmusException.from(failure);
    }
  }

  /** Cancelling the future cancels the call. */
  <Q extends Message, A> CompletableFuture<A> unaryAsync(MethodDescriptor<Q, A> method, Q request) {
    ClientCall<Q, A> call = channel.newCall(method, options());
    CompletableFuture<A> answer = new CompletableFuture<>();
    answer.whenComplete(
        (value, failure) -> {
          if (answer.isCancelled()) call.cancel("the future was cancelled", null);
        });
    ClientCalls.asyncUnaryCall(
        call,
        withRequestId(request),
        new StreamObserver<A>() {
          @Override
          public void onNext(A value) {
            answer.complete(value);
          }

          @Override
          public void onError(Throwable failure) {
            answer.completeExceptionally(IsthmusException.from(failure));
          }

          @Override
          public void onCompleted() {
            // The answer came before.
          }
        });
    return answer;
  }

  <Q, A> MessageStream<A> serverStream(MethodDescriptor<Q, A> method, Q request) {
    DuplexStream<Q, A> stream = duplex(method);
    stream.write(request);
    stream.finish();
    return stream;
  }

  /** Sends every request, then waits for the one answer. A server that has failed already stops the sending. */
  <Q, A> A clientStream(MethodDescriptor<Q, A> method, Iterator<Q> requests) {
    try (DuplexStream<Q, A> stream = duplex(method)) {
      while (requests.hasNext()) stream.write(requests.next());
      stream.finish();
      return stream.next();
    } catch (NoSuchElementException ended) {
      throw new IsthmusException(io.grpc.Status.Code.INTERNAL, "the server ended the call without an answer", ended);
    }
  }

  <Q, A> DuplexStream<Q, A> duplex(MethodDescriptor<Q, A> method) {
    return new DuplexStream<>(channel.newCall(method, options()));
  }

  private CallOptions options() {
    return CallOptions.DEFAULT.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A change without a request id gets a fresh one, so that a repeated attempt is harmless (AIP-155). */
  @SuppressWarnings("unchecked")
  private static <Q extends Message> Q withRequestId(Q request) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName("request_id");
    if (field == null || !request.getField(field).equals("")) return request;
    return (Q) request.toBuilder().setField(field, UUID.randomUUID().toString()).build();
  }
}
