package dev.isthmus.retrieval.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Finds candidates for a user, interest by interest (GemiRec, our reconstruction).
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class RetrievalServiceGrpc {

  private RetrievalServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "isthmus.retrieval.v1.RetrievalService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.PredictInterestsRequest,
      dev.isthmus.retrieval.v1.PredictInterestsResponse> getPredictInterestsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PredictInterests",
      requestType = dev.isthmus.retrieval.v1.PredictInterestsRequest.class,
      responseType = dev.isthmus.retrieval.v1.PredictInterestsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.PredictInterestsRequest,
      dev.isthmus.retrieval.v1.PredictInterestsResponse> getPredictInterestsMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.PredictInterestsRequest, dev.isthmus.retrieval.v1.PredictInterestsResponse> getPredictInterestsMethod;
    if ((getPredictInterestsMethod = RetrievalServiceGrpc.getPredictInterestsMethod) == null) {
      synchronized (RetrievalServiceGrpc.class) {
        if ((getPredictInterestsMethod = RetrievalServiceGrpc.getPredictInterestsMethod) == null) {
          RetrievalServiceGrpc.getPredictInterestsMethod = getPredictInterestsMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.retrieval.v1.PredictInterestsRequest, dev.isthmus.retrieval.v1.PredictInterestsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PredictInterests"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.PredictInterestsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.PredictInterestsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RetrievalServiceMethodDescriptorSupplier("PredictInterests"))
              .build();
        }
      }
    }
    return getPredictInterestsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.RetrieveRequest,
      dev.isthmus.retrieval.v1.RetrieveResponse> getRetrieveMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Retrieve",
      requestType = dev.isthmus.retrieval.v1.RetrieveRequest.class,
      responseType = dev.isthmus.retrieval.v1.RetrieveResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.RetrieveRequest,
      dev.isthmus.retrieval.v1.RetrieveResponse> getRetrieveMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.RetrieveRequest, dev.isthmus.retrieval.v1.RetrieveResponse> getRetrieveMethod;
    if ((getRetrieveMethod = RetrievalServiceGrpc.getRetrieveMethod) == null) {
      synchronized (RetrievalServiceGrpc.class) {
        if ((getRetrieveMethod = RetrievalServiceGrpc.getRetrieveMethod) == null) {
          RetrievalServiceGrpc.getRetrieveMethod = getRetrieveMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.retrieval.v1.RetrieveRequest, dev.isthmus.retrieval.v1.RetrieveResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Retrieve"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.RetrieveRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.RetrieveResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RetrievalServiceMethodDescriptorSupplier("Retrieve"))
              .build();
        }
      }
    }
    return getRetrieveMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.BatchRetrieveRequest,
      dev.isthmus.retrieval.v1.BatchRetrieveResponse> getBatchRetrieveMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchRetrieve",
      requestType = dev.isthmus.retrieval.v1.BatchRetrieveRequest.class,
      responseType = dev.isthmus.retrieval.v1.BatchRetrieveResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.BatchRetrieveRequest,
      dev.isthmus.retrieval.v1.BatchRetrieveResponse> getBatchRetrieveMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.BatchRetrieveRequest, dev.isthmus.retrieval.v1.BatchRetrieveResponse> getBatchRetrieveMethod;
    if ((getBatchRetrieveMethod = RetrievalServiceGrpc.getBatchRetrieveMethod) == null) {
      synchronized (RetrievalServiceGrpc.class) {
        if ((getBatchRetrieveMethod = RetrievalServiceGrpc.getBatchRetrieveMethod) == null) {
          RetrievalServiceGrpc.getBatchRetrieveMethod = getBatchRetrieveMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.retrieval.v1.BatchRetrieveRequest, dev.isthmus.retrieval.v1.BatchRetrieveResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchRetrieve"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.BatchRetrieveRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.BatchRetrieveResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RetrievalServiceMethodDescriptorSupplier("BatchRetrieve"))
              .build();
        }
      }
    }
    return getBatchRetrieveMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static RetrievalServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RetrievalServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RetrievalServiceStub>() {
        @java.lang.Override
        public RetrievalServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RetrievalServiceStub(channel, callOptions);
        }
      };
    return RetrievalServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static RetrievalServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RetrievalServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RetrievalServiceBlockingV2Stub>() {
        @java.lang.Override
        public RetrievalServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RetrievalServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return RetrievalServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static RetrievalServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RetrievalServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RetrievalServiceBlockingStub>() {
        @java.lang.Override
        public RetrievalServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RetrievalServiceBlockingStub(channel, callOptions);
        }
      };
    return RetrievalServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static RetrievalServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RetrievalServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RetrievalServiceFutureStub>() {
        @java.lang.Override
        public RetrievalServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RetrievalServiceFutureStub(channel, callOptions);
        }
      };
    return RetrievalServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Finds candidates for a user, interest by interest (GemiRec, our reconstruction).
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * The interests that the user has and will have, most probable first.
     * </pre>
     */
    default void predictInterests(dev.isthmus.retrieval.v1.PredictInterestsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.PredictInterestsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPredictInterestsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Candidates, each with the interest that found it.
     * </pre>
     */
    default void retrieve(dev.isthmus.retrieval.v1.RetrieveRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.RetrieveResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRetrieveMethod(), responseObserver);
    }

    /**
     * <pre>
     * The same for several users in one call. Each answer stands for itself.
     * </pre>
     */
    default void batchRetrieve(dev.isthmus.retrieval.v1.BatchRetrieveRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.BatchRetrieveResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchRetrieveMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service RetrievalService.
   * <pre>
   * Finds candidates for a user, interest by interest (GemiRec, our reconstruction).
   * </pre>
   */
  public static abstract class RetrievalServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return RetrievalServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service RetrievalService.
   * <pre>
   * Finds candidates for a user, interest by interest (GemiRec, our reconstruction).
   * </pre>
   */
  public static final class RetrievalServiceStub
      extends io.grpc.stub.AbstractAsyncStub<RetrievalServiceStub> {
    private RetrievalServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RetrievalServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RetrievalServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * The interests that the user has and will have, most probable first.
     * </pre>
     */
    public void predictInterests(dev.isthmus.retrieval.v1.PredictInterestsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.PredictInterestsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPredictInterestsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Candidates, each with the interest that found it.
     * </pre>
     */
    public void retrieve(dev.isthmus.retrieval.v1.RetrieveRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.RetrieveResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRetrieveMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The same for several users in one call. Each answer stands for itself.
     * </pre>
     */
    public void batchRetrieve(dev.isthmus.retrieval.v1.BatchRetrieveRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.BatchRetrieveResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchRetrieveMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service RetrievalService.
   * <pre>
   * Finds candidates for a user, interest by interest (GemiRec, our reconstruction).
   * </pre>
   */
  public static final class RetrievalServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<RetrievalServiceBlockingV2Stub> {
    private RetrievalServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RetrievalServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RetrievalServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * The interests that the user has and will have, most probable first.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.PredictInterestsResponse predictInterests(dev.isthmus.retrieval.v1.PredictInterestsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPredictInterestsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Candidates, each with the interest that found it.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.RetrieveResponse retrieve(dev.isthmus.retrieval.v1.RetrieveRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRetrieveMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The same for several users in one call. Each answer stands for itself.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.BatchRetrieveResponse batchRetrieve(dev.isthmus.retrieval.v1.BatchRetrieveRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchRetrieveMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service RetrievalService.
   * <pre>
   * Finds candidates for a user, interest by interest (GemiRec, our reconstruction).
   * </pre>
   */
  public static final class RetrievalServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<RetrievalServiceBlockingStub> {
    private RetrievalServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RetrievalServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RetrievalServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * The interests that the user has and will have, most probable first.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.PredictInterestsResponse predictInterests(dev.isthmus.retrieval.v1.PredictInterestsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPredictInterestsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Candidates, each with the interest that found it.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.RetrieveResponse retrieve(dev.isthmus.retrieval.v1.RetrieveRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRetrieveMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The same for several users in one call. Each answer stands for itself.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.BatchRetrieveResponse batchRetrieve(dev.isthmus.retrieval.v1.BatchRetrieveRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchRetrieveMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service RetrievalService.
   * <pre>
   * Finds candidates for a user, interest by interest (GemiRec, our reconstruction).
   * </pre>
   */
  public static final class RetrievalServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<RetrievalServiceFutureStub> {
    private RetrievalServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RetrievalServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RetrievalServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * The interests that the user has and will have, most probable first.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.retrieval.v1.PredictInterestsResponse> predictInterests(
        dev.isthmus.retrieval.v1.PredictInterestsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPredictInterestsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Candidates, each with the interest that found it.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.retrieval.v1.RetrieveResponse> retrieve(
        dev.isthmus.retrieval.v1.RetrieveRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRetrieveMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The same for several users in one call. Each answer stands for itself.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.retrieval.v1.BatchRetrieveResponse> batchRetrieve(
        dev.isthmus.retrieval.v1.BatchRetrieveRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchRetrieveMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_PREDICT_INTERESTS = 0;
  private static final int METHODID_RETRIEVE = 1;
  private static final int METHODID_BATCH_RETRIEVE = 2;

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
        case METHODID_PREDICT_INTERESTS:
          serviceImpl.predictInterests((dev.isthmus.retrieval.v1.PredictInterestsRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.PredictInterestsResponse>) responseObserver);
          break;
        case METHODID_RETRIEVE:
          serviceImpl.retrieve((dev.isthmus.retrieval.v1.RetrieveRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.RetrieveResponse>) responseObserver);
          break;
        case METHODID_BATCH_RETRIEVE:
          serviceImpl.batchRetrieve((dev.isthmus.retrieval.v1.BatchRetrieveRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.BatchRetrieveResponse>) responseObserver);
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
          getPredictInterestsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.retrieval.v1.PredictInterestsRequest,
              dev.isthmus.retrieval.v1.PredictInterestsResponse>(
                service, METHODID_PREDICT_INTERESTS)))
        .addMethod(
          getRetrieveMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.retrieval.v1.RetrieveRequest,
              dev.isthmus.retrieval.v1.RetrieveResponse>(
                service, METHODID_RETRIEVE)))
        .addMethod(
          getBatchRetrieveMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.retrieval.v1.BatchRetrieveRequest,
              dev.isthmus.retrieval.v1.BatchRetrieveResponse>(
                service, METHODID_BATCH_RETRIEVE)))
        .build();
  }

  private static abstract class RetrievalServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    RetrievalServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.isthmus.retrieval.v1.RetrievalProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("RetrievalService");
    }
  }

  private static final class RetrievalServiceFileDescriptorSupplier
      extends RetrievalServiceBaseDescriptorSupplier {
    RetrievalServiceFileDescriptorSupplier() {}
  }

  private static final class RetrievalServiceMethodDescriptorSupplier
      extends RetrievalServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    RetrievalServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (RetrievalServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new RetrievalServiceFileDescriptorSupplier())
              .addMethod(getPredictInterestsMethod())
              .addMethod(getRetrieveMethod())
              .addMethod(getBatchRetrieveMethod())
              .build();
        }
      }
    }
    return result;
  }
}
