import { booleanField, choiceField, integerField, numberField, type SpecOf } from '@isthmus/learning';
import { commonFields } from '../training/retrieval-settings.js';

/** What every peer lets a person choose: the harness's settings, with the budget of the published anchors as default. */
export const peerFields = {
  ...commonFields,
  dim: integerField(64, { min: 4, max: 256 }),
  maxLength: integerField(50, { min: 1, max: 200 }),
  batchSize: integerField(256, { min: 1, max: 4096 }),
  uniformNegatives: integerField(2048, { min: 1, max: 65536 }),
  batchNegatives: integerField(0, { min: 0, max: 65536 }),
  learningRate: numberField(2e-3, { min: 1e-6, max: 1 }),
  warmUpSteps: integerField(0, { min: 0, max: 1_000_000 }),
  maxEpochs: integerField(100, { min: 1, max: 10_000 }),
  /** Whether the first event of a sequence, which nothing precedes, is a target; it trains what users without history are answered by. */
  firstEvents: booleanField(true),
} as const;

/** Settings of SASRec. */
export const sasrecFields = {
  ...peerFields,
  layers: integerField(2, { min: 1, max: 12 }),
  heads: integerField(1, { min: 1, max: 16 }),
  hidden: integerField(64, { min: 4, max: 1024 }),
} as const;

/** Settings of peers with several interests. */
export const interestPeerFields = {
  ...peerFields,
  dropout: numberField(0.2, { min: 0, max: 0.9 }),
  /** Interests of a user. */
  interests: integerField(4, { min: 1, max: 64 }),
} as const;

/** Settings of peers whose interests are routed. */
export const routingFields = {
  ...interestPeerFields,
  learningRate: numberField(5e-3, { min: 1e-6, max: 1 }),
  dropout: numberField(0, { min: 0, max: 0.9 }),
  /** Places of a sequence that are trained on in a step. */
  cuts: integerField(4, { min: 1, max: 64 }),
  /** Over what an item's routing weights are normalised: the authors' code or ports of it. */
  routingAxis: choiceField('interests', ['interests', 'sequence']),
} as const;

/** Settings of REMI. */
export const remiFields = {
  ...interestPeerFields,
  /** How strongly negatives near an interest count: beta of interest-aware hard negatives. */
  hardness: numberField(1, { min: 0, max: 100 }),
  /** Weight of the routing regulariser. */
  routingPenalty: numberField(3, { min: 0, max: 1e6 }),
} as const;

/** The chosen numbers that every peer has. */
export type PeerSettings = SpecOf<typeof peerFields>;
