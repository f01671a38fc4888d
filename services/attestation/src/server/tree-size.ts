import { failure } from '@isthmus/chassis';

/**
 * The size of the tree that a request means: the newest where it says 0.
 * @throws LOG_SIZE_OUT_OF_RANGE beyond the log
 */
export function requireTreeSize(asked: bigint, newest: bigint): bigint {
  if (asked > newest) {
    throw failure(
      'LOG_SIZE_OUT_OF_RANGE',
      `The log has ${newest} entries, not ${asked}. Use sizes of checkpoints that the log has signed.`,
      { metadata: { treeSize: newest.toString() } },
    );
  }
  return asked === 0n ? newest : asked;
}
