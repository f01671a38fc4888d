package dev.isthmus.client;

import java.time.Duration;

/**
 * One service of the mesh. Thread-safe; made by {@link IsthmusClient} and closed with it.
 *
 * @param <S> the service itself
 */
public abstract class ServiceClient<S extends ServiceClient<S>> {
  private final Caller caller;

  ServiceClient(Caller caller) {
    this.caller = caller;
  }

  abstract S with(Caller caller);

  final Caller caller() {
    return caller;
  }

  /**
   * The same service with another deadline for each call. A stream ends with its deadline too, so give those that follow
   * a long training enough.
   *
   * @param deadline time from the start of a call until it fails with DEADLINE_EXCEEDED
   * @return a copy on the same connection
   */
  public final S withDeadline(Duration deadline) {
    return with(new Caller(caller.channel(), deadline));
  }
}
