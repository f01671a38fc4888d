package dev.isthmus.client;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;

/**
 * A call in which both sides send. Writing waits while the server reads too slowly.
 *
 * @param <Q> what the client sends
 * @param <A> what the server sends
 */
public final class DuplexStream<Q, A> extends MessageStream<A> {
  /** A transport may become ready without saying so; then this is how long a write waits in vain, milliseconds. */
  private static final long READY_CHECK_MS = 20;

  private final ClientCall<Q, A> call;
  private final Object progress = new Object();
  private boolean written;
  private boolean closed;

  DuplexStream(ClientCall<Q, A> call) {
    super(call);
    this.call = call;
    call.start(new WritingListener(), new Metadata());
    // Two, so that the end of the call is seen right after the only answer.
    call.request(2);
  }

  private final class WritingListener extends Listener {
    @Override
    public void onReady() {
      synchronized (progress) {
        progress.notifyAll();
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      super.onClose(status, trailers);
      synchronized (progress) {
        closed = true;
        progress.notifyAll();
      }
    }
  }

  /**
   * Sends a message, after waiting until the connection has taken those before it. Once the call has ended, messages are dropped: reading
   * tells why it has ended.
   *
   * @param message the message
   * @throws IsthmusException where the thread is interrupted
   */
  public void write(Q message) {
    synchronized (progress) {
      try {
        while (written && !closed && !call.isReady()) progress.wait(READY_CHECK_MS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        call.cancel("the writing thread was interrupted", interrupted);
        throw new IsthmusException(Status.Code.CANCELLED, "the writing thread was interrupted", interrupted);
      }
      if (closed) return;
      written = true;
    }
    call.sendMessage(message);
  }

  /** Says that nothing more will be written. */
  public void finish() {
    synchronized (progress) {
      if (closed) return;
    }
    call.halfClose();
  }
}
