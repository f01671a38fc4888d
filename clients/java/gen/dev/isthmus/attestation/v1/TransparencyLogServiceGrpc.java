package dev.isthmus.attestation.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * The transparency log: an append-only Merkle tree (RFC 6962) with C2SP checkpoints.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class TransparencyLogServiceGrpc {

  private TransparencyLogServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "isthmus.attestation.v1.TransparencyLogService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetLogCheckpointRequest,
      dev.isthmus.attestation.v1.GetLogCheckpointResponse> getGetLogCheckpointMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetLogCheckpoint",
      requestType = dev.isthmus.attestation.v1.GetLogCheckpointRequest.class,
      responseType = dev.isthmus.attestation.v1.GetLogCheckpointResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetLogCheckpointRequest,
      dev.isthmus.attestation.v1.GetLogCheckpointResponse> getGetLogCheckpointMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetLogCheckpointRequest, dev.isthmus.attestation.v1.GetLogCheckpointResponse> getGetLogCheckpointMethod;
    if ((getGetLogCheckpointMethod = TransparencyLogServiceGrpc.getGetLogCheckpointMethod) == null) {
      synchronized (TransparencyLogServiceGrpc.class) {
        if ((getGetLogCheckpointMethod = TransparencyLogServiceGrpc.getGetLogCheckpointMethod) == null) {
          TransparencyLogServiceGrpc.getGetLogCheckpointMethod = getGetLogCheckpointMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.GetLogCheckpointRequest, dev.isthmus.attestation.v1.GetLogCheckpointResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetLogCheckpoint"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.GetLogCheckpointRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.GetLogCheckpointResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TransparencyLogServiceMethodDescriptorSupplier("GetLogCheckpoint"))
              .build();
        }
      }
    }
    return getGetLogCheckpointMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetInclusionProofRequest,
      dev.isthmus.attestation.v1.GetInclusionProofResponse> getGetInclusionProofMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetInclusionProof",
      requestType = dev.isthmus.attestation.v1.GetInclusionProofRequest.class,
      responseType = dev.isthmus.attestation.v1.GetInclusionProofResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetInclusionProofRequest,
      dev.isthmus.attestation.v1.GetInclusionProofResponse> getGetInclusionProofMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetInclusionProofRequest, dev.isthmus.attestation.v1.GetInclusionProofResponse> getGetInclusionProofMethod;
    if ((getGetInclusionProofMethod = TransparencyLogServiceGrpc.getGetInclusionProofMethod) == null) {
      synchronized (TransparencyLogServiceGrpc.class) {
        if ((getGetInclusionProofMethod = TransparencyLogServiceGrpc.getGetInclusionProofMethod) == null) {
          TransparencyLogServiceGrpc.getGetInclusionProofMethod = getGetInclusionProofMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.GetInclusionProofRequest, dev.isthmus.attestation.v1.GetInclusionProofResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetInclusionProof"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.GetInclusionProofRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.GetInclusionProofResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TransparencyLogServiceMethodDescriptorSupplier("GetInclusionProof"))
              .build();
        }
      }
    }
    return getGetInclusionProofMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetConsistencyProofRequest,
      dev.isthmus.attestation.v1.GetConsistencyProofResponse> getGetConsistencyProofMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetConsistencyProof",
      requestType = dev.isthmus.attestation.v1.GetConsistencyProofRequest.class,
      responseType = dev.isthmus.attestation.v1.GetConsistencyProofResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetConsistencyProofRequest,
      dev.isthmus.attestation.v1.GetConsistencyProofResponse> getGetConsistencyProofMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetConsistencyProofRequest, dev.isthmus.attestation.v1.GetConsistencyProofResponse> getGetConsistencyProofMethod;
    if ((getGetConsistencyProofMethod = TransparencyLogServiceGrpc.getGetConsistencyProofMethod) == null) {
      synchronized (TransparencyLogServiceGrpc.class) {
        if ((getGetConsistencyProofMethod = TransparencyLogServiceGrpc.getGetConsistencyProofMethod) == null) {
          TransparencyLogServiceGrpc.getGetConsistencyProofMethod = getGetConsistencyProofMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.GetConsistencyProofRequest, dev.isthmus.attestation.v1.GetConsistencyProofResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetConsistencyProof"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.GetConsistencyProofRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.GetConsistencyProofResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TransparencyLogServiceMethodDescriptorSupplier("GetConsistencyProof"))
              .build();
        }
      }
    }
    return getGetConsistencyProofMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.ListLogEntriesRequest,
      dev.isthmus.attestation.v1.ListLogEntriesResponse> getListLogEntriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListLogEntries",
      requestType = dev.isthmus.attestation.v1.ListLogEntriesRequest.class,
      responseType = dev.isthmus.attestation.v1.ListLogEntriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.ListLogEntriesRequest,
      dev.isthmus.attestation.v1.ListLogEntriesResponse> getListLogEntriesMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.ListLogEntriesRequest, dev.isthmus.attestation.v1.ListLogEntriesResponse> getListLogEntriesMethod;
    if ((getListLogEntriesMethod = TransparencyLogServiceGrpc.getListLogEntriesMethod) == null) {
      synchronized (TransparencyLogServiceGrpc.class) {
        if ((getListLogEntriesMethod = TransparencyLogServiceGrpc.getListLogEntriesMethod) == null) {
          TransparencyLogServiceGrpc.getListLogEntriesMethod = getListLogEntriesMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.ListLogEntriesRequest, dev.isthmus.attestation.v1.ListLogEntriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListLogEntries"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.ListLogEntriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.ListLogEntriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TransparencyLogServiceMethodDescriptorSupplier("ListLogEntries"))
              .build();
        }
      }
    }
    return getListLogEntriesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static TransparencyLogServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<TransparencyLogServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<TransparencyLogServiceStub>() {
        @java.lang.Override
        public TransparencyLogServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new TransparencyLogServiceStub(channel, callOptions);
        }
      };
    return TransparencyLogServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static TransparencyLogServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<TransparencyLogServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<TransparencyLogServiceBlockingV2Stub>() {
        @java.lang.Override
        public TransparencyLogServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new TransparencyLogServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return TransparencyLogServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static TransparencyLogServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<TransparencyLogServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<TransparencyLogServiceBlockingStub>() {
        @java.lang.Override
        public TransparencyLogServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new TransparencyLogServiceBlockingStub(channel, callOptions);
        }
      };
    return TransparencyLogServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static TransparencyLogServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<TransparencyLogServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<TransparencyLogServiceFutureStub>() {
        @java.lang.Override
        public TransparencyLogServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new TransparencyLogServiceFutureStub(channel, callOptions);
        }
      };
    return TransparencyLogServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * The transparency log: an append-only Merkle tree (RFC 6962) with C2SP checkpoints.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * The newest signed checkpoint.
     * </pre>
     */
    default void getLogCheckpoint(dev.isthmus.attestation.v1.GetLogCheckpointRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetLogCheckpointResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetLogCheckpointMethod(), responseObserver);
    }

    /**
     * <pre>
     * Proof that an entry is in the tree of a given size.
     * </pre>
     */
    default void getInclusionProof(dev.isthmus.attestation.v1.GetInclusionProofRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetInclusionProofResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetInclusionProofMethod(), responseObserver);
    }

    /**
     * <pre>
     * Proof that a smaller tree is a beginning of a larger one.
     * </pre>
     */
    default void getConsistencyProof(dev.isthmus.attestation.v1.GetConsistencyProofRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetConsistencyProofResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetConsistencyProofMethod(), responseObserver);
    }

    /**
     * <pre>
     * Entries in their order.
     * </pre>
     */
    default void listLogEntries(dev.isthmus.attestation.v1.ListLogEntriesRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.ListLogEntriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListLogEntriesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service TransparencyLogService.
   * <pre>
   * The transparency log: an append-only Merkle tree (RFC 6962) with C2SP checkpoints.
   * </pre>
   */
  public static abstract class TransparencyLogServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return TransparencyLogServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service TransparencyLogService.
   * <pre>
   * The transparency log: an append-only Merkle tree (RFC 6962) with C2SP checkpoints.
   * </pre>
   */
  public static final class TransparencyLogServiceStub
      extends io.grpc.stub.AbstractAsyncStub<TransparencyLogServiceStub> {
    private TransparencyLogServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected TransparencyLogServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new TransparencyLogServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * The newest signed checkpoint.
     * </pre>
     */
    public void getLogCheckpoint(dev.isthmus.attestation.v1.GetLogCheckpointRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetLogCheckpointResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetLogCheckpointMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Proof that an entry is in the tree of a given size.
     * </pre>
     */
    public void getInclusionProof(dev.isthmus.attestation.v1.GetInclusionProofRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetInclusionProofResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetInclusionProofMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Proof that a smaller tree is a beginning of a larger one.
     * </pre>
     */
    public void getConsistencyProof(dev.isthmus.attestation.v1.GetConsistencyProofRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetConsistencyProofResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetConsistencyProofMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Entries in their order.
     * </pre>
     */
    public void listLogEntries(dev.isthmus.attestation.v1.ListLogEntriesRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.ListLogEntriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListLogEntriesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service TransparencyLogService.
   * <pre>
   * The transparency log: an append-only Merkle tree (RFC 6962) with C2SP checkpoints.
   * </pre>
   */
  public static final class TransparencyLogServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<TransparencyLogServiceBlockingV2Stub> {
    private TransparencyLogServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected TransparencyLogServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new TransparencyLogServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * The newest signed checkpoint.
     * </pre>
     */
    public dev.isthmus.attestation.v1.GetLogCheckpointResponse getLogCheckpoint(dev.isthmus.attestation.v1.GetLogCheckpointRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetLogCheckpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Proof that an entry is in the tree of a given size.
     * </pre>
     */
    public dev.isthmus.attestation.v1.GetInclusionProofResponse getInclusionProof(dev.isthmus.attestation.v1.GetInclusionProofRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetInclusionProofMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Proof that a smaller tree is a beginning of a larger one.
     * </pre>
     */
    public dev.isthmus.attestation.v1.GetConsistencyProofResponse getConsistencyProof(dev.isthmus.attestation.v1.GetConsistencyProofRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetConsistencyProofMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Entries in their order.
     * </pre>
     */
    public dev.isthmus.attestation.v1.ListLogEntriesResponse listLogEntries(dev.isthmus.attestation.v1.ListLogEntriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListLogEntriesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service TransparencyLogService.
   * <pre>
   * The transparency log: an append-only Merkle tree (RFC 6962) with C2SP checkpoints.
   * </pre>
   */
  public static final class TransparencyLogServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<TransparencyLogServiceBlockingStub> {
    private TransparencyLogServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected TransparencyLogServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new TransparencyLogServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * The newest signed checkpoint.
     * </pre>
     */
    public dev.isthmus.attestation.v1.GetLogCheckpointResponse getLogCheckpoint(dev.isthmus.attestation.v1.GetLogCheckpointRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetLogCheckpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Proof that an entry is in the tree of a given size.
     * </pre>
     */
    public dev.isthmus.attestation.v1.GetInclusionProofResponse getInclusionProof(dev.isthmus.attestation.v1.GetInclusionProofRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetInclusionProofMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Proof that a smaller tree is a beginning of a larger one.
     * </pre>
     */
    public dev.isthmus.attestation.v1.GetConsistencyProofResponse getConsistencyProof(dev.isthmus.attestation.v1.GetConsistencyProofRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetConsistencyProofMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Entries in their order.
     * </pre>
     */
    public dev.isthmus.attestation.v1.ListLogEntriesResponse listLogEntries(dev.isthmus.attestation.v1.ListLogEntriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListLogEntriesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service TransparencyLogService.
   * <pre>
   * The transparency log: an append-only Merkle tree (RFC 6962) with C2SP checkpoints.
   * </pre>
   */
  public static final class TransparencyLogServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<TransparencyLogServiceFutureStub> {
    private TransparencyLogServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected TransparencyLogServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new TransparencyLogServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * The newest signed checkpoint.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.attestation.v1.GetLogCheckpointResponse> getLogCheckpoint(
        dev.isthmus.attestation.v1.GetLogCheckpointRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetLogCheckpointMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Proof that an entry is in the tree of a given size.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.attestation.v1.GetInclusionProofResponse> getInclusionProof(
        dev.isthmus.attestation.v1.GetInclusionProofRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetInclusionProofMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Proof that a smaller tree is a beginning of a larger one.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.attestation.v1.GetConsistencyProofResponse> getConsistencyProof(
        dev.isthmus.attestation.v1.GetConsistencyProofRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetConsistencyProofMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Entries in their order.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.attestation.v1.ListLogEntriesResponse> listLogEntries(
        dev.isthmus.attestation.v1.ListLogEntriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListLogEntriesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_LOG_CHECKPOINT = 0;
  private static final int METHODID_GET_INCLUSION_PROOF = 1;
  private static final int METHODID_GET_CONSISTENCY_PROOF = 2;
  private static final int METHODID_LIST_LOG_ENTRIES = 3;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_GET_LOG_CHECKPOINT:
          serviceImpl.getLogCheckpoint((dev.isthmus.attestation.v1.GetLogCheckpointRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetLogCheckpointResponse>) responseObserver);
          break;
        case METHODID_GET_INCLUSION_PROOF:
          serviceImpl.getInclusionProof((dev.isthmus.attestation.v1.GetInclusionProofRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetInclusionProofResponse>) responseObserver);
          break;
        case METHODID_GET_CONSISTENCY_PROOF:
          serviceImpl.getConsistencyProof((dev.isthmus.attestation.v1.GetConsistencyProofRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetConsistencyProofResponse>) responseObserver);
          break;
        case METHODID_LIST_LOG_ENTRIES:
          serviceImpl.listLogEntries((dev.isthmus.attestation.v1.ListLogEntriesRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.ListLogEntriesResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getGetLogCheckpointMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.GetLogCheckpointRequest,
              dev.isthmus.attestation.v1.GetLogCheckpointResponse>(
                service, METHODID_GET_LOG_CHECKPOINT)))
        .addMethod(
          getGetInclusionProofMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.GetInclusionProofRequest,
              dev.isthmus.attestation.v1.GetInclusionProofResponse>(
                service, METHODID_GET_INCLUSION_PROOF)))
        .addMethod(
          getGetConsistencyProofMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.GetConsistencyProofRequest,
              dev.isthmus.attestation.v1.GetConsistencyProofResponse>(
                service, METHODID_GET_CONSISTENCY_PROOF)))
        .addMethod(
          getListLogEntriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.ListLogEntriesRequest,
              dev.isthmus.attestation.v1.ListLogEntriesResponse>(
                service, METHODID_LIST_LOG_ENTRIES)))
        .build();
  }

  private static abstract class TransparencyLogServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    TransparencyLogServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.isthmus.attestation.v1.LogProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("TransparencyLogService");
    }
  }

  private static final class TransparencyLogServiceFileDescriptorSupplier
      extends TransparencyLogServiceBaseDescriptorSupplier {
    TransparencyLogServiceFileDescriptorSupplier() {}
  }

  private static final class TransparencyLogServiceMethodDescriptorSupplier
      extends TransparencyLogServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    TransparencyLogServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (TransparencyLogServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new TransparencyLogServiceFileDescriptorSupplier())
              .addMethod(getGetLogCheckpointMethod())
              .addMethod(getGetInclusionProofMethod())
              .addMethod(getGetConsistencyProofMethod())
              .addMethod(getListLogEntriesMethod())
              .build();
        }
      }
    }
    return result;
  }
}
