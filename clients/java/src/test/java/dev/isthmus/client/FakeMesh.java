package dev.isthmus.client;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.util.UUID;

/** Services in this process, behind a client that believes it speaks with the network. */
final class FakeMesh implements AutoCloseable {
  private final String name = UUID.randomUUID().toString();
  private final Server server;

  FakeMesh(BindableService... services) throws IOException {
    InProcessServerBuilder builder = InProcessServerBuilder.forName(name);
    for (BindableService service : services) builder.addService(service);
    server = builder.build().start();
  }

  IsthmusClientBuilder client() {
    return IsthmusClient.builder()
        .retrieval(name)
        .representation(name)
        .attestation(name)
        .admin(name)
        .insecure()
        .transport(InProcessChannelBuilder::forName);
  }

  /** The error model of the mesh. */
  static com.google.rpc.Status status(io.grpc.Status.Code code, String reason) {
    return com.google.rpc.Status.newBuilder()
        .setCode(code.value())
        .setMessage("no such thing")
        .addDetails(
            Any.pack(ErrorInfo.newBuilder().setReason(reason).setDomain("isthmus").putMetadata("name", "gone").build()))
        .addDetails(
            Any.pack(
                BadRequest.newBuilder()
                    .addFieldViolations(
                        BadRequest.FieldViolation.newBuilder().setField("k").setDescription("at least 1"))
                    .build()))
        .addDetails(
            Any.pack(
                RetryInfo.newBuilder()
                    .setRetryDelay(com.google.protobuf.Duration.newBuilder().setNanos(500_000_000))
                    .build()))
        .build();
  }

  static StatusRuntimeException failure(io.grpc.Status.Code code, String reason) {
    return StatusProto.toStatusRuntimeException(status(code, reason));
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
