import { createRandom } from '../random/random.js';

/** How an epoch is cut into batches. */
export interface BatchSettings {
  /** Examples of a batch, at least 1; the last batch of a length class may be smaller. */
  readonly batchSize: number;
  /**
   * Upper bounds of the length classes, ascending, for example [8, 16, 32, 50]: examples of one class share batches, so
   * that little is padded. Longer examples form one more class. Empty: no classes.
   */
  readonly lengthBounds: readonly number[];
}

/**
 * The batches of one epoch: every example once, in an order that depends on (seed, purpose, epoch) alone.
 *
 * Order: the examples are permuted; each goes to its length class in that order; a class gives its batches from the
 * front; the batches, class by class, are then permuted.
 *
 * @param lengths length of each example; its size is the number of examples
 * @returns example indices of each batch
 */
export function epochBatches(
  seed: Uint8Array,
  purpose: string,
  epoch: number,
  lengths: ArrayLike<number>,
  settings: BatchSettings,
): readonly Uint32Array[] {
  const { batchSize, lengthBounds } = settings;
  if (!Number.isSafeInteger(batchSize) || batchSize < 1)
    throw new RangeError('a batch has at least 1 example');
  const random = createRandom(seed, purpose, epoch);
  const classes: number[][] = Array.from({ length: lengthBounds.length + 1 }, () => []);
  for (const example of random.permutation(lengths.length)) {
    classes[lengthClass(lengths[example]!, lengthBounds)]!.push(example);
  }
  const batches: Uint32Array[] = [];
  for (const members of classes) {
    for (let start = 0; start < members.length; start += batchSize) {
      batches.push(Uint32Array.from(members.slice(start, start + batchSize)));
    }
  }
  return random.shuffle(batches);
}

/** Number of batches of every epoch. */
export function countBatches(lengths: ArrayLike<number>, settings: BatchSettings): number {
  const sizes = new Array<number>(settings.lengthBounds.length + 1).fill(0);
  for (let example = 0; example < lengths.length; example++) {
    const index = lengthClass(lengths[example]!, settings.lengthBounds);
    sizes[index] = sizes[index]! + 1;
  }
  return sizes.reduce((sum, size) => sum + Math.ceil(size / settings.batchSize), 0);
}

/**
 * The batch of a step, counted from the beginning of the phase. Epochs that were laid out are kept outside of the
 * state: they are a function of the arguments, so a replay that starts in the middle makes the same ones.
 */
export function createBatchSchedule(
  seed: Uint8Array,
  purpose: string,
  lengths: ArrayLike<number>,
  settings: BatchSettings,
): { readonly batchesPerEpoch: number; batchAt(step: number): Uint32Array } {
  const batchesPerEpoch = countBatches(lengths, settings);
  let epoch = -1;
  let batches: readonly Uint32Array[] = [];
  return {
    batchesPerEpoch,
    batchAt(step) {
      const wanted = Math.floor(step / batchesPerEpoch);
      if (wanted !== epoch) {
        batches = epochBatches(seed, purpose, wanted, lengths, settings);
        epoch = wanted;
      }
      return batches[step % batchesPerEpoch]!;
    },
  };
}

function lengthClass(length: number, bounds: readonly number[]): number {
  let index = 0;
  while (index < bounds.length && length > bounds[index]!) index++;
  return index;
}
