package dev.isthmus.client;

import dev.isthmus.retrieval.v1.CatalogueServiceGrpc;
import dev.isthmus.retrieval.v1.DeleteItemsRequest;
import dev.isthmus.retrieval.v1.DeleteItemsResponse;
import dev.isthmus.retrieval.v1.GetItemsRequest;
import dev.isthmus.retrieval.v1.GetItemsResponse;
import dev.isthmus.retrieval.v1.ListItemsRequest;
import dev.isthmus.retrieval.v1.ListItemsResponse;
import dev.isthmus.retrieval.v1.UpsertItemsRequest;
import dev.isthmus.retrieval.v1.UpsertItemsResponse;
import java.util.concurrent.CompletableFuture;

/** Writes and reads the items that retrieval searches. All replicas follow one ordered log of the writes. */
public final class CatalogueClient extends ServiceClient<CatalogueClient> {
  CatalogueClient(Caller caller) {
    super(caller);
  }

  @Override
  CatalogueClient with(Caller caller) {
    return new CatalogueClient(caller);
  }

  /**
   * Adds items or replaces them. Acknowledged means durable.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public UpsertItemsResponse upsertItems(UpsertItemsRequest request) {
    return caller().unary(CatalogueServiceGrpc.getUpsertItemsMethod(), request);
  }

  /**
   * Adds items or replaces them. Acknowledged means durable.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<UpsertItemsResponse> upsertItemsAsync(UpsertItemsRequest request) {
    return caller().unaryAsync(CatalogueServiceGrpc.getUpsertItemsMethod(), request);
  }

  /**
   * Removes items. An item that is not there is no error.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public DeleteItemsResponse deleteItems(DeleteItemsRequest request) {
    return caller().unary(CatalogueServiceGrpc.getDeleteItemsMethod(), request);
  }

  /**
   * Removes items. An item that is not there is no error.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<DeleteItemsResponse> deleteItemsAsync(DeleteItemsRequest request) {
    return caller().unaryAsync(CatalogueServiceGrpc.getDeleteItemsMethod(), request);
  }

  /**
   * Items by id.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public GetItemsResponse getItems(GetItemsRequest request) {
    return caller().unary(CatalogueServiceGrpc.getGetItemsMethod(), request);
  }

  /**
   * Items by id.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<GetItemsResponse> getItemsAsync(GetItemsRequest request) {
    return caller().unaryAsync(CatalogueServiceGrpc.getGetItemsMethod(), request);
  }

  /**
   * Items in the order of their ids.
   *
   * @param request the request
   * @return the answer
   * @throws IsthmusException where the call fails
   */
  public ListItemsResponse listItems(ListItemsRequest request) {
    return caller().unary(CatalogueServiceGrpc.getListItemsMethod(), request);
  }

  /**
   * Items in the order of their ids.
   *
   * @param request the request
   * @return the answer, or {@link IsthmusException}; cancelling it cancels the call
   */
  public CompletableFuture<ListItemsResponse> listItemsAsync(ListItemsRequest request) {
    return caller().unaryAsync(CatalogueServiceGrpc.getListItemsMethod(), request);
  }
}
