package dev.isthmus.attestation.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * The relying party's side: attestations and what they say.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AttestationServiceGrpc {

  private AttestationServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "isthmus.attestation.v1.AttestationService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetAttestationRequest,
      dev.isthmus.attestation.v1.GetAttestationResponse> getGetAttestationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetAttestation",
      requestType = dev.isthmus.attestation.v1.GetAttestationRequest.class,
      responseType = dev.isthmus.attestation.v1.GetAttestationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetAttestationRequest,
      dev.isthmus.attestation.v1.GetAttestationResponse> getGetAttestationMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.GetAttestationRequest, dev.isthmus.attestation.v1.GetAttestationResponse> getGetAttestationMethod;
    if ((getGetAttestationMethod = AttestationServiceGrpc.getGetAttestationMethod) == null) {
      synchronized (AttestationServiceGrpc.class) {
        if ((getGetAttestationMethod = AttestationServiceGrpc.getGetAttestationMethod) == null) {
          AttestationServiceGrpc.getGetAttestationMethod = getGetAttestationMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.GetAttestationRequest, dev.isthmus.attestation.v1.GetAttestationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetAttestation"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.GetAttestationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.GetAttestationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AttestationServiceMethodDescriptorSupplier("GetAttestation"))
              .build();
        }
      }
    }
    return getGetAttestationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.ListAttestationsRequest,
      dev.isthmus.attestation.v1.ListAttestationsResponse> getListAttestationsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAttestations",
      requestType = dev.isthmus.attestation.v1.ListAttestationsRequest.class,
      responseType = dev.isthmus.attestation.v1.ListAttestationsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.ListAttestationsRequest,
      dev.isthmus.attestation.v1.ListAttestationsResponse> getListAttestationsMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.ListAttestationsRequest, dev.isthmus.attestation.v1.ListAttestationsResponse> getListAttestationsMethod;
    if ((getListAttestationsMethod = AttestationServiceGrpc.getListAttestationsMethod) == null) {
      synchronized (AttestationServiceGrpc.class) {
        if ((getListAttestationsMethod = AttestationServiceGrpc.getListAttestationsMethod) == null) {
          AttestationServiceGrpc.getListAttestationsMethod = getListAttestationsMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.ListAttestationsRequest, dev.isthmus.attestation.v1.ListAttestationsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAttestations"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.ListAttestationsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.ListAttestationsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AttestationServiceMethodDescriptorSupplier("ListAttestations"))
              .build();
        }
      }
    }
    return getListAttestationsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.VerifyAttestationRequest,
      dev.isthmus.attestation.v1.VerifyAttestationResponse> getVerifyAttestationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "VerifyAttestation",
      requestType = dev.isthmus.attestation.v1.VerifyAttestationRequest.class,
      responseType = dev.isthmus.attestation.v1.VerifyAttestationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.VerifyAttestationRequest,
      dev.isthmus.attestation.v1.VerifyAttestationResponse> getVerifyAttestationMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.attestation.v1.VerifyAttestationRequest, dev.isthmus.attestation.v1.VerifyAttestationResponse> getVerifyAttestationMethod;
    if ((getVerifyAttestationMethod = AttestationServiceGrpc.getVerifyAttestationMethod) == null) {
      synchronized (AttestationServiceGrpc.class) {
        if ((getVerifyAttestationMethod = AttestationServiceGrpc.getVerifyAttestationMethod) == null) {
          AttestationServiceGrpc.getVerifyAttestationMethod = getVerifyAttestationMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.attestation.v1.VerifyAttestationRequest, dev.isthmus.attestation.v1.VerifyAttestationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "VerifyAttestation"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.VerifyAttestationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.attestation.v1.VerifyAttestationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AttestationServiceMethodDescriptorSupplier("VerifyAttestation"))
              .build();
        }
      }
    }
    return getVerifyAttestationMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AttestationServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AttestationServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AttestationServiceStub>() {
        @java.lang.Override
        public AttestationServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AttestationServiceStub(channel, callOptions);
        }
      };
    return AttestationServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AttestationServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AttestationServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AttestationServiceBlockingV2Stub>() {
        @java.lang.Override
        public AttestationServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AttestationServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AttestationServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AttestationServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AttestationServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AttestationServiceBlockingStub>() {
        @java.lang.Override
        public AttestationServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AttestationServiceBlockingStub(channel, callOptions);
        }
      };
    return AttestationServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AttestationServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AttestationServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AttestationServiceFutureStub>() {
        @java.lang.Override
        public AttestationServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AttestationServiceFutureStub(channel, callOptions);
        }
      };
    return AttestationServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * The relying party's side: attestations and what they say.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * One attestation with its bundle.
     * </pre>
     */
    default void getAttestation(dev.isthmus.attestation.v1.GetAttestationRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetAttestationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetAttestationMethod(), responseObserver);
    }

    /**
     * <pre>
     * Attestations, newest first.
     * </pre>
     */
    default void listAttestations(dev.isthmus.attestation.v1.ListAttestationsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.ListAttestationsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAttestationsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Checks a bundle against this service's keys and log. The same check runs offline in every client.
     * </pre>
     */
    default void verifyAttestation(dev.isthmus.attestation.v1.VerifyAttestationRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.VerifyAttestationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getVerifyAttestationMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AttestationService.
   * <pre>
   * The relying party's side: attestations and what they say.
   * </pre>
   */
  public static abstract class AttestationServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AttestationServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AttestationService.
   * <pre>
   * The relying party's side: attestations and what they say.
   * </pre>
   */
  public static final class AttestationServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AttestationServiceStub> {
    private AttestationServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AttestationServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AttestationServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * One attestation with its bundle.
     * </pre>
     */
    public void getAttestation(dev.isthmus.attestation.v1.GetAttestationRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetAttestationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetAttestationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Attestations, newest first.
     * </pre>
     */
    public void listAttestations(dev.isthmus.attestation.v1.ListAttestationsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.ListAttestationsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAttestationsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Checks a bundle against this service's keys and log. The same check runs offline in every client.
     * </pre>
     */
    public void verifyAttestation(dev.isthmus.attestation.v1.VerifyAttestationRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.VerifyAttestationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getVerifyAttestationMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AttestationService.
   * <pre>
   * The relying party's side: attestations and what they say.
   * </pre>
   */
  public static final class AttestationServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AttestationServiceBlockingV2Stub> {
    private AttestationServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AttestationServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AttestationServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * One attestation with its bundle.
     * </pre>
     */
    public dev.isthmus.attestation.v1.GetAttestationResponse getAttestation(dev.isthmus.attestation.v1.GetAttestationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetAttestationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Attestations, newest first.
     * </pre>
     */
    public dev.isthmus.attestation.v1.ListAttestationsResponse listAttestations(dev.isthmus.attestation.v1.ListAttestationsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAttestationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Checks a bundle against this service's keys and log. The same check runs offline in every client.
     * </pre>
     */
    public dev.isthmus.attestation.v1.VerifyAttestationResponse verifyAttestation(dev.isthmus.attestation.v1.VerifyAttestationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getVerifyAttestationMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AttestationService.
   * <pre>
   * The relying party's side: attestations and what they say.
   * </pre>
   */
  public static final class AttestationServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AttestationServiceBlockingStub> {
    private AttestationServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AttestationServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AttestationServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * One attestation with its bundle.
     * </pre>
     */
    public dev.isthmus.attestation.v1.GetAttestationResponse getAttestation(dev.isthmus.attestation.v1.GetAttestationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetAttestationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Attestations, newest first.
     * </pre>
     */
    public dev.isthmus.attestation.v1.ListAttestationsResponse listAttestations(dev.isthmus.attestation.v1.ListAttestationsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAttestationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Checks a bundle against this service's keys and log. The same check runs offline in every client.
     * </pre>
     */
    public dev.isthmus.attestation.v1.VerifyAttestationResponse verifyAttestation(dev.isthmus.attestation.v1.VerifyAttestationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getVerifyAttestationMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AttestationService.
   * <pre>
   * The relying party's side: attestations and what they say.
   * </pre>
   */
  public static final class AttestationServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AttestationServiceFutureStub> {
    private AttestationServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AttestationServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AttestationServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * One attestation with its bundle.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.attestation.v1.GetAttestationResponse> getAttestation(
        dev.isthmus.attestation.v1.GetAttestationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetAttestationMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Attestations, newest first.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.attestation.v1.ListAttestationsResponse> listAttestations(
        dev.isthmus.attestation.v1.ListAttestationsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAttestationsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Checks a bundle against this service's keys and log. The same check runs offline in every client.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.attestation.v1.VerifyAttestationResponse> verifyAttestation(
        dev.isthmus.attestation.v1.VerifyAttestationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getVerifyAttestationMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_ATTESTATION = 0;
  private static final int METHODID_LIST_ATTESTATIONS = 1;
  private static final int METHODID_VERIFY_ATTESTATION = 2;

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
        case METHODID_GET_ATTESTATION:
          serviceImpl.getAttestation((dev.isthmus.attestation.v1.GetAttestationRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.GetAttestationResponse>) responseObserver);
          break;
        case METHODID_LIST_ATTESTATIONS:
          serviceImpl.listAttestations((dev.isthmus.attestation.v1.ListAttestationsRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.ListAttestationsResponse>) responseObserver);
          break;
        case METHODID_VERIFY_ATTESTATION:
          serviceImpl.verifyAttestation((dev.isthmus.attestation.v1.VerifyAttestationRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.attestation.v1.VerifyAttestationResponse>) responseObserver);
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
          getGetAttestationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.GetAttestationRequest,
              dev.isthmus.attestation.v1.GetAttestationResponse>(
                service, METHODID_GET_ATTESTATION)))
        .addMethod(
          getListAttestationsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.ListAttestationsRequest,
              dev.isthmus.attestation.v1.ListAttestationsResponse>(
                service, METHODID_LIST_ATTESTATIONS)))
        .addMethod(
          getVerifyAttestationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.attestation.v1.VerifyAttestationRequest,
              dev.isthmus.attestation.v1.VerifyAttestationResponse>(
                service, METHODID_VERIFY_ATTESTATION)))
        .build();
  }

  private static abstract class AttestationServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AttestationServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.isthmus.attestation.v1.AttestationProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AttestationService");
    }
  }

  private static final class AttestationServiceFileDescriptorSupplier
      extends AttestationServiceBaseDescriptorSupplier {
    AttestationServiceFileDescriptorSupplier() {}
  }

  private static final class AttestationServiceMethodDescriptorSupplier
      extends AttestationServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AttestationServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (AttestationServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AttestationServiceFileDescriptorSupplier())
              .addMethod(getGetAttestationMethod())
              .addMethod(getListAttestationsMethod())
              .addMethod(getVerifyAttestationMethod())
              .build();
        }
      }
    }
    return result;
  }
}
