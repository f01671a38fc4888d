/** What the choice of code counts knows. */
export interface CatalogueSize {
  /** Items that are recommended from. */
  readonly items: number;
  /** Training events, about. */
  readonly events: number;
}

/** Fewest and most codes of a level. */
const fewest = 4;
const most = 256;
/** Items that an interest has on average. */
const itemsPerInterest = 128;
/** Events that a code of the first level has on average, at least. */
const eventsPerTopCode = 250;

/**
 * Codes of each level for a catalogue, where nobody has chosen them: `(items / 128)^(1/levels)` codes a level, within 4 and 256, and no
 * more codes of the first level than one for 250 events.
 *
 * Why so: an interest is searched for its best items, so it has to own more than a list takes (50, of which some were taken
 * before); more than that, and the posterior has less to say than a category. Levels of equal size make the most tuples of the fewest
 * codes, each of which the posterior has to learn. The first level decides most of the log probability, so its codes need
 * events enough for a frequency that is known within some percent (250 events: 6 %).
 *
 * @param levels 1 to 4; the model's posterior has two
 */
export function chooseCodeCounts({ items, events }: CatalogueSize, levels = 2): number[] {
  if (!Number.isInteger(levels) || levels < 1 || levels > 4)
    throw new RangeError(`${levels} is not 1 to 4 levels`);
  const even = within(Math.round(root(items / itemsPerInterest, levels)));
  const top = Math.min(even, within(Math.floor(events / eventsPerTopCode)));
  return [top, ...Array.from({ length: levels - 1 }, () => even)];
}

function within(codes: number): number {
  return Math.min(most, Math.max(fewest, codes));
}

/** By square roots and Newton's steps, which IEEE 754 rounds in one way everywhere. */
function root(x: number, degree: number): number {
  if (degree === 1 || x <= 0) return Math.max(0, x);
  if (degree === 2) return Math.sqrt(x);
  if (degree === 4) return Math.sqrt(Math.sqrt(x));
  let y = Math.max(1, Math.sqrt(x));
  for (let step = 0; step < 60; step++) y = (2 * y + x / (y * y)) / 3;
  return y;
}
