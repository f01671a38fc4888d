package dev.isthmus.retrieval.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Writes and reads the items that retrieval searches. All replicas follow one ordered log of the writes.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class CatalogueServiceGrpc {

  private CatalogueServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "isthmus.retrieval.v1.CatalogueService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.UpsertItemsRequest,
      dev.isthmus.retrieval.v1.UpsertItemsResponse> getUpsertItemsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpsertItems",
      requestType = dev.isthmus.retrieval.v1.UpsertItemsRequest.class,
      responseType = dev.isthmus.retrieval.v1.UpsertItemsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.UpsertItemsRequest,
      dev.isthmus.retrieval.v1.UpsertItemsResponse> getUpsertItemsMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.UpsertItemsRequest, dev.isthmus.retrieval.v1.UpsertItemsResponse> getUpsertItemsMethod;
    if ((getUpsertItemsMethod = CatalogueServiceGrpc.getUpsertItemsMethod) == null) {
      synchronized (CatalogueServiceGrpc.class) {
        if ((getUpsertItemsMethod = CatalogueServiceGrpc.getUpsertItemsMethod) == null) {
          CatalogueServiceGrpc.getUpsertItemsMethod = getUpsertItemsMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.retrieval.v1.UpsertItemsRequest, dev.isthmus.retrieval.v1.UpsertItemsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpsertItems"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.UpsertItemsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.UpsertItemsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CatalogueServiceMethodDescriptorSupplier("UpsertItems"))
              .build();
        }
      }
    }
    return getUpsertItemsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.DeleteItemsRequest,
      dev.isthmus.retrieval.v1.DeleteItemsResponse> getDeleteItemsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteItems",
      requestType = dev.isthmus.retrieval.v1.DeleteItemsRequest.class,
      responseType = dev.isthmus.retrieval.v1.DeleteItemsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.DeleteItemsRequest,
      dev.isthmus.retrieval.v1.DeleteItemsResponse> getDeleteItemsMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.DeleteItemsRequest, dev.isthmus.retrieval.v1.DeleteItemsResponse> getDeleteItemsMethod;
    if ((getDeleteItemsMethod = CatalogueServiceGrpc.getDeleteItemsMethod) == null) {
      synchronized (CatalogueServiceGrpc.class) {
        if ((getDeleteItemsMethod = CatalogueServiceGrpc.getDeleteItemsMethod) == null) {
          CatalogueServiceGrpc.getDeleteItemsMethod = getDeleteItemsMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.retrieval.v1.DeleteItemsRequest, dev.isthmus.retrieval.v1.DeleteItemsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteItems"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.DeleteItemsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.DeleteItemsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CatalogueServiceMethodDescriptorSupplier("DeleteItems"))
              .build();
        }
      }
    }
    return getDeleteItemsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.GetItemsRequest,
      dev.isthmus.retrieval.v1.GetItemsResponse> getGetItemsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetItems",
      requestType = dev.isthmus.retrieval.v1.GetItemsRequest.class,
      responseType = dev.isthmus.retrieval.v1.GetItemsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.GetItemsRequest,
      dev.isthmus.retrieval.v1.GetItemsResponse> getGetItemsMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.GetItemsRequest, dev.isthmus.retrieval.v1.GetItemsResponse> getGetItemsMethod;
    if ((getGetItemsMethod = CatalogueServiceGrpc.getGetItemsMethod) == null) {
      synchronized (CatalogueServiceGrpc.class) {
        if ((getGetItemsMethod = CatalogueServiceGrpc.getGetItemsMethod) == null) {
          CatalogueServiceGrpc.getGetItemsMethod = getGetItemsMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.retrieval.v1.GetItemsRequest, dev.isthmus.retrieval.v1.GetItemsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetItems"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.GetItemsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.GetItemsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CatalogueServiceMethodDescriptorSupplier("GetItems"))
              .build();
        }
      }
    }
    return getGetItemsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.ListItemsRequest,
      dev.isthmus.retrieval.v1.ListItemsResponse> getListItemsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListItems",
      requestType = dev.isthmus.retrieval.v1.ListItemsRequest.class,
      responseType = dev.isthmus.retrieval.v1.ListItemsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.ListItemsRequest,
      dev.isthmus.retrieval.v1.ListItemsResponse> getListItemsMethod() {
    io.grpc.MethodDescriptor<dev.isthmus.retrieval.v1.ListItemsRequest, dev.isthmus.retrieval.v1.ListItemsResponse> getListItemsMethod;
    if ((getListItemsMethod = CatalogueServiceGrpc.getListItemsMethod) == null) {
      synchronized (CatalogueServiceGrpc.class) {
        if ((getListItemsMethod = CatalogueServiceGrpc.getListItemsMethod) == null) {
          CatalogueServiceGrpc.getListItemsMethod = getListItemsMethod =
              io.grpc.MethodDescriptor.<dev.isthmus.retrieval.v1.ListItemsRequest, dev.isthmus.retrieval.v1.ListItemsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListItems"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.ListItemsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.isthmus.retrieval.v1.ListItemsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new CatalogueServiceMethodDescriptorSupplier("ListItems"))
              .build();
        }
      }
    }
    return getListItemsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static CatalogueServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CatalogueServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CatalogueServiceStub>() {
        @java.lang.Override
        public CatalogueServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CatalogueServiceStub(channel, callOptions);
        }
      };
    return CatalogueServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static CatalogueServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CatalogueServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CatalogueServiceBlockingV2Stub>() {
        @java.lang.Override
        public CatalogueServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CatalogueServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return CatalogueServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static CatalogueServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CatalogueServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CatalogueServiceBlockingStub>() {
        @java.lang.Override
        public CatalogueServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CatalogueServiceBlockingStub(channel, callOptions);
        }
      };
    return CatalogueServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static CatalogueServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<CatalogueServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<CatalogueServiceFutureStub>() {
        @java.lang.Override
        public CatalogueServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new CatalogueServiceFutureStub(channel, callOptions);
        }
      };
    return CatalogueServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Writes and reads the items that retrieval searches. All replicas follow one ordered log of the writes.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Adds items or replaces them. Acknowledged means durable.
     * </pre>
     */
    default void upsertItems(dev.isthmus.retrieval.v1.UpsertItemsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.UpsertItemsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpsertItemsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Removes items. An item that is not there is no error.
     * </pre>
     */
    default void deleteItems(dev.isthmus.retrieval.v1.DeleteItemsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.DeleteItemsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteItemsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Items by id.
     * </pre>
     */
    default void getItems(dev.isthmus.retrieval.v1.GetItemsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.GetItemsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetItemsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Items in the order of their ids.
     * </pre>
     */
    default void listItems(dev.isthmus.retrieval.v1.ListItemsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.ListItemsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListItemsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service CatalogueService.
   * <pre>
   * Writes and reads the items that retrieval searches. All replicas follow one ordered log of the writes.
   * </pre>
   */
  public static abstract class CatalogueServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return CatalogueServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service CatalogueService.
   * <pre>
   * Writes and reads the items that retrieval searches. All replicas follow one ordered log of the writes.
   * </pre>
   */
  public static final class CatalogueServiceStub
      extends io.grpc.stub.AbstractAsyncStub<CatalogueServiceStub> {
    private CatalogueServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CatalogueServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CatalogueServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Adds items or replaces them. Acknowledged means durable.
     * </pre>
     */
    public void upsertItems(dev.isthmus.retrieval.v1.UpsertItemsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.UpsertItemsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpsertItemsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Removes items. An item that is not there is no error.
     * </pre>
     */
    public void deleteItems(dev.isthmus.retrieval.v1.DeleteItemsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.DeleteItemsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteItemsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Items by id.
     * </pre>
     */
    public void getItems(dev.isthmus.retrieval.v1.GetItemsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.GetItemsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetItemsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Items in the order of their ids.
     * </pre>
     */
    public void listItems(dev.isthmus.retrieval.v1.ListItemsRequest request,
        io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.ListItemsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListItemsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service CatalogueService.
   * <pre>
   * Writes and reads the items that retrieval searches. All replicas follow one ordered log of the writes.
   * </pre>
   */
  public static final class CatalogueServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<CatalogueServiceBlockingV2Stub> {
    private CatalogueServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CatalogueServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CatalogueServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Adds items or replaces them. Acknowledged means durable.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.UpsertItemsResponse upsertItems(dev.isthmus.retrieval.v1.UpsertItemsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpsertItemsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes items. An item that is not there is no error.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.DeleteItemsResponse deleteItems(dev.isthmus.retrieval.v1.DeleteItemsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteItemsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Items by id.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.GetItemsResponse getItems(dev.isthmus.retrieval.v1.GetItemsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetItemsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Items in the order of their ids.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.ListItemsResponse listItems(dev.isthmus.retrieval.v1.ListItemsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListItemsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service CatalogueService.
   * <pre>
   * Writes and reads the items that retrieval searches. All replicas follow one ordered log of the writes.
   * </pre>
   */
  public static final class CatalogueServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<CatalogueServiceBlockingStub> {
    private CatalogueServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CatalogueServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CatalogueServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Adds items or replaces them. Acknowledged means durable.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.UpsertItemsResponse upsertItems(dev.isthmus.retrieval.v1.UpsertItemsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpsertItemsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes items. An item that is not there is no error.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.DeleteItemsResponse deleteItems(dev.isthmus.retrieval.v1.DeleteItemsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteItemsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Items by id.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.GetItemsResponse getItems(dev.isthmus.retrieval.v1.GetItemsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetItemsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Items in the order of their ids.
     * </pre>
     */
    public dev.isthmus.retrieval.v1.ListItemsResponse listItems(dev.isthmus.retrieval.v1.ListItemsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListItemsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service CatalogueService.
   * <pre>
   * Writes and reads the items that retrieval searches. All replicas follow one ordered log of the writes.
   * </pre>
   */
  public static final class CatalogueServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<CatalogueServiceFutureStub> {
    private CatalogueServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected CatalogueServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new CatalogueServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Adds items or replaces them. Acknowledged means durable.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.retrieval.v1.UpsertItemsResponse> upsertItems(
        dev.isthmus.retrieval.v1.UpsertItemsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpsertItemsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Removes items. An item that is not there is no error.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.retrieval.v1.DeleteItemsResponse> deleteItems(
        dev.isthmus.retrieval.v1.DeleteItemsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteItemsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Items by id.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.retrieval.v1.GetItemsResponse> getItems(
        dev.isthmus.retrieval.v1.GetItemsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetItemsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Items in the order of their ids.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.isthmus.retrieval.v1.ListItemsResponse> listItems(
        dev.isthmus.retrieval.v1.ListItemsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListItemsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_UPSERT_ITEMS = 0;
  private static final int METHODID_DELETE_ITEMS = 1;
  private static final int METHODID_GET_ITEMS = 2;
  private static final int METHODID_LIST_ITEMS = 3;

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
        case METHODID_UPSERT_ITEMS:
          serviceImpl.upsertItems((dev.isthmus.retrieval.v1.UpsertItemsRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.UpsertItemsResponse>) responseObserver);
          break;
        case METHODID_DELETE_ITEMS:
          serviceImpl.deleteItems((dev.isthmus.retrieval.v1.DeleteItemsRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.DeleteItemsResponse>) responseObserver);
          break;
        case METHODID_GET_ITEMS:
          serviceImpl.getItems((dev.isthmus.retrieval.v1.GetItemsRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.GetItemsResponse>) responseObserver);
          break;
        case METHODID_LIST_ITEMS:
          serviceImpl.listItems((dev.isthmus.retrieval.v1.ListItemsRequest) request,
              (io.grpc.stub.StreamObserver<dev.isthmus.retrieval.v1.ListItemsResponse>) responseObserver);
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
          getUpsertItemsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.retrieval.v1.UpsertItemsRequest,
              dev.isthmus.retrieval.v1.UpsertItemsResponse>(
                service, METHODID_UPSERT_ITEMS)))
        .addMethod(
          getDeleteItemsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.retrieval.v1.DeleteItemsRequest,
              dev.isthmus.retrieval.v1.DeleteItemsResponse>(
                service, METHODID_DELETE_ITEMS)))
        .addMethod(
          getGetItemsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.retrieval.v1.GetItemsRequest,
              dev.isthmus.retrieval.v1.GetItemsResponse>(
                service, METHODID_GET_ITEMS)))
        .addMethod(
          getListItemsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.isthmus.retrieval.v1.ListItemsRequest,
              dev.isthmus.retrieval.v1.ListItemsResponse>(
                service, METHODID_LIST_ITEMS)))
        .build();
  }

  private static abstract class CatalogueServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    CatalogueServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.isthmus.retrieval.v1.CatalogueProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("CatalogueService");
    }
  }

  private static final class CatalogueServiceFileDescriptorSupplier
      extends CatalogueServiceBaseDescriptorSupplier {
    CatalogueServiceFileDescriptorSupplier() {}
  }

  private static final class CatalogueServiceMethodDescriptorSupplier
      extends CatalogueServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    CatalogueServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (CatalogueServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new CatalogueServiceFileDescriptorSupplier())
              .addMethod(getUpsertItemsMethod())
              .addMethod(getDeleteItemsMethod())
              .addMethod(getGetItemsMethod())
              .addMethod(getListItemsMethod())
              .build();
        }
      }
    }
    return result;
  }
}
