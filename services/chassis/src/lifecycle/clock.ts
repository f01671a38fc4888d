/** Time, as it is given to whatever needs it, so that tests can hold it still. */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): number;
  /** Milliseconds since some fixed moment, never going back: for durations. */
  monotonic(): number;
}

/** The time of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
