package dev.isthmus.client;

import java.util.Objects;
import java.util.Optional;

/**
 * One place in the answer to a batch: a value, or the reason why there is none.
 *
 * @param <T> what was asked for
 */
public final class Outcome<T> {
  private final T value;
  private final IsthmusException error;

  private Outcome(T value, IsthmusException error) {
    this.value = value;
    this.error = error;
  }

  static <T> Outcome<T> of(T value) {
    return new Outcome<>(Objects.requireNonNull(value), null);
  }

  static <T> Outcome<T> failed(IsthmusException error) {
    return new Outcome<>(null, Objects.requireNonNull(error));
  }

  /**
   * The value.
   *
   * @return the value
   * @throws IsthmusException where there is none
   */
  public T get() {
    if (error != null) throw error;
    return value;
  }

  /**
   * Why there is no value.
   *
   * @return empty where there is one
   */
  public Optional<IsthmusException> error() {
    return Optional.ofNullable(error);
  }
}
