export type {
  ArtefactInput,
  ClickModel,
  InputInfo,
  Inputs,
  Json,
  JsonObject,
  KernelProfile,
  ModelFiles,
  Plan,
  ProgramBundle,
  ProgramProgress,
  Recommender,
  RecommendRequest,
  RecordInput,
  StateTensor,
  TensorData,
  TensorType,
  TrainingProgram,
  TrainingState,
} from '@isthmus/proof';

export { sigmoid, softplus, tanh } from './arithmetic/activations.js';
export { exp, expm1, integerPower, power } from './arithmetic/exp.js';
export { decodeFloats, encodeFloats } from './arithmetic/float-bytes.js';
export { log, log1p, log2 } from './arithmetic/log.js';
export {
  decodeRepresentationVectors,
  encodeRepresentationVectors,
  type RepresentationVectors,
  representationRow,
  representationVectorsFiles,
  representationVectorsFormat,
} from './artefacts/representation-vectors.js';
export {
  type ClickHeadEvaluation,
  evaluateClickModel,
} from './evaluation/evaluate-click-model.js';
export { evaluateInterests, type InterestHealth } from './evaluation/evaluate-interests.js';
export {
  evaluateRecommender,
  evaluationOfHits,
  meanOfNumbers,
  type RecommenderEvaluation,
  type RecommenderEvaluationOptions,
  recommendedLists,
} from './evaluation/evaluate-recommender.js';
export {
  type FrozenPartition,
  freezePartition,
  type PartitionSettings,
  usualPartition,
} from './evaluation/frozen-partition.js';
export { type HistoryLengthBin, historyLengthBins } from './evaluation/history-length-bins.js';
export { coldItemEvents, measureHits, type TargetClasses } from './evaluation/measure-hits.js';
export { countPopularity } from './evaluation/popularity.js';
export { findHits, hitsFromJson, hitsToJson, type RankedHits } from './evaluation/ranked-hits.js';
export { topItems } from './evaluation/top-items.js';
export type { TimestampUnit } from './files/cells.js';
export type { EventColumns, ItemColumns, PartialColumns } from './files/column-map.js';
export { findDataFiles, readDataDirectory } from './files/data-directory.js';
export { DataFormatError, type DataProblem, DataProblems, describeProblem } from './files/data-problems.js';
export {
  type DataFile,
  type DataFiles,
  type ReadOptions,
  type ReadResult,
  readInteractions,
} from './files/read-interactions.js';
export { defaultFileLimits, type FileLimits } from './files/table.js';
export { readLines } from './files/text-lines.js';
export {
  catalogueItemCodec,
  decodeCatalogueItem,
  encodeCatalogueItem,
} from './interactions/catalogue-item-codec.js';
export { type CommittedInteractions, openInteractions } from './interactions/committed-interactions.js';
export {
  describeInteractions,
  type InteractionDescription,
  parseDescription,
} from './interactions/description.js';
export { eventPositions } from './interactions/event-positions.js';
export {
  type Catalogue,
  type CatalogueItem,
  countEvents,
  domainIndex,
  type InteractionData,
  itemsOfDomain,
  type UserRecord,
  withHistories,
} from './interactions/interaction-data.js';
export { createMemoryInputs } from './interactions/memory-inputs.js';
export {
  emptyHistory,
  eventsBefore,
  historyEvent,
  historyFromEvents,
  historyPrefix,
  historySelection,
  historySuffix,
  type InteractionEvent,
  positionsOfDomain,
  type UserHistory,
} from './interactions/user-history.js';
export {
  decodeUserHistory,
  encodeUserHistory,
  userHistoryCodec,
} from './interactions/user-history-codec.js';
export { hashUserId } from './interactions/user-id.js';
export {
  isValidationRecord,
  type ValidationCase,
  validationCase,
  withoutValidation,
} from './interactions/validation-part.js';
export { auc, type GroupedAuc, groupedAuc } from './metrics/auc.js';
export {
  type BootstrapInterval,
  type BootstrapSettings,
  bootstrapAucDifference,
  bootstrapMeanDifference,
} from './metrics/bootstrap.js';
export {
  cosine,
  effectiveRank,
  interestCoverage,
  meanListJaccard,
  meanPairwiseCosine,
  perplexity,
  singularValues,
} from './metrics/collapse.js';
export { normalisedMutualInformation } from './metrics/mutual-information.js';
export { compareWithBaseline, type SeededFigure } from './metrics/paired-comparison.js';
export { expectedCalibrationError, logLoss } from './metrics/probability-loss.js';
export { type RankingQuality, rankingQuality } from './metrics/ranking.js';
export {
  type BatchSettings,
  countBatches,
  createBatchSchedule,
  epochBatches,
} from './program/batch-schedule.js';
export {
  addOptimiserSlots,
  applyGradients,
  clipGradients,
  type Gradient,
} from './program/optimiser.js';
export { defaultAdam, type OptimiserSettings } from './program/optimiser-settings.js';
export { type RowGradient, sumRows } from './program/row-gradient.js';
export {
  booleanField,
  choiceField,
  integerField,
  integersField,
  type NumberRange,
  numberField,
  parseSpecification,
  type SpecField,
  type SpecFields,
  type SpecOf,
} from './program/specification.js';
export {
  addTensor,
  addToCounter,
  counter,
  createState,
  float32Tensor,
  int32Tensor,
  setTensor,
  tensorNames,
  tensorOfType,
  uint32Tensor,
} from './program/training-state.js';
export { type AliasTable, createAliasTable } from './random/alias-table.js';
export { createRandom, createRandomFamily, type Random } from './random/random.js';
export { type Simulation, simulate } from './simulator/simulate.js';
export {
  defaultSimulation,
  type SimulatorParameters,
  smallSimulation,
} from './simulator/simulator-parameters.js';
export type {
  CausalPair,
  CauseCandidate,
  SimulatorTruth,
  TargetEventKind,
  TargetEventTruth,
} from './simulator/simulator-truth.js';
export { type ClickSamples, sampleClicks } from './splits/click-samples.js';
export { type ColdStartSplit, splitColdStart } from './splits/cold-start-split.js';
export { type ComiRecSplit, splitComiRec } from './splits/comirec-split.js';
export {
  type EvaluationTargets,
  type EvaluationUser,
  evaluationFromJson,
  evaluationToJson,
} from './splits/evaluation-targets.js';
export { type LeaveLastOutSplit, leaveLastOut } from './splits/leave-last-out.js';
export { type MeshSplit, splitMesh } from './splits/mesh-split.js';
export { numpyPermutation } from './splits/mt19937.js';
export { splitByTime, type TimeSplit } from './splits/time-split.js';
