import type { JsonObject } from '@isthmus/proof';

/** A representation model that trains in a second or two and still has every phase, in a handful of segments. */
export const ceCdrSpec: JsonObject = {
  dim: 8,
  contentDim: 8,
  rank: 8,
  contentSteps: 20,
  graphSweeps: 2,
  refreshSweeps: 1,
  thresholdPairs: 2_000,
  epochs: 1,
  batch: 256,
  prototypes: 8,
  maxCuts: 20,
  segmentSteps: 10,
};

/** A retrieval model of the same kind. */
export const gemirecSpec: JsonObject = {
  dim: 16,
  maxLength: 10,
  hidden: 16,
  uniformNegatives: 64,
  batchNegatives: 64,
  batchSize: 32,
  learningRate: 0.01,
  dropout: 0,
  warmUpSteps: 40,
  maxEpochs: 10,
  codes: [4, 4],
  interests: 4,
  dictionarySteps: 3,
  segments: 8,
};
