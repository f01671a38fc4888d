package dev.isthmus.representation.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Represents what a user's history in other domains means for a target domain (CE-CDR, our reconstruction).
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class RepresentationServiceGrpc {

  private RepresentationServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "isthmus.representation.v1.RepresentationService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.isthmus.representation.v1.RepresentRequest,
      dev.isthmus.representation.v1.RepresentResponse> getRepresentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Represent",
      requestType = dev.isthmus.representation.v1.RepresentRequest.class,
      responseType = dev.isthmus.representation.v1.RepresentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.representation.v1.RepresentRequest,
      dev.isthmus.representation.v1.RepresentResponse> getRepresentMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.representation.v1.RepresentRequest, dev.isthmus.representation.v1.RepresentResponse> getRepresentMethod;
    if ((getRepresentMethod = RepresentationServiceGrpc.getRepresentMethod) == null) {
      synchronized (RepresentationServiceGrpc.class) {
        if ((getRepresentMethod = RepresentationServiceGrpc.getRepresentMethod) == null) {
          RepresentationServiceGrpc.getRepresentMethod = getRepresentMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.representation.v1.RepresentRequest, dev.isthmus.representation.v1.RepresentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Represent"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.representation.v1.RepresentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.representation.v1.RepresentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RepresentationServiceMethodDescriptorSupplier("Represent"))
              .build();
        }
      }
    }
    return getRepresentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.representation.v1.BatchRepresentRequest,
      dev.isthmus.representation.v1.BatchRepresentResponse> getBatchRepresentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchRepresent",
      requestType = dev.isthmus.representation.v1.BatchRepresentRequest.class,
      responseType = dev.isthmus.representation.v1.BatchRepresentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.representation.v1.BatchRepresentRequest,
      dev.isthmus.representation.v1.BatchRepresentResponse> getBatchRepresentMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.representation.v1.BatchRepresentRequest, dev.isthmus.representation.v1.BatchRepresentResponse> getBatchRepresentMethod;
    if ((getBatchRepresentMethod = RepresentationServiceGrpc.getBatchRepresentMethod) == null) {
      synchronized (RepresentationServiceGrpc.class) {
        if ((getBatchRepresentMethod = RepresentationServiceGrpc.getBatchRepresentMethod) == null) {
          RepresentationServiceGrpc.getBatchRepresentMethod = getBatchRepresentMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.representation.v1.BatchRepresentRequest, dev.isthmus.representation.v1.BatchRepresentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchRepresent"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.representation.v1.BatchRepresentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.representation.v1.BatchRepresentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RepresentationServiceMethodDescriptorSupplier("BatchRepresent"))
              .build();
        }
      }
    }
    return getBatchRepresentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.representation.v1.ScoreCausalityRequest,
      dev.isthmus.representation.v1.ScoreCausalityResponse> getScoreCausalityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ScoreCausality",
      requestType = dev.isthmus.representation.v1.ScoreCausalityRequest.class,
      responseType = dev.isthmus.representation.v1.ScoreCausalityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.representation.v1.ScoreCausalityRequest,
      dev.isthmus.representation.v1.ScoreCausalityResponse> getScoreCausalityMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.representation.v1.ScoreCausalityRequest, dev.isthmus.representation.v1.ScoreCausalityResponse> getScoreCausalityMethod;
    if ((getScoreCausalityMethod = RepresentationServiceGrpc.getScoreCausalityMethod) == null) {
      synchronized (RepresentationServiceGrpc.class) {
        if ((getScoreCausalityMethod = RepresentationServiceGrpc.getScoreCausalityMethod) == null) {
          RepresentationServiceGrpc.getScoreCausalityMethod = getScoreCausalityMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.representation.v1.ScoreCausalityRequest, dev.isthmus.representation.v1.ScoreCausalityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ScoreCausality"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.representation.v1.ScoreCausalityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.representation.v1.ScoreCausalityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new RepresentationServiceMethodDescriptorSupplier("ScoreCausality"))
              .build();
        }
      }
    }
    return getScoreCausalityMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static RepresentationServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RepresentationServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RepresentationServiceStub>() {
        @java.lang.Override
        public RepresentationServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RepresentationServiceStub(channel, callOptions);
        }
      };
    return RepresentationServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static RepresentationServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RepresentationServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RepresentationServiceBlockingV2Stub>() {
        @java.lang.Override
        public RepresentationServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RepresentationServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return RepresentationServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static RepresentationServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RepresentationServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RepresentationServiceBlockingStub>() {
        @java.lang.Override
        public RepresentationServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RepresentationServiceBlockingStub(channel, callOptions);
        }
      };
    return RepresentationServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static RepresentationServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<RepresentationServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<RepresentationServiceFutureStub>() {
        @java.lang.Override
        public RepresentationServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new RepresentationServiceFutureStub(channel, callOptions);
        }
      };
    return RepresentationServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Represents what a user's history in other domains means for a target domain (CE-CDR, our reconstruction).
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * The user's cross-domain representation, and on request one for each candidate item.
     * </pre>
     */
    default void represent(dev.isthmus.representation.v1.RepresentRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.representation.v1.RepresentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRepresentMethod(), responseObserver);
    }

    /**
     * <pre>
     * The same for several users in one call. Each answer stands for itself: one bad user does not fail the others.
     * </pre>
     */
    default void batchRepresent(dev.isthmus.representation.v1.BatchRepresentRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.representation.v1.BatchRepresentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchRepresentMethod(), responseObserver);
    }

    /**
     * <pre>
     * The probability that each source event caused a preference for each target item.
     * </pre>
     */
    default void scoreCausality(dev.isthmus.representation.v1.ScoreCausalityRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.representation.v1.ScoreCausalityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getScoreCausalityMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service RepresentationService.
   * <pre>
   * Represents what a user's history in other domains means for a target domain (CE-CDR, our reconstruction).
   * </pre>
   */
  public static abstract class RepresentationServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return RepresentationServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service RepresentationService.
   * <pre>
   * Represents what a user's history in other domains means for a target domain (CE-CDR, our reconstruction).
   * </pre>
   */
  public static final class RepresentationServiceStub
      extends io.grpc.stub.AbstractAsyncStub<RepresentationServiceStub> {
    private RepresentationServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RepresentationServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RepresentationServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * The user's cross-domain representation, and on request one for each candidate item.
     * </pre>
     */
    public void represent(dev.isthmus.representation.v1.RepresentRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.representation.v1.RepresentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRepresentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The same for several users in one call. Each answer stands for itself: one bad user does not fail the others.
     * </pre>
     */
    public void batchRepresent(dev.isthmus.representation.v1.BatchRepresentRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.representation.v1.BatchRepresentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchRepresentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The probability that each source event caused a preference for each target item.
     * </pre>
     */
    public void scoreCausality(dev.isthmus.representation.v1.ScoreCausalityRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.representation.v1.ScoreCausalityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getScoreCausalityMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service RepresentationService.
   * <pre>
   * Represents what a user's history in other domains means for a target domain (CE-CDR, our reconstruction).
   * </pre>
   */
  public static final class RepresentationServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<RepresentationServiceBlockingV2Stub> {
    private RepresentationServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RepresentationServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RepresentationServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * The user's cross-domain representation, and on request one for each candidate item.
     * </pre>
     */
    public dev.isthmus.representation.v1.RepresentResponse represent(dev.isthmus.representation.v1.RepresentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRepresentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The same for several users in one call. Each answer stands for itself: one bad user does not fail the others.
     * </pre>
     */
    public dev.isthmus.representation.v1.BatchRepresentResponse batchRepresent(dev.isthmus.representation.v1.BatchRepresentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchRepresentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The probability that each source event caused a preference for each target item.
     * </pre>
     */
    public dev.isthmus.representation.v1.ScoreCausalityResponse scoreCausality(dev.isthmus.representation.v1.ScoreCausalityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getScoreCausalityMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service RepresentationService.
   * <pre>
   * Represents what a user's history in other domains means for a target domain (CE-CDR, our reconstruction).
   * </pre>
   */
  public static final class RepresentationServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<RepresentationServiceBlockingStub> {
    private RepresentationServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RepresentationServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RepresentationServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * The user's cross-domain representation, and on request one for each candidate item.
     * </pre>
     */
    public dev.isthmus.representation.v1.RepresentResponse represent(dev.isthmus.representation.v1.RepresentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRepresentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The same for several users in one call. Each answer stands for itself: one bad user does not fail the others.
     * </pre>
     */
    public dev.isthmus.representation.v1.BatchRepresentResponse batchRepresent(dev.isthmus.representation.v1.BatchRepresentRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchRepresentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The probability that each source event caused a preference for each target item.
     * </pre>
     */
    public dev.isthmus.representation.v1.ScoreCausalityResponse scoreCausality(dev.isthmus.representation.v1.ScoreCausalityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getScoreCausalityMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service RepresentationService.
   * <pre>
   * Represents what a user's history in other domains means for a target domain (CE-CDR, our reconstruction).
   * </pre>
   */
  public static final class RepresentationServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<RepresentationServiceFutureStub> {
    private RepresentationServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected RepresentationServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new RepresentationServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * The user's cross-domain representation, and on request one for each candidate item.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.representation.v1.RepresentResponse> represent(
        dev.isthmus.representation.v1.RepresentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRepresentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The same for several users in one call. Each answer stands for itself: one bad user does not fail the others.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.representation.v1.BatchRepresentResponse> batchRepresent(
        dev.isthmus.representation.v1.BatchRepresentRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchRepresentMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The probability that each source event caused a preference for each target item.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.representation.v1.ScoreCausalityResponse> scoreCausality(
        dev.isthmus.representation.v1.ScoreCausalityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getScoreCausalityMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_REPRESENT = 0;
  private static final int METHODID_BATCH_REPRESENT = 1;
  private static final int METHODID_SCORE_CAUSALITY = 2;

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
        case METHODID_REPRESENT:
          serviceImpl.represent((dev.isthmus.representation.v1.RepresentRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.representation.v1.RepresentResponse>) responseObserver);
          break;
        case METHODID_BATCH_REPRESENT:
          serviceImpl.batchRepresent((dev.isthmus.representation.v1.BatchRepresentRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.representation.v1.BatchRepresentResponse>) responseObserver);
          break;
        case METHODID_SCORE_CAUSALITY:
          serviceImpl.scoreCausality((dev.isthmus.representation.v1.ScoreCausalityRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.representation.v1.ScoreCausalityResponse>) responseObserver);
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
          getRepresentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.representation.v1.RepresentRequest,
              dev.isthmus.representation.v1.RepresentResponse>(
                service, METHODID_REPRESENT)))
        .addMethod(
          getBatchRepresentMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.representation.v1.BatchRepresentRequest,
              dev.isthmus.representation.v1.BatchRepresentResponse>(
                service, METHODID_BATCH_REPRESENT)))
        .addMethod(
          getScoreCausalityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.representation.v1.ScoreCausalityRequest,
              dev.isthmus.representation.v1.ScoreCausalityResponse>(
                service, METHODID_SCORE_CAUSALITY)))
        .build();
  }

  private static abstract class RepresentationServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    RepresentationServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.isthmus.representation.v1.RepresentationProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("RepresentationService");
    }
  }

  private static final class RepresentationServiceFileDescriptorSupplier
      extends RepresentationServiceBaseDescriptorSupplier {
    RepresentationServiceFileDescriptorSupplier() {}
  }

  private static final class RepresentationServiceMethodDescriptorSupplier
      extends RepresentationServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    RepresentationServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (RepresentationServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new RepresentationServiceFileDescriptorSupplier())
              .addMethod(getRepresentMethod())
              .addMethod(getBatchRepresentMethod())
              .addMethod(getScoreCausalityMethod())
              .build();
        }
      }
    }
    return result;
  }
}
