import type { Random } from '../random/random.js';
import { sourceDomain, styledWeight, type World } from './world.js';

/** Draws a source item: from one of the user's clusters by style and popularity, or any; never one taken before. */
export function drawSourceItem(
  world: World,
  random: Random,
  interests: readonly { readonly cluster: number; readonly probability: number }[],
  style: number,
  taken: ReadonlySet<number>,
): number {
  const { sourceItems, sourceNoise } = world.parameters;
  for (;;) {
    if (random.bernoulli(sourceNoise)) {
      const item = random.below(sourceItems);
      if (!taken.has(item)) return item;
      continue;
    }
    let left = random.float();
    const interest =
      interests.find(({ probability }) => {
        left -= probability;
        return left < 0;
      }) ?? interests[interests.length - 1]!;
    const open = world.members[sourceDomain][interest.cluster]!.filter((item) => !taken.has(item));
    const total = open.reduce((sum, item) => sum + styledWeight(world, item, style), 0);
    let weightLeft = random.float() * total;
    for (const item of open) {
      weightLeft -= styledWeight(world, item, style);
      if (weightLeft < 0) return item;
    }
  }
}
