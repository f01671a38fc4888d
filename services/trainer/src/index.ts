export { type BundleOutcome, bundleAll } from './bundling/bundle-all.js';
export { type BundledProgram, type BundleProgramOptions, bundleProgram } from './bundling/bundle-program.js';
export { programNames } from './bundling/program-sources.js';
export { chooseDomains, type DomainRoles } from './data/choose-domains.js';
export type { CommittedRecords } from './data/commit-data.js';
export { type EvaluationData, fetchEvaluation } from './data/evaluation-object.js';
export { type DataInspection, type DomainCounts, inspectData } from './data/inspect-data.js';
export type { DataSource, FileSource, SimulatorSource } from './data/load-data.js';
export {
  type PreparationStep,
  type PrepareDataOptions,
  type PreparedData,
  prepareData,
  recordsOf,
} from './data/prepare-data.js';
export {
  type PreparedEvent,
  type PreparedItem,
  type PreparedReader,
  readPrepared,
} from './data/read-prepared.js';
export { type SplitKind, splitKinds } from './data/split-data.js';
export { openUserSalt } from './data/user-salt.js';
export { awaitReplicas, replicaName, stateName } from './distribution/await-replicas.js';
export {
  type Distribution,
  type DistributionEvent,
  distributeModel,
  isRejection,
} from './distribution/distribute-model.js';
export { distributionLine } from './distribution/distribution-line.js';
export { type ListedVersion, listVersions } from './distribution/list-versions.js';
export { bundleFileName, logProofFileName, modelFiles } from './distribution/model-folder.js';
export { atPlaces } from './distribution/model-place.js';
export { type ModelSource, modelOfFolder, versionOfDigest } from './distribution/model-source.js';
export { type MovedLabel, moveLabel } from './distribution/move-label.js';
export {
  type ComparedRuns,
  type CompareRetrievalOptions,
  compareRetrievalRuns,
} from './evaluation/compare-retrieval-runs.js';
export { comparisonLines } from './evaluation/comparison-lines.js';
export {
  type ClickFigures,
  type DetailedEvaluation,
  evaluateModel,
  type ModelEvaluation,
} from './evaluation/evaluate-model.js';
export type { RetrievalRun } from './evaluation/evaluate-retrieval-run.js';
export { type ModelReference, type OpenModel, openModel } from './evaluation/open-model.js';
export type { InputReferences } from './inputs/open-inputs.js';
export { openTensorflow } from './program/open-tensorflow.js';
export { type ProgramReference, programReference } from './program/program-reference.js';
export {
  type ProgressDisplay,
  type ProgressStream,
  type ProgressUpdate,
  progressDisplay,
} from './progress/progress-display.js';
export { collectRetrievalReport } from './reports/collect-retrieval-report.js';
export type { RetrievalReportData } from './reports/retrieval-report-data.js';
export {
  type Bar,
  type BarOutcome,
  checkResults,
  describeCheck,
  type ResultsCheck,
} from './results/check-results.js';
export type { ResultCell, ResultFile, ResultReport, ResultRow } from './results/result-file.js';
export { describeMachine, writeResults } from './results/write-results.js';
export { openProverKey } from './training/prover-key.js';
export { spawnTraining, type TrainingFlags, type TrainingProcess } from './training/spawn-training.js';
export { train } from './training/train.js';
export type { AttestationOptions, TrainOptions } from './training/train-options.js';
export type {
  CurvePoint,
  RunAttestation,
  RunMode,
  RunVerdict,
  SegmentTiming,
  TrainingEvent,
  TrainResult,
} from './training/training-event.js';
export { appendTrial, readTrials, type Trial } from './training/trials-log.js';
export { parseSearchSpace } from './tuning/search-space.js';
export { type TuneProgramOptions, tuneProgram } from './tuning/tune-program.js';
