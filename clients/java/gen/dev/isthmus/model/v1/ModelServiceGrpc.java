package dev.isthmus.model.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Manages the model versions of a serving program. Offered on the admin port only.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class ModelServiceGrpc {

  private ModelServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "isthmus.model.v1.ModelService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.isthmus.model.v1.ListModelsRequest,
      dev.isthmus.model.v1.ListModelsResponse> getListModelsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListModels",
      requestType = dev.isthmus.model.v1.ListModelsRequest.class,
      responseType = dev.isthmus.model.v1.ListModelsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.model.v1.ListModelsRequest,
      dev.isthmus.model.v1.ListModelsResponse> getListModelsMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.model.v1.ListModelsRequest, dev.isthmus.model.v1.ListModelsResponse> getListModelsMethod;
    if ((getListModelsMethod = ModelServiceGrpc.getListModelsMethod) == null) {
      synchronized (ModelServiceGrpc.class) {
        if ((getListModelsMethod = ModelServiceGrpc.getListModelsMethod) == null) {
          ModelServiceGrpc.getListModelsMethod = getListModelsMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.model.v1.ListModelsRequest, dev.isthmus.model.v1.ListModelsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListModels"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.ListModelsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.ListModelsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ModelServiceMethodDescriptorSupplier("ListModels"))
              .build();
        }
      }
    }
    return getListModelsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.model.v1.GetModelRequest,
      dev.isthmus.model.v1.GetModelResponse> getGetModelMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetModel",
      requestType = dev.isthmus.model.v1.GetModelRequest.class,
      responseType = dev.isthmus.model.v1.GetModelResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.model.v1.GetModelRequest,
      dev.isthmus.model.v1.GetModelResponse> getGetModelMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.model.v1.GetModelRequest, dev.isthmus.model.v1.GetModelResponse> getGetModelMethod;
    if ((getGetModelMethod = ModelServiceGrpc.getGetModelMethod) == null) {
      synchronized (ModelServiceGrpc.class) {
        if ((getGetModelMethod = ModelServiceGrpc.getGetModelMethod) == null) {
          ModelServiceGrpc.getGetModelMethod = getGetModelMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.model.v1.GetModelRequest, dev.isthmus.model.v1.GetModelResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetModel"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.GetModelRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.GetModelResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ModelServiceMethodDescriptorSupplier("GetModel"))
              .build();
        }
      }
    }
    return getGetModelMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.model.v1.LoadModelRequest,
      dev.isthmus.model.v1.LoadModelResponse> getLoadModelMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "LoadModel",
      requestType = dev.isthmus.model.v1.LoadModelRequest.class,
      responseType = dev.isthmus.model.v1.LoadModelResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.model.v1.LoadModelRequest,
      dev.isthmus.model.v1.LoadModelResponse> getLoadModelMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.model.v1.LoadModelRequest, dev.isthmus.model.v1.LoadModelResponse> getLoadModelMethod;
    if ((getLoadModelMethod = ModelServiceGrpc.getLoadModelMethod) == null) {
      synchronized (ModelServiceGrpc.class) {
        if ((getLoadModelMethod = ModelServiceGrpc.getLoadModelMethod) == null) {
          ModelServiceGrpc.getLoadModelMethod = getLoadModelMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.model.v1.LoadModelRequest, dev.isthmus.model.v1.LoadModelResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "LoadModel"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.LoadModelRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.LoadModelResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ModelServiceMethodDescriptorSupplier("LoadModel"))
              .build();
        }
      }
    }
    return getLoadModelMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.model.v1.UnloadModelRequest,
      dev.isthmus.model.v1.UnloadModelResponse> getUnloadModelMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UnloadModel",
      requestType = dev.isthmus.model.v1.UnloadModelRequest.class,
      responseType = dev.isthmus.model.v1.UnloadModelResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.model.v1.UnloadModelRequest,
      dev.isthmus.model.v1.UnloadModelResponse> getUnloadModelMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.model.v1.UnloadModelRequest, dev.isthmus.model.v1.UnloadModelResponse> getUnloadModelMethod;
    if ((getUnloadModelMethod = ModelServiceGrpc.getUnloadModelMethod) == null) {
      synchronized (ModelServiceGrpc.class) {
        if ((getUnloadModelMethod = ModelServiceGrpc.getUnloadModelMethod) == null) {
          ModelServiceGrpc.getUnloadModelMethod = getUnloadModelMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.model.v1.UnloadModelRequest, dev.isthmus.model.v1.UnloadModelResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UnloadModel"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.UnloadModelRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.UnloadModelResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ModelServiceMethodDescriptorSupplier("UnloadModel"))
              .build();
        }
      }
    }
    return getUnloadModelMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.model.v1.SetLabelRequest,
      dev.isthmus.model.v1.SetLabelResponse> getSetLabelMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SetLabel",
      requestType = dev.isthmus.model.v1.SetLabelRequest.class,
      responseType = dev.isthmus.model.v1.SetLabelResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.model.v1.SetLabelRequest,
      dev.isthmus.model.v1.SetLabelResponse> getSetLabelMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.model.v1.SetLabelRequest, dev.isthmus.model.v1.SetLabelResponse> getSetLabelMethod;
    if ((getSetLabelMethod = ModelServiceGrpc.getSetLabelMethod) == null) {
      synchronized (ModelServiceGrpc.class) {
        if ((getSetLabelMethod = ModelServiceGrpc.getSetLabelMethod) == null) {
          ModelServiceGrpc.getSetLabelMethod = getSetLabelMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.model.v1.SetLabelRequest, dev.isthmus.model.v1.SetLabelResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SetLabel"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.SetLabelRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.SetLabelResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ModelServiceMethodDescriptorSupplier("SetLabel"))
              .build();
        }
      }
    }
    return getSetLabelMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.model.v1.GetOperationRequest,
      dev.isthmus.model.v1.GetOperationResponse> getGetOperationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetOperation",
      requestType = dev.isthmus.model.v1.GetOperationRequest.class,
      responseType = dev.isthmus.model.v1.GetOperationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.model.v1.GetOperationRequest,
      dev.isthmus.model.v1.GetOperationResponse> getGetOperationMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.model.v1.GetOperationRequest, dev.isthmus.model.v1.GetOperationResponse> getGetOperationMethod;
    if ((getGetOperationMethod = ModelServiceGrpc.getGetOperationMethod) == null) {
      synchronized (ModelServiceGrpc.class) {
        if ((getGetOperationMethod = ModelServiceGrpc.getGetOperationMethod) == null) {
          ModelServiceGrpc.getGetOperationMethod = getGetOperationMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.model.v1.GetOperationRequest, dev.isthmus.model.v1.GetOperationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetOperation"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.GetOperationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.GetOperationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ModelServiceMethodDescriptorSupplier("GetOperation"))
              .build();
        }
      }
    }
    return getGetOperationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.model.v1.WatchOperationRequest,
      dev.isthmus.model.v1.WatchOperationResponse> getWatchOperationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchOperation",
      requestType = dev.isthmus.model.v1.WatchOperationRequest.class,
      responseType = dev.isthmus.model.v1.WatchOperationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.isthmus.model.v1.WatchOperationRequest,
      dev.isthmus.model.v1.WatchOperationResponse> getWatchOperationMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.model.v1.WatchOperationRequest, dev.isthmus.model.v1.WatchOperationResponse> getWatchOperationMethod;
    if ((getWatchOperationMethod = ModelServiceGrpc.getWatchOperationMethod) == null) {
      synchronized (ModelServiceGrpc.class) {
        if ((getWatchOperationMethod = ModelServiceGrpc.getWatchOperationMethod) == null) {
          ModelServiceGrpc.getWatchOperationMethod = getWatchOperationMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.model.v1.WatchOperationRequest, dev.isthmus.model.v1.WatchOperationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchOperation"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.WatchOperationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.model.v1.WatchOperationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ModelServiceMethodDescriptorSupplier("WatchOperation"))
              .build();
        }
      }
    }
    return getWatchOperationMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ModelServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ModelServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ModelServiceStub>() {
        @java.lang.Override
        public ModelServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ModelServiceStub(channel, callOptions);
        }
      };
    return ModelServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static ModelServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ModelServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ModelServiceBlockingV2Stub>() {
        @java.lang.Override
        public ModelServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ModelServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return ModelServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ModelServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ModelServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ModelServiceBlockingStub>() {
        @java.lang.Override
        public ModelServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ModelServiceBlockingStub(channel, callOptions);
        }
      };
    return ModelServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ModelServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ModelServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ModelServiceFutureStub>() {
        @java.lang.Override
        public ModelServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ModelServiceFutureStub(channel, callOptions);
        }
      };
    return ModelServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Manages the model versions of a serving program. Offered on the admin port only.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Lists the versions that the server knows, sorted by name and version.
     * </pre>
     */
    default void listModels(dev.isthmus.model.v1.ListModelsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.ListModelsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListModelsMethod(), responseObserver);
    }

    /**
     * <pre>
     * One version.
     * </pre>
     */
    default void getModel(dev.isthmus.model.v1.GetModelRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.GetModelResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetModelMethod(), responseObserver);
    }

    /**
     * <pre>
     * Loads and warms a version beside the running ones, after its attestation has been verified.
     * </pre>
     */
    default void loadModel(dev.isthmus.model.v1.LoadModelRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.LoadModelResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getLoadModelMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes a version out of service once its last call has ended.
     * </pre>
     */
    default void unloadModel(dev.isthmus.model.v1.UnloadModelRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.UnloadModelResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUnloadModelMethod(), responseObserver);
    }

    /**
     * <pre>
     * Points a label at a version that is ready. Every replica follows.
     * </pre>
     */
    default void setLabel(dev.isthmus.model.v1.SetLabelRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.SetLabelResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSetLabelMethod(), responseObserver);
    }

    /**
     * <pre>
     * The state of an operation.
     * </pre>
     */
    default void getOperation(dev.isthmus.model.v1.GetOperationRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.GetOperationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetOperationMethod(), responseObserver);
    }

    /**
     * <pre>
     * The state of an operation at once and after every change until it is done.
     * </pre>
     */
    default void watchOperation(dev.isthmus.model.v1.WatchOperationRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.WatchOperationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchOperationMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service ModelService.
   * <pre>
   * Manages the model versions of a serving program. Offered on the admin port only.
   * </pre>
   */
  public static abstract class ModelServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return ModelServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service ModelService.
   * <pre>
   * Manages the model versions of a serving program. Offered on the admin port only.
   * </pre>
   */
  public static final class ModelServiceStub
      extends io.grpc.stub.AbstractAsyncStub<ModelServiceStub> {
    private ModelServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ModelServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ModelServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the versions that the server knows, sorted by name and version.
     * </pre>
     */
    public void listModels(dev.isthmus.model.v1.ListModelsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.ListModelsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListModelsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * One version.
     * </pre>
     */
    public void getModel(dev.isthmus.model.v1.GetModelRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.GetModelResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetModelMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Loads and warms a version beside the running ones, after its attestation has been verified.
     * </pre>
     */
    public void loadModel(dev.isthmus.model.v1.LoadModelRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.LoadModelResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getLoadModelMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes a version out of service once its last call has ended.
     * </pre>
     */
    public void unloadModel(dev.isthmus.model.v1.UnloadModelRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.UnloadModelResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUnloadModelMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Points a label at a version that is ready. Every replica follows.
     * </pre>
     */
    public void setLabel(dev.isthmus.model.v1.SetLabelRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.SetLabelResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSetLabelMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The state of an operation.
     * </pre>
     */
    public void getOperation(dev.isthmus.model.v1.GetOperationRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.GetOperationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetOperationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * The state of an operation at once and after every change until it is done.
     * </pre>
     */
    public void watchOperation(dev.isthmus.model.v1.WatchOperationRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.model.v1.WatchOperationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchOperationMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service ModelService.
   * <pre>
   * Manages the model versions of a serving program. Offered on the admin port only.
   * </pre>
   */
  public static final class ModelServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<ModelServiceBlockingV2Stub> {
    private ModelServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ModelServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ModelServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the versions that the server knows, sorted by name and version.
     * </pre>
     */
    public dev.isthmus.model.v1.ListModelsResponse listModels(dev.isthmus.model.v1.ListModelsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListModelsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * One version.
     * </pre>
     */
    public dev.isthmus.model.v1.GetModelResponse getModel(dev.isthmus.model.v1.GetModelRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetModelMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Loads and warms a version beside the running ones, after its attestation has been verified.
     * </pre>
     */
    public dev.isthmus.model.v1.LoadModelResponse loadModel(dev.isthmus.model.v1.LoadModelRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getLoadModelMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes a version out of service once its last call has ended.
     * </pre>
     */
    public dev.isthmus.model.v1.UnloadModelResponse unloadModel(dev.isthmus.model.v1.UnloadModelRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUnloadModelMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Points a label at a version that is ready. Every replica follows.
     * </pre>
     */
    public dev.isthmus.model.v1.SetLabelResponse setLabel(dev.isthmus.model.v1.SetLabelRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSetLabelMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The state of an operation.
     * </pre>
     */
    public dev.isthmus.model.v1.GetOperationResponse getOperation(dev.isthmus.model.v1.GetOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The state of an operation at once and after every change until it is done.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.isthmus.model.v1.WatchOperationResponse>
        watchOperation(dev.isthmus.model.v1.WatchOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchOperationMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service ModelService.
   * <pre>
   * Manages the model versions of a serving program. Offered on the admin port only.
   * </pre>
   */
  public static final class ModelServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<ModelServiceBlockingStub> {
    private ModelServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ModelServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ModelServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the versions that the server knows, sorted by name and version.
     * </pre>
     */
    public dev.isthmus.model.v1.ListModelsResponse listModels(dev.isthmus.model.v1.ListModelsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListModelsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * One version.
     * </pre>
     */
    public dev.isthmus.model.v1.GetModelResponse getModel(dev.isthmus.model.v1.GetModelRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetModelMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Loads and warms a version beside the running ones, after its attestation has been verified.
     * </pre>
     */
    public dev.isthmus.model.v1.LoadModelResponse loadModel(dev.isthmus.model.v1.LoadModelRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getLoadModelMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes a version out of service once its last call has ended.
     * </pre>
     */
    public dev.isthmus.model.v1.UnloadModelResponse unloadModel(dev.isthmus.model.v1.UnloadModelRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUnloadModelMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Points a label at a version that is ready. Every replica follows.
     * </pre>
     */
    public dev.isthmus.model.v1.SetLabelResponse setLabel(dev.isthmus.model.v1.SetLabelRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSetLabelMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The state of an operation.
     * </pre>
     */
    public dev.isthmus.model.v1.GetOperationResponse getOperation(dev.isthmus.model.v1.GetOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * The state of an operation at once and after every change until it is done.
     * </pre>
     */
    public java.util.Iterator<dev.isthmus.model.v1.WatchOperationResponse> watchOperation(
        dev.isthmus.model.v1.WatchOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchOperationMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service ModelService.
   * <pre>
   * Manages the model versions of a serving program. Offered on the admin port only.
   * </pre>
   */
  public static final class ModelServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<ModelServiceFutureStub> {
    private ModelServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ModelServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ModelServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists the versions that the server knows, sorted by name and version.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.model.v1.ListModelsResponse> listModels(
        dev.isthmus.model.v1.ListModelsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListModelsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * One version.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.model.v1.GetModelResponse> getModel(
        dev.isthmus.model.v1.GetModelRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetModelMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Loads and warms a version beside the running ones, after its attestation has been verified.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.model.v1.LoadModelResponse> loadModel(
        dev.isthmus.model.v1.LoadModelRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getLoadModelMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes a version out of service once its last call has ended.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.model.v1.UnloadModelResponse> unloadModel(
        dev.isthmus.model.v1.UnloadModelRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUnloadModelMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Points a label at a version that is ready. Every replica follows.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.model.v1.SetLabelResponse> setLabel(
        dev.isthmus.model.v1.SetLabelRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSetLabelMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * The state of an operation.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.model.v1.GetOperationResponse> getOperation(
        dev.isthmus.model.v1.GetOperationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetOperationMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_MODELS = 0;
  private static final int METHODID_GET_MODEL = 1;
  private static final int METHODID_LOAD_MODEL = 2;
  private static final int METHODID_UNLOAD_MODEL = 3;
  private static final int METHODID_SET_LABEL = 4;
  private static final int METHODID_GET_OPERATION = 5;
  private static final int METHODID_WATCH_OPERATION = 6;

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
        case METHODID_LIST_MODELS:
          serviceImpl.listModels((dev.isthmus.model.v1.ListModelsRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.model.v1.ListModelsResponse>) responseObserver);
          break;
        case METHODID_GET_MODEL:
          serviceImpl.getModel((dev.isthmus.model.v1.GetModelRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.model.v1.GetModelResponse>) responseObserver);
          break;
        case METHODID_LOAD_MODEL:
          serviceImpl.loadModel((dev.isthmus.model.v1.LoadModelRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.model.v1.LoadModelResponse>) responseObserver);
          break;
        case METHODID_UNLOAD_MODEL:
          serviceImpl.unloadModel((dev.isthmus.model.v1.UnloadModelRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.model.v1.UnloadModelResponse>) responseObserver);
          break;
        case METHODID_SET_LABEL:
          serviceImpl.setLabel((dev.isthmus.model.v1.SetLabelRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.model.v1.SetLabelResponse>) responseObserver);
          break;
        case METHODID_GET_OPERATION:
          serviceImpl.getOperation((dev.isthmus.model.v1.GetOperationRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.model.v1.GetOperationResponse>) responseObserver);
          break;
        case METHODID_WATCH_OPERATION:
          serviceImpl.watchOperation((dev.isthmus.model.v1.WatchOperationRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.model.v1.WatchOperationResponse>) responseObserver);
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
          getListModelsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.model.v1.ListModelsRequest,
              dev.isthmus.model.v1.ListModelsResponse>(
                service, METHODID_LIST_MODELS)))
        .addMethod(
          getGetModelMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.model.v1.GetModelRequest,
              dev.isthmus.model.v1.GetModelResponse>(
                service, METHODID_GET_MODEL)))
        .addMethod(
          getLoadModelMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.model.v1.LoadModelRequest,
              dev.isthmus.model.v1.LoadModelResponse>(
                service, METHODID_LOAD_MODEL)))
        .addMethod(
          getUnloadModelMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.model.v1.UnloadModelRequest,
              dev.isthmus.model.v1.UnloadModelResponse>(
                service, METHODID_UNLOAD_MODEL)))
        .addMethod(
          getSetLabelMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.model.v1.SetLabelRequest,
              dev.isthmus.model.v1.SetLabelResponse>(
                service, METHODID_SET_LABEL)))
        .addMethod(
          getGetOperationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.model.v1.GetOperationRequest,
              dev.isthmus.model.v1.GetOperationResponse>(
                service, METHODID_GET_OPERATION)))
        .addMethod(
          getWatchOperationMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.isthmus.model.v1.WatchOperationRequest,
              dev.isthmus.model.v1.WatchOperationResponse>(
                service, METHODID_WATCH_OPERATION)))
        .build();
  }

  private static abstract class ModelServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ModelServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.isthmus.model.v1.ModelServiceProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ModelService");
    }
  }

  private static final class ModelServiceFileDescriptorSupplier
      extends ModelServiceBaseDescriptorSupplier {
    ModelServiceFileDescriptorSupplier() {}
  }

  private static final class ModelServiceMethodDescriptorSupplier
      extends ModelServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    ModelServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (ModelServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ModelServiceFileDescriptorSupplier())
              .addMethod(getListModelsMethod())
              .addMethod(getGetModelMethod())
              .addMethod(getLoadModelMethod())
              .addMethod(getUnloadModelMethod())
              .addMethod(getSetLabelMethod())
              .addMethod(getGetOperationMethod())
              .addMethod(getWatchOperationMethod())
              .build();
        }
      }
    }
    return result;
  }
}
