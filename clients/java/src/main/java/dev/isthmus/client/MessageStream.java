package dev.isthmus.client;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Messages of a server as they come, read once and by one thread. {@link #hasNext()} waits for the next message or the
 * end; a failed call throws {@link IsthmusException} there. Closing before the end cancels the call.
 *
 * @param <A> what the server sends
 */
public class MessageStream<A> implements Iterator<A>, Iterable<A>, AutoCloseable {
  private record Ended(Status status, Metadata trailers) {}

  private final ClientCall<?, A> call;
  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
  private A next;
  private Ended end;

  MessageStream(ClientCall<?, A> call) {
    this.call = call;
  }

  /** Hands messages and the end of the call to the reader. One message is asked for at a time. */
  class Listener extends ClientCall.Listener<A> {
    @Override
    public void onMessage(A message) {
      arrived.add(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      arrived.add(new Ended(status, trailers));
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public boolean hasNext() {
    if (next != null) return true;
    if (end == null) {
      Object event = take();
      if (event instanceof Ended ended) {
        end = ended;
      } else {
        next = (A) event;
        call.request(1);
        return true;
      }
    }
    if (end.status().isOk()) return false;
    throw IsthmusException.from(end.status().asRuntimeException(end.trailers()));
  }

  @Override
  public A next() {
    if (!hasNext()) throw new NoSuchElementException("the stream has ended");
    A message = next;
    next = null;
    return message;
  }

  /**
   * This stream, for a loop.
   *
   * @return this
   */
  @Override
  public Iterator<A> iterator() {
    return this;
  }

  /** Ends the call with CANCELLED; the servers behind it stop too. What has arrived can still be read. */
  public void cancel() {
    call.cancel("the caller cancelled the call", null);
  }

  /** Cancels the call where it has not ended. */
  @Override
  public void close() {
    if (end == null) call.cancel("the caller closed the stream", null);
  }

  private Object take() {
    try {
      return arrived.take();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      call.cancel("the reading thread was interrupted", interrupted);
      throw new IsthmusException(Status.Code.CANCELLED, "the reading thread was interrupted", interrupted);
    }
  }
}
