package dev.isthmus.attestation.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * The prover's side: a training run is announced, committed while it runs, and then replayed by the service.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class ProofServiceGrpc {

  private ProofServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "isthmus.attestation.v1.ProofService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.StartRunRequest,
      dev.isthmus.attestation.v1.StartRunResponse> getStartRunMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StartRun",
      requestType = dev.isthmus.attestation.v1.StartRunRequest.class,
      responseType = dev.isthmus.attestation.v1.StartRunResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.StartRunRequest,
      dev.isthmus.attestation.v1.StartRunResponse> getStartRunMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.StartRunRequest, dev.isthmus.attestation.v1.StartRunResponse> getStartRunMethod;
    if ((getStartRunMethod = ProofServiceGrpc.getStartRunMethod) == null) {
      synchronized (ProofServiceGrpc.class) {
        if ((getStartRunMethod = ProofServiceGrpc.getStartRunMethod) == null) {
          ProofServiceGrpc.getStartRunMethod = getStartRunMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.StartRunRequest, dev.isthmus.attestation.v1.StartRunResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StartRun"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.StartRunRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.StartRunResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ProofServiceMethodDescriptorSupplier("StartRun"))
              .build();
        }
      }
    }
    return getStartRunMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.UploadObjectRequest,
      dev.isthmus.attestation.v1.UploadObjectResponse> getUploadObjectMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UploadObject",
      requestType = dev.isthmus.attestation.v1.UploadObjectRequest.class,
      responseType = dev.isthmus.attestation.v1.UploadObjectResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.UploadObjectRequest,
      dev.isthmus.attestation.v1.UploadObjectResponse> getUploadObjectMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.UploadObjectRequest, dev.isthmus.attestation.v1.UploadObjectResponse> getUploadObjectMethod;
    if ((getUploadObjectMethod = ProofServiceGrpc.getUploadObjectMethod) == null) {
      synchronized (ProofServiceGrpc.class) {
        if ((getUploadObjectMethod = ProofServiceGrpc.getUploadObjectMethod) == null) {
          ProofServiceGrpc.getUploadObjectMethod = getUploadObjectMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.UploadObjectRequest, dev.isthmus.attestation.v1.UploadObjectResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UploadObject"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.UploadObjectRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.UploadObjectResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ProofServiceMethodDescriptorSupplier("UploadObject"))
              .build();
        }
      }
    }
    return getUploadObjectMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.CommitSegmentsRequest,
      dev.isthmus.attestation.v1.CommitSegmentsResponse> getCommitSegmentsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CommitSegments",
      requestType = dev.isthmus.attestation.v1.CommitSegmentsRequest.class,
      responseType = dev.isthmus.attestation.v1.CommitSegmentsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.CommitSegmentsRequest,
      dev.isthmus.attestation.v1.CommitSegmentsResponse> getCommitSegmentsMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.CommitSegmentsRequest, dev.isthmus.attestation.v1.CommitSegmentsResponse> getCommitSegmentsMethod;
    if ((getCommitSegmentsMethod = ProofServiceGrpc.getCommitSegmentsMethod) == null) {
      synchronized (ProofServiceGrpc.class) {
        if ((getCommitSegmentsMethod = ProofServiceGrpc.getCommitSegmentsMethod) == null) {
          ProofServiceGrpc.getCommitSegmentsMethod = getCommitSegmentsMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.CommitSegmentsRequest, dev.isthmus.attestation.v1.CommitSegmentsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CommitSegments"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.CommitSegmentsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.CommitSegmentsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ProofServiceMethodDescriptorSupplier("CommitSegments"))
              .build();
        }
      }
    }
    return getCommitSegmentsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.FinishRunRequest,
      dev.isthmus.attestation.v1.FinishRunResponse> getFinishRunMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "FinishRun",
      requestType = dev.isthmus.attestation.v1.FinishRunRequest.class,
      responseType = dev.isthmus.attestation.v1.FinishRunResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.FinishRunRequest,
      dev.isthmus.attestation.v1.FinishRunResponse> getFinishRunMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.FinishRunRequest, dev.isthmus.attestation.v1.FinishRunResponse> getFinishRunMethod;
    if ((getFinishRunMethod = ProofServiceGrpc.getFinishRunMethod) == null) {
      synchronized (ProofServiceGrpc.class) {
        if ((getFinishRunMethod = ProofServiceGrpc.getFinishRunMethod) == null) {
          ProofServiceGrpc.getFinishRunMethod = getFinishRunMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.FinishRunRequest, dev.isthmus.attestation.v1.FinishRunResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "FinishRun"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.FinishRunRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.FinishRunResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ProofServiceMethodDescriptorSupplier("FinishRun"))
              .build();
        }
      }
    }
    return getFinishRunMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetRunRequest,
      dev.isthmus.attestation.v1.GetRunResponse> getGetRunMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetRun",
      requestType = dev.isthmus.attestation.v1.GetRunRequest.class,
      responseType = dev.isthmus.attestation.v1.GetRunResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetRunRequest,
      dev.isthmus.attestation.v1.GetRunResponse> getGetRunMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetRunRequest, dev.isthmus.attestation.v1.GetRunResponse> getGetRunMethod;
    if ((getGetRunMethod = ProofServiceGrpc.getGetRunMethod) == null) {
      synchronized (ProofServiceGrpc.class) {
        if ((getGetRunMethod = ProofServiceGrpc.getGetRunMethod) == null) {
          ProofServiceGrpc.getGetRunMethod = getGetRunMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.GetRunRequest, dev.isthmus.attestation.v1.GetRunResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetRun"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.GetRunRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.GetRunResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ProofServiceMethodDescriptorSupplier("GetRun"))
              .build();
        }
      }
    }
    return getGetRunMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.ListRunsRequest,
      dev.isthmus.attestation.v1.ListRunsResponse> getListRunsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListRuns",
      requestType = dev.isthmus.attestation.v1.ListRunsRequest.class,
      responseType = dev.isthmus.attestation.v1.ListRunsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.ListRunsRequest,
      dev.isthmus.attestation.v1.ListRunsResponse> getListRunsMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.ListRunsRequest, dev.isthmus.attestation.v1.ListRunsResponse> getListRunsMethod;
    if ((getListRunsMethod = ProofServiceGrpc.getListRunsMethod) == null) {
      synchronized (ProofServiceGrpc.class) {
        if ((getListRunsMethod = ProofServiceGrpc.getListRunsMethod) == null) {
          ProofServiceGrpc.getListRunsMethod = getListRunsMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.ListRunsRequest, dev.isthmus.attestation.v1.ListRunsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListRuns"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.ListRunsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.ListRunsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ProofServiceMethodDescriptorSupplier("ListRuns"))
              .build();
        }
      }
    }
    return getListRunsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.WatchRunRequest,
      dev.isthmus.attestation.v1.WatchRunResponse> getWatchRunMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchRun",
      requestType = dev.isthmus.attestation.v1.WatchRunRequest.class,
      responseType = dev.isthmus.attestation.v1.WatchRunResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.WatchRunRequest,
      dev.isthmus.attestation.v1.WatchRunResponse> getWatchRunMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.WatchRunRequest, dev.isthmus.attestation.v1.WatchRunResponse> getWatchRunMethod;
    if ((getWatchRunMethod = ProofServiceGrpc.getWatchRunMethod) == null) {
      synchronized (ProofServiceGrpc.class) {
        if ((getWatchRunMethod = ProofServiceGrpc.getWatchRunMethod) == null) {
          ProofServiceGrpc.getWatchRunMethod = getWatchRunMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.WatchRunRequest, dev.isthmus.attestation.v1.WatchRunResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchRun"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.WatchRunRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.WatchRunResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ProofServiceMethodDescriptorSupplier("WatchRun"))
              .build();
        }
      }
    }
    return getWatchRunMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ProofServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ProofServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ProofServiceStub>() {
        @java.lang.Override
        public ProofServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ProofServiceStub(channel, callOptions);
        }
      };
    return ProofServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static ProofServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ProofServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ProofServiceBlockingV2Stub>() {
        @java.lang.Override
        public ProofServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ProofServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return ProofServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ProofServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ProofServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ProofServiceBlockingStub>() {
        @java.lang.Override
        public ProofServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ProofServiceBlockingStub(channel, callOptions);
        }
      };
    return ProofServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ProofServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ProofServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ProofServiceFutureStub>() {
        @java.lang.Override
        public ProofServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ProofServiceFutureStub(channel, callOptions);
        }
      };
    return ProofServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * The prover's side: a training run is announced, committed while it runs, and then replayed by the service.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Logs a manifest and only then draws the nonce that decides initialisation and order.
     * </pre>
     */
    default void startRun(dev.isthmus.attestation.v1.StartRunRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.StartRunResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStartRunMethod(), responseObserver);
    }

    /**
     * <pre>
     * Uploads an object of the content-addressed store in chunks, for provers that do not share the store.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.UploadObjectRequest> uploadObject(
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.UploadObjectResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getUploadObjectMethod(), responseObserver);
    }

    /**
     * <pre>
     * Commits segments in order while training goes on. Every answer acknowledges; a prover keeps at most `window` unacknowledged.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.CommitSegmentsRequest> commitSegments(
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.CommitSegmentsResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getCommitSegmentsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Ends the commitments. The service logs the end and queues the replay.
     * </pre>
     */
    default void finishRun(dev.isthmus.attestation.v1.FinishRunRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.FinishRunResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getFinishRunMethod(), responseObserver);
    }

    /**
     * <pre>
     * One run.
     * </pre>
     */
    default void getRun(dev.isthmus.attestation.v1.GetRunRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetRunResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetRunMethod(), responseObserver);
    }

    /**
     * <pre>
     * Runs, newest first.
     * </pre>
     */
    default void listRuns(dev.isthmus.attestation.v1.ListRunsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.ListRunsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListRunsMethod(), responseObserver);
    }

    /**
     * <pre>
     * A run at once and after every change until it has ended.
     * </pre>
     */
    default void watchRun(dev.isthmus.attestation.v1.WatchRunRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.WatchRunResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchRunMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service ProofService.
   * <pre>
   * The prover's side: a training run is announced, committed while it runs, and then replayed by the service.
   * </pre>
   */
  public static abstract class ProofServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return ProofServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service ProofService.
   * <pre>
   * The prover's side: a training run is announced, committed while it runs, and then replayed by the service.
   * </pre>
   */
  public static final class ProofServiceStub
      extends io.grpc.stub.AbstractAsyncStub<ProofServiceStub> {
    private ProofServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ProofServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ProofServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Logs a manifest and only then draws the nonce that decides initialisation and order.
     * </pre>
     */
    public void startRun(dev.isthmus.attestation.v1.StartRunRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.StartRunResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getStartRunMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Uploads an object of the content-addressed store in chunks, for provers that do not share the store.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.UploadObjectRequest> uploadObject(
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.UploadObjectResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncClientStreamingCall(
          getChannel().newCall(getUploadObjectMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * Commits segments in order while training goes on. Every answer acknowledges; a prover keeps at most `window` unacknowledged.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.CommitSegmentsRequest> commitSegments(
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.CommitSegmentsResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncBidiStreamingCall(
          getChannel().newCall(getCommitSegmentsMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * Ends the commitments. The service logs the end and queues the replay.
     * </pre>
     */
    public void finishRun(dev.isthmus.attestation.v1.FinishRunRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.FinishRunResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getFinishRunMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * One run.
     * </pre>
     */
    public void getRun(dev.isthmus.attestation.v1.GetRunRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetRunResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetRunMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Runs, newest first.
     * </pre>
     */
    public void listRuns(dev.isthmus.attestation.v1.ListRunsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.ListRunsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListRunsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * A run at once and after every change until it has ended.
     * </pre>
     */
    public void watchRun(dev.isthmus.attestation.v1.WatchRunRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.WatchRunResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchRunMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service ProofService.
   * <pre>
   * The prover's side: a training run is announced, committed while it runs, and then replayed by the service.
   * </pre>
   */
  public static final class ProofServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<ProofServiceBlockingV2Stub> {
    private ProofServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ProofServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ProofServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Logs a manifest and only then draws the nonce that decides initialisation and order.
     * </pre>
     */
    public dev.isthmus.attestation.v1.StartRunResponse startRun(dev.isthmus.attestation.v1.StartRunRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getStartRunMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Uploads an object of the content-addressed store in chunks, for provers that do not share the store.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<dev.isthmus.attestation.v1.UploadObjectRequest, dev.isthmus.attestation.v1.UploadObjectResponse>
        uploadObject() {
      return io.grpc.stub.ClientCalls.blockingClientStreamingCall(
          getChannel(), getUploadObjectMethod(), getCallOptions());
    }

    /**
     * <pre>
     * Commits segments in order while training goes on. Every answer acknowledges; a prover keeps at most `window` unacknowledged.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<dev.isthmus.attestation.v1.CommitSegmentsRequest, dev.isthmus.attestation.v1.CommitSegmentsResponse>
        commitSegments() {
      return io.grpc.stub.ClientCalls.blockingBidiStreamingCall(
          getChannel(), getCommitSegmentsMethod(), getCallOptions());
    }

    /**
     * <pre>
     * Ends the commitments. The service logs the end and queues the replay.
     * </pre>
     */
    public dev.isthmus.attestation.v1.FinishRunResponse finishRun(dev.isthmus.attestation.v1.FinishRunRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getFinishRunMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * One run.
     * </pre>
     */
    public dev.isthmus.attestation.v1.GetRunResponse getRun(dev.isthmus.attestation.v1.GetRunRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetRunMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Runs, newest first.
     * </pre>
     */
    public dev.isthmus.attestation.v1.ListRunsResponse listRuns(dev.isthmus.attestation.v1.ListRunsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListRunsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A run at once and after every change until it has ended.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.isthmus.attestation.v1.WatchRunResponse>
        watchRun(dev.isthmus.attestation.v1.WatchRunRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchRunMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service ProofService.
   * <pre>
   * The prover's side: a training run is announced, committed while it runs, and then replayed by the service.
   * </pre>
   */
  public static final class ProofServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<ProofServiceBlockingStub> {
    private ProofServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ProofServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ProofServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Logs a manifest and only then draws the nonce that decides initialisation and order.
     * </pre>
     */
    public dev.isthmus.attestation.v1.StartRunResponse startRun(dev.isthmus.attestation.v1.StartRunRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getStartRunMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends the commitments. The service logs the end and queues the replay.
     * </pre>
     */
    public dev.isthmus.attestation.v1.FinishRunResponse finishRun(dev.isthmus.attestation.v1.FinishRunRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getFinishRunMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * One run.
     * </pre>
     */
    public dev.isthmus.attestation.v1.GetRunResponse getRun(dev.isthmus.attestation.v1.GetRunRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetRunMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Runs, newest first.
     * </pre>
     */
    public dev.isthmus.attestation.v1.ListRunsResponse listRuns(dev.isthmus.attestation.v1.ListRunsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListRunsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * A run at once and after every change until it has ended.
     * </pre>
     */
    public java.util.Iterator<dev.isthmus.attestation.v1.WatchRunResponse> watchRun(
        dev.isthmus.attestation.v1.WatchRunRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchRunMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service ProofService.
   * <pre>
   * The prover's side: a training run is announced, committed while it runs, and then replayed by the service.
   * </pre>
   */
  public static final class ProofServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<ProofServiceFutureStub> {
    private ProofServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ProofServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ProofServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Logs a manifest and only then draws the nonce that decides initialisation and order.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.attestation.v1.StartRunResponse> startRun(
        dev.isthmus.attestation.v1.StartRunRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getStartRunMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Ends the commitments. The service logs the end and queues the replay.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.attestation.v1.FinishRunResponse> finishRun(
        dev.isthmus.attestation.v1.FinishRunRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getFinishRunMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * One run.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.attestation.v1.GetRunResponse> getRun(
        dev.isthmus.attestation.v1.GetRunRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetRunMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Runs, newest first.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.attestation.v1.ListRunsResponse> listRuns(
        dev.isthmus.attestation.v1.ListRunsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListRunsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_START_RUN = 0;
  private static final int METHODID_FINISH_RUN = 1;
  private static final int METHODID_GET_RUN = 2;
  private static final int METHODID_LIST_RUNS = 3;
  private static final int METHODID_WATCH_RUN = 4;
  private static final int METHODID_UPLOAD_OBJECT = 5;
  private static final int METHODID_COMMIT_SEGMENTS = 6;

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
        case METHODID_START_RUN:
          serviceImpl.startRun((dev.isthmus.attestation.v1.StartRunRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.StartRunResponse>) responseObserver);
          break;
        case METHODID_FINISH_RUN:
          serviceImpl.finishRun((dev.isthmus.attestation.v1.FinishRunRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.FinishRunResponse>) responseObserver);
          break;
        case METHODID_GET_RUN:
          serviceImpl.getRun((dev.isthmus.attestation.v1.GetRunRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetRunResponse>) responseObserver);
          break;
        case METHODID_LIST_RUNS:
          serviceImpl.listRuns((dev.isthmus.attestation.v1.ListRunsRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.ListRunsResponse>) responseObserver);
          break;
        case METHODID_WATCH_RUN:
          serviceImpl.watchRun((dev.isthmus.attestation.v1.WatchRunRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.WatchRunResponse>) responseObserver);
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
        case METHODID_UPLOAD_OBJECT:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.uploadObject(
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.UploadObjectResponse>) responseObserver);
        case METHODID_COMMIT_SEGMENTS:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.commitSegments(
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.CommitSegmentsResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getStartRunMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.StartRunRequest,
              dev.isthmus.attestation.v1.StartRunResponse>(
                service, METHODID_START_RUN)))
        .addMethod(
          getUploadObjectMethod(),
          io.grpc.stub.ServerCalls.asyncClientStreamingCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.UploadObjectRequest,
              dev.isthmus.attestation.v1.UploadObjectResponse>(
                service, METHODID_UPLOAD_OBJECT)))
        .addMethod(
          getCommitSegmentsMethod(),
          io.grpc.stub.ServerCalls.asyncBidiStreamingCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.CommitSegmentsRequest,
              dev.isthmus.attestation.v1.CommitSegmentsResponse>(
                service, METHODID_COMMIT_SEGMENTS)))
        .addMethod(
          getFinishRunMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.FinishRunRequest,
              dev.isthmus.attestation.v1.FinishRunResponse>(
                service, METHODID_FINISH_RUN)))
        .addMethod(
          getGetRunMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.GetRunRequest,
              dev.isthmus.attestation.v1.GetRunResponse>(
                service, METHODID_GET_RUN)))
        .addMethod(
          getListRunsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.ListRunsRequest,
              dev.isthmus.attestation.v1.ListRunsResponse>(
                service, METHODID_LIST_RUNS)))
        .addMethod(
          getWatchRunMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.WatchRunRequest,
              dev.isthmus.attestation.v1.WatchRunResponse>(
                service, METHODID_WATCH_RUN)))
        .build();
  }

  private static abstract class ProofServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ProofServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.isthmus.attestation.v1.RunProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ProofService");
    }
  }

  private static final class ProofServiceFileDescriptorSupplier
      extends ProofServiceBaseDescriptorSupplier {
    ProofServiceFileDescriptorSupplier() {}
  }

  private static final class ProofServiceMethodDescriptorSupplier
      extends ProofServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    ProofServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (ProofServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ProofServiceFileDescriptorSupplier())
              .addMethod(getStartRunMethod())
              .addMethod(getUploadObjectMethod())
              .addMethod(getCommitSegmentsMethod())
              .addMethod(getFinishRunMethod())
              .addMethod(getGetRunMethod())
              .addMethod(getListRunsMethod())
              .addMethod(getWatchRunMethod())
              .build();
        }
      }
    }
    return result;
  }
}
