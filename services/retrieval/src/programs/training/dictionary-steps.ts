import { counter, createRandom, type TrainingState, uint32Tensor } from '@isthmus/learning';
import { boundChurn, type Refresh } from '../../domain/assignment-table.js';
import { gradientStep } from '../../domain/codebook-gradient.js';
import { averageStep, kMeansStep, seedCodebook } from '../../domain/codebook-learning.js';
import { dictionaryHealth, perplexityOf } from '../../domain/dictionary-health.js';
import {
  assignCodes,
  codeCounts,
  type InterestDictionary,
  residuals,
  rowsOfLevel,
} from '../../domain/interest-dictionary.js';
import { treeLevelStep } from '../../domain/tree-learning.js';
import { balanceUsage, occupancyOf } from '../../domain/usage-balance.js';
import type { RetrievalHeader } from '../../model/retrieval-header.js';
import type { RetrievalShape } from '../../model/retrieval-shape.js';
import { averagesOf, dictionaryOf, firstLevels, restartAverages, startAverages } from './dictionary-state.js';
import { fusionSigma } from './fusion-sigma.js';
import { quantisedCatalogue, quantisedVectors } from './quantised-vectors.js';

export { addDictionary, dictionaryOf } from './dictionary-state.js';

/** How codes follow the items while training goes on: by running averages, by gradient, or not at all. */
export type CodeLearning = 'average' | 'gradient' | 'still';

/** Numbers of the moving dictionary. */
export interface DictionarySettings {
  /** `average` where left out. */
  readonly codeLearning?: CodeLearning;
  /** Share that the running averages keep in a step. */
  readonly codeDecay: number;
  /** Rate of gradient descent. */
  readonly codeRate?: number;
  /** Codes move until a refresh would change less than this share of the items; after that they stand still for good. */
  readonly frozenChurn: number;
}

/** Numbers of the table of the items' codes. */
export interface TableSettings {
  /** Perplexity over codes that use is balanced to, 0 for no balancing. */
  readonly usageTarget: number;
  /** Largest penalty of a used code, in mean squared distances. */
  readonly penaltyBound: number;
  /** Largest share of the items that a refresh changes, unless the use of the codes needs more. */
  readonly maxChurn: number;
}

/** What holds where a run says nothing else. */
export const usualTable: TableSettings = { usageTarget: 0.75, penaltyBound: 1, maxChurn: 0.5 };

/** A code is dead below this share of its fair part of a step. */
const deadShare = 0.05;
/** Changes of the penalties in a balancing. */
const balanceRounds = 8;

/**
 * One step of k-means of one level over the true residuals of all items with training events; the first step of a level
 * chooses its codes. After the last step of the last level the codes of all items are assigned.
 *
 * @param step steps of this phase before
 * @param stepsPerLevel steps of each level
 */
export function dictionaryStep(
  state: TrainingState,
  seed: Uint8Array,
  shape: RetrievalShape,
  step: number,
  stepsPerLevel: number,
  table: TableSettings = usualTable,
): void {
  const level = Math.floor(step / stepsPerLevel);
  const dictionary = dictionaryOf(state, shape);
  const { dim } = shape;
  const known = quantisedVectors(state, dim, trainedRows(state));
  const above = firstLevels(dictionary, level);
  const codes = assignCodes(above, known);
  const rows = residuals(above, known, codes, level);
  const codebook = dictionary.codebooks[level]!;
  const penalties = dictionary.penalties![level]!;
  const random = step % stepsPerLevel === 0 ? createRandom(seed, 'dictionary', level) : undefined;
  let distance: number;
  if (dictionary.kind === 'tree' && level > 0) {
    const cells = rowsOfLevel(above, codes, level - 1);
    distance = treeLevelStep(codebook, rows, dim, cells, shape.codes[level]!, random);
  } else {
    if (random !== undefined) codebook.set(seedCodebook(rows, dim, shape.codes[level]!, random));
    distance = kMeansStep(codebook, rows, dim, penalties);
    if (dictionary.kind !== 'tree')
      balanceUsage(codebook, penalties, rows, dim, balanceOf(table, Math.ceil(penalties.length / 4)));
  }
  state.counters.set(`dictionary/distance-${level}`, distance);
  if (step !== stepsPerLevel * shape.codes.length - 1) return;
  refreshCodes(state, shape, table);
  state.counters.set('dictionary/churn', 1);
}

/**
 * Balances the use of the codes and assigns every item anew, of those that have codes at most a bounded share.
 *
 * @returns the share of the items whose codes changed
 */
export function refreshCodes(
  state: TrainingState,
  shape: RetrievalShape,
  settings: TableSettings = usualTable,
): number {
  const table = uint32Tensor(state, 'dictionary/codes');
  const dictionary = dictionaryOf(state, shape);
  const vectors = quantisedCatalogue(state, shape.dim);
  if (dictionary.kind !== 'tree') balanceLevels(state, shape, vectors, settings);
  const fresh = assignCodes(dictionary, vectors);
  const { codes, churn, held } = boundedRefresh(state, dictionary, fresh, vectors, settings);
  table.set(codes);
  state.counters.set('dictionary/assigned', 1);
  state.counters.set('dictionary/churn', churn);
  state.counters.set('dictionary/held', held);
  noteUse(state, shape);
  return churn;
}

/** Notes for people who watch how well the codes are used. */
export function noteUse(state: TrainingState, shape: RetrievalShape): void {
  const dictionary = dictionaryOf(state, shape);
  const table = uint32Tensor(state, 'dictionary/codes');
  state.counters.set('dictionary/perplexity', leastUsedShare(dictionary, table));
  state.counters.set('dictionary/dead', dictionaryHealth(dictionary, table).levels[0]?.dead ?? 0);
}

/** A refresh within the bound of churn, which gives way as far as the use of the codes would else fall below its target. */
function boundedRefresh(
  state: TrainingState,
  dictionary: InterestDictionary,
  fresh: Uint32Array,
  vectors: Float32Array,
  { maxChurn, usageTarget }: TableSettings,
): Refresh {
  const table = uint32Tensor(state, 'dictionary/codes');
  const isFirst = counter(state, 'dictionary/assigned') === 0;
  const target = Math.min(usageTarget, leastUsedShare(dictionary, fresh));
  for (let bound = isFirst ? 1 : maxChurn; ; bound = Math.min(1, 1.25 * bound + 0.01)) {
    const refresh = boundChurn(dictionary, table, fresh, vectors, bound);
    if (bound === 1 || leastUsedShare(dictionary, refresh.codes) >= target) return refresh;
  }
}

/** Perplexity over codes of the level that is used least evenly. */
function leastUsedShare(dictionary: InterestDictionary, table: Uint32Array): number {
  const counts = codeCounts(dictionary);
  const shares = counts.map((codes, level) => {
    const own = table.filter((_, i) => i % counts.length === level);
    return perplexityOf(occupancyOf(own, codes)) / codes;
  });
  return Math.min(...shares);
}

/** Health of the dictionary as of the latest refresh. */
export function dictionaryHealthOf(
  state: TrainingState,
  shape: RetrievalShape,
): NonNullable<RetrievalHeader['dictionary']> {
  const codes = uint32Tensor(state, 'dictionary/codes');
  const health = dictionaryHealth(dictionaryOf(state, shape), codes, counter(state, 'dictionary/churn'));
  const sigma = fusionSigma(state, shape);
  return sigma === undefined ? health : { ...health, fusionSigma: sigma };
}

/**
 * Moves the codes towards the vectors of a step's targets, unless the dictionary has come to rest. A tree stays as it was made: that is
 * the peer (RimiRec 2024) that it stands for.
 */
export function moveCodes(
  state: TrainingState,
  seed: Uint8Array,
  shape: RetrievalShape,
  targets: Int32Array,
  settings: DictionarySettings,
): void {
  const { codeLearning = 'average', codeRate = 0.05 } = settings;
  if (codeLearning === 'still' || shape.dictionaryKind === 'tree') return;
  if (isFrozen(state, settings.frozenChurn)) return;
  const rows = Uint32Array.from([...new Set(targets)].sort((a, b) => a - b));
  const dictionary = dictionaryOf(state, shape);
  const vectors = quantisedVectors(state, shape.dim, rows);
  const codes = assignCodes(dictionary, vectors);
  if (counter(state, 'dictionary/averaged') === 0) startAverages(state, dictionary, rows.length);
  dictionary.codebooks.forEach((codebook, level) => {
    const rest = residuals(dictionary, vectors, codes, level);
    const assigned = rowsOfLevel(dictionary, codes, level);
    if (codeLearning === 'gradient') {
      gradientStep(codebook, rest, assigned, shape.dim, codeRate);
      return;
    }
    const averages = { decay: settings.codeDecay, deadShare };
    const random = createRandom(seed, `revival-${level}`, state.step);
    averageStep(codebook, averagesOf(state, level), rest, assigned, averages, random);
  });
}

/** Whether the codes stand still; once they do, they do for good. */
function isFrozen(state: TrainingState, frozenChurn: number): boolean {
  const wouldChange =
    counter(state, 'dictionary/churn') +
    counter(state, 'dictionary/held') / uint32Tensor(state, 'catalogue/counts').length;
  if (wouldChange < frozenChurn) state.counters.set('dictionary/frozen', 1);
  return counter(state, 'dictionary/frozen') === 1;
}

/** Balances one level after the other. Codes that stand still take penalties, and move only where they own nothing at all. */
function balanceLevels(
  state: TrainingState,
  shape: RetrievalShape,
  vectors: Float32Array,
  settings: TableSettings,
): void {
  const dictionary = dictionaryOf(state, shape);
  const frozen = counter(state, 'dictionary/frozen') === 1;
  let rest = vectors;
  dictionary.codebooks.forEach((codebook, level) => {
    const penalties = dictionary.penalties![level]!;
    const splits = frozen ? 0 : Math.ceil(penalties.length / 8);
    const moved = balanceUsage(codebook, penalties, rest, shape.dim, balanceOf(settings, splits));
    restartAverages(state, dictionary, level, moved);
    const own = { dim: shape.dim, codebooks: [codebook], penalties: [penalties] };
    rest = residuals(own, rest, assignCodes(own, rest), 1);
  });
}

function balanceOf({ usageTarget, penaltyBound }: TableSettings, splits: number) {
  return { target: usageTarget, bound: penaltyBound, rounds: balanceRounds, splits };
}

function trainedRows(state: TrainingState): Uint32Array {
  const rows: number[] = [];
  uint32Tensor(state, 'catalogue/counts').forEach((count, row) => {
    if (count > 0) rows.push(row);
  });
  return Uint32Array.from(rows);
}
