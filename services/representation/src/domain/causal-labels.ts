import { type Random, sigmoid } from '@isthmus/learning';

/** How similarity becomes a propensity to be labelled. */
export interface LabelSettings {
  /** Smallest propensity e_min, in (0, 1]: no pair is out of reach of the labeller, or no weighting could correct for it. */
  readonly floor: number;
  /** Similarity tau at which the propensity is half-way up: a quantile over random cross-domain pairs. */
  readonly threshold: number;
  /** Width T of the rise, above 0. */
  readonly temperature: number;
  /** Most source events that may be causes of one target event: the q most similar ones. */
  readonly most: number;
}

/** Labels of the source events of one (user, target item) pair, in the order of the events. */
export interface CausalLabels {
  /** 1 where a cause was labelled. */
  readonly labels: Uint8Array;
  /** Propensity of each row, kept with it: later changes of the threshold must not change it. */
  readonly propensities: Float64Array;
}

/**
 * Labels the source events of a target event that happened (our reconstruction of CE-CDR's labelling module under its
 * assumption that the preference for a source item causes the preference for similar target items). The q most similar
 * events are its causes; each is seen with probability e(similarity) and is labelled if seen. Every other row stays
 * unlabelled, which says nothing. The coins come from a generator that is keyed by the target event, so a row has the
 * same label whenever it is visited.
 *
 * @param similarities of each source event to the target item, -1 to 1
 */
export function labelCauses(
  similarities: ArrayLike<number>,
  settings: LabelSettings,
  random: Random,
): CausalLabels {
  const count = similarities.length;
  const labels = new Uint8Array(count);
  const propensities = new Float64Array(count);
  const eligible = mostSimilar(similarities, settings.most);
  for (let event = 0; event < count; event++) {
    const propensity = labelPropensity(similarities[event]!, settings);
    propensities[event] = propensity;
    // One coin a row, eligible or not: the labels of an event do not depend on how the others rank.
    const seen = random.bernoulli(propensity);
    if (seen && eligible[event] === 1) labels[event] = 1;
  }
  return { labels, propensities };
}

/** Labels where nothing happened: no cause acted, so every row is a certain negative. */
export function certainNegatives(count: number): CausalLabels {
  return { labels: new Uint8Array(count), propensities: new Float64Array(count).fill(1) };
}

/** e = e_min + (1 - e_min) sigmoid((similarity - tau) / T). */
export function labelPropensity(similarity: number, settings: LabelSettings): number {
  const { floor, threshold, temperature } = settings;
  return floor + (1 - floor) * sigmoid((similarity - threshold) / temperature);
}

/** 1 for the `most` largest values; of equal ones the later event goes first. */
function mostSimilar(similarities: ArrayLike<number>, most: number): Uint8Array {
  const marks = new Uint8Array(similarities.length);
  if (similarities.length <= most) return marks.fill(1);
  const order = Uint32Array.from({ length: similarities.length }, (_, event) => event).sort(
    (a, b) => similarities[b]! - similarities[a]! || b - a,
  );
  for (const event of order.subarray(0, most)) marks[event] = 1;
  return marks;
}
