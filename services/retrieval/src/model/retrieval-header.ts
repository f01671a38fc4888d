import type { DictionaryHealth } from '../domain/dictionary-health.js';
import type { PriorWeights } from '../domain/item-prior.js';
import { isEncoderName } from './encoders.js';
import type { RetrievalShape } from './retrieval-shape.js';

/** Name and version of the layout of a retrieval model's files. */
export const retrievalModelFormat = 'isthmus-retrieval-model/v1';

/** What a retrieval model says of itself in `model.json`. */
export interface RetrievalHeader {
  readonly format: typeof retrievalModelFormat;
  /** Name and version of the program that trained it. */
  readonly program: string;
  readonly programVersion: string;
  readonly shape: RetrievalShape;
  /** Names of all domains of the data set; the index is the domain number. */
  readonly domains: readonly string[];
  /** The domain that it recommends from. */
  readonly targetDomain: string;
  /** Items of the target domain that it knows. */
  readonly items: number;
  /** Items of other domains that a history may hold, behind the others in its tables; none where left out. */
  readonly otherItems?: number;
  /** Digest of the representation model that it was trained with; null where it takes no representation. */
  readonly representationDigest: string | null;
  /** Interests that a user is searched with unless the caller says otherwise, at least 1. */
  readonly interests: number;
  /** Divides the logits of the posterior; fitted on the validation part. */
  readonly temperature: number;
  /** Weight of what is said among the items of an interest; left out for a model without a dictionary. */
  readonly interestShare?: number;
  /** Weight of the log posterior in the score of an item; chosen on the validation part. */
  readonly posteriorWeight: number;
  /** What was counted and is added to the scores, chosen on the validation part; nothing where left out. */
  readonly prior?: PriorWeights & { readonly halfLifeMs: number };
  /** How well the interest dictionary is used; undefined for a model without, and one from before this was written down. */
  readonly dictionary?: DictionaryHealth & {
    /** What the fusion's first layer keeps of the distance between two interests at least; undefined for another fusion. */
    readonly fusionSigma?: number;
  };
}

/** Reads `model.json`. Throws an Error that names the field that is wrong. */
export function parseRetrievalHeader(bytes: Uint8Array): RetrievalHeader {
  const json = JSON.parse(
    new TextDecoder('utf-8', { fatal: true }).decode(bytes),
  ) as Partial<RetrievalHeader>;
  const require = (good: boolean, field: string): void => {
    if (!good) throw new Error(`model.json of a retrieval model has no valid '${field}'`);
  };
  const { shape, domains, representationDigest: digest } = json;
  const positive = (n: unknown) => typeof n === 'number' && Number.isFinite(n) && n > 0;
  require(json.format === retrievalModelFormat, 'format');
  require(typeof json.program === 'string' && typeof json.programVersion === 'string', 'program');
  require(typeof shape === 'object' && shape !== null && isEncoderName(shape.encoder), 'shape');
  require([shape!.dim, shape!.maxLength, shape!.heads, shape!.hidden].every(positive), 'shape');
  require(Number.isSafeInteger(shape!.crossDim) &&
    Array.isArray(shape!.codes) &&
    shape!.codes.every(positive), 'shape');
  require(['residual', 'tree', undefined].includes(shape!.dictionaryKind), 'shape');
  require(['concat', 'sum', undefined].includes(shape!.interestEmbedding), 'shape');
  require([shape!.layers, shape!.vectors].every(
    (n) => n === undefined || (Number.isSafeInteger(n) && n > 0),
  ), 'shape');
  require([undefined, 'interests', 'sequence'].includes(shape!.routingAxis), 'shape');
  require(Array.isArray(domains) && domains.includes(json.targetDomain!), 'targetDomain');
  require(Number.isSafeInteger(json.items) && json.items! > 0, 'items');
  require(json.otherItems === undefined || positive(json.otherItems), 'otherItems');
  require(digest === null || /^[0-9a-f]{64}$/.test(String(digest)), 'representationDigest');
  require(Number.isSafeInteger(json.interests) && json.interests! > 0, 'interests');
  require(positive(json.temperature), 'temperature');
  require([undefined, 0].includes(json.interestShare) || positive(json.interestShare), 'interestShare');
  require(json.posteriorWeight === 0 || positive(json.posteriorWeight), 'posteriorWeight');
  const { prior } = json;
  const weight = (n: unknown) => n === 0 || positive(n);
  require(prior === undefined ||
    (weight(prior.transitions) && weight(prior.popularity) && positive(prior.halfLifeMs)), 'prior');
  require(json.dictionary === undefined || Array.isArray(json.dictionary?.levels), 'dictionary');
  return json as RetrievalHeader;
}
