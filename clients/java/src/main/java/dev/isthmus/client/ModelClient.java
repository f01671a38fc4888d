package dev.isthmus.client;

import dev.isthmus.model.v1.GetModelRequest;
import dev.isthmus.model.v1.GetModelResponse;
import dev.isthmus.model.v1.GetOperationRequest;
import dev.isthmus.model.v1.GetOperationResponse;
import dev.isthmus.model.v1.ListModelsRequest;
import dev.isthmus.model.v1.ListModelsResponse;
import dev.isthmus.model.v1.LoadModelRequest;
import dev.isthmus.model.v1.LoadModelResponse;
import dev.isthmus.model.v1.ModelServiceGrpc;
import dev.isthmus.model.v1.SetLabelRequest;
import dev.isthmus.model.v1.SetLabelResponse;
import dev.isthmus.model.v1.UnloadModelRequest;
import dev.isthmus.model.v1.UnloadModelResponse;
import dev.isthmus.model.v1.WatchOperationRequest;
import dev.isthmus.model.v1.WatchOperationResponse;
import java.util.concurrent.CompletableFuture;

/** Manages the model versions of a serving program. Offered on the admin port only. */
public final class ModelClient extends ServiceClient<ModelClient> {
  ModelClient(Caller caller) {
    super(caller);
  }

  @Override
  ModelClient with(Caller caller) {
    return new ModelClient(caller);
  }

  /**
   * Lists the versions that the server knows, sorted by name and version.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public ListModelsResponse listModels(ListModelsRequest request) {
    return caller().unary(ModelServiceGrpc.getListModelsMethod(), request);
  }

  /**
   * Lists the versions that the server knows, sorted by name and version.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<ListModelsResponse> listModelsAsync(ListModelsRequest request) {
    return caller().unaryAsync(ModelServiceGrpc.getListModelsMethod(), request);
  }

  /**
   * One version.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public GetModelResponse getModel(GetModelRequest request) {
    return caller().unary(ModelServiceGrpc.getGetModelMethod(), request);
  }

  /**
   * One version.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<GetModelResponse> getModelAsync(GetModelRequest request) {
    return caller().unaryAsync(ModelServiceGrpc.getGetModelMethod(), request);
  }

  /**
   * Loads and warms a version beside the running ones, after its attestation has been verified.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public LoadModelResponse loadModel(LoadModelRequest request) {
    return caller().unary(ModelServiceGrpc.getLoadModelMethod(), request);
  }

  /**
   * Loads and warms a version beside the running ones, after its attestation has been verified.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<LoadModelResponse> loadModelAsync(LoadModelRequest request) {
    return caller().unaryAsync(ModelServiceGrpc.getLoadModelMethod(), request);
  }

  /**
   * Takes a version out of service once its last call has ended.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public UnloadModelResponse unloadModel(UnloadModelRequest request) {
    return caller().unary(ModelServiceGrpc.getUnloadModelMethod(), request);
  }

  /**
   * Takes a version out of service once its last call has ended.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<UnloadModelResponse> unloadModelAsync(UnloadModelRequest request) {
    return caller().unaryAsync(ModelServiceGrpc.getUnloadModelMethod(), request);
  }

  /**
   * Points a label at a version that is ready. Every replica follows.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public SetLabelResponse setLabel(SetLabelRequest request) {
    return caller().unary(ModelServiceGrpc.getSetLabelMethod(), request);
  }

  /**
   * Points a label at a version that is ready. Every replica follows.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<SetLabelResponse> setLabelAsync(SetLabelRequest request) {
    return caller().unaryAsync(ModelServiceGrpc.getSetLabelMethod(), request);
  }

  /**
   * The state of an operation.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public GetOperationResponse getOperation(GetOperationRequest request) {
    return caller().unary(ModelServiceGrpc.getGetOperationMethod(), request);
  }

  /**
   * The state of an operation.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<GetOperationResponse> getOperationAsync(GetOperationRequest request) {
    return caller().unaryAsync(ModelServiceGrpc.getGetOperationMethod(), request);
  }

  /**
   * The state of an operation at once and after every change until it is done.
   *
   * @param request the request
   * @return the answers as they come
   */
  public MessageStream<WatchOperationResponse> watchOperation(WatchOperationRequest request) {
    return caller().serverStream(ModelServiceGrpc.getWatchOperationMethod(), request);
  }
}
