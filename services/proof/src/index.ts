export { type AssuranceLevel, assuranceLevels, type ProofMode, reaches } from './assurance.js';
export { type Bundle, bundleMediaType, encodeBundle, maxBundleBytes, parseBundle } from './bundle.js';
export { equalBytes, toHex } from './bytes.js';
export {
  canonicalJson,
  type JsonLimits,
  maxJsonDepth,
  parseCanonicalJson,
  parseStrictJson,
} from './canonical-json.js';
export { chainNext, chainStart, readsDigest, type SegmentReads } from './chain.js';
export {
  type Checkpoint,
  encodeCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from './checkpoint.js';
export {
  CompactTree,
  edgeNodes,
  foldEdge,
  type HashedTreeNode,
  merkleRoot,
  type TreeNode,
} from './compact-tree.js';
export {
  type Envelope,
  type EnvelopeSignature,
  envelopeJson,
  maxEnvelopeSignatures,
  parseEnvelopeJson,
  preAuthenticationEncoding,
  signEnvelope,
  type VerifiedPayload,
  verifyEnvelope,
} from './dsse.js';
export { type ExportedModel, exportModel } from './exported-model.js';
export {
  encodeFileList,
  type FileEntry,
  fileEntries,
  maxFileListBytes,
  maxFiles,
  modelDigest,
  parseFileList,
  requireFileContent,
} from './file-list.js';
export { hashSizeBytes, sha256, sha256Hex, taggedHash } from './hash.js';
export {
  decodeLogEntry,
  encodeLogEntry,
  type LogEntry,
  type LogEntryType,
  logEntryVersion,
  maxLogEntryBytes,
} from './log-entry.js';
export {
  encodeLogProof,
  type LogProof,
  maxLogProofBytes,
  parseLogProof,
  verifyLogProof,
} from './log-proof.js';
export {
  encodeManifest,
  type Manifest,
  type ManifestArtefact,
  type ManifestRecords,
  manifestDigest,
  manifestInputInfo,
  maxManifestBytes,
  maxRunSegments,
  maxRunSteps,
  parseManifest,
  requirePlan,
} from './manifest.js';
export { MemoryHashes } from './memory-hashes.js';
export { emptyRoot, leafHash, nodeHash } from './merkle-hash.js';
export {
  consistencyProof,
  type HashReader,
  inclusionProof,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle-proof.js';
export {
  formatVerifierKey,
  generateNoteSigner,
  maxNoteBytes,
  maxNoteSignatures,
  type NoteSigner,
  type NoteVerifier,
  noteSignerFromPem,
  type OpenedNote,
  openNote,
  parseVerifierKey,
  signNote,
} from './note.js';
export {
  nonClaims,
  type ProofOfLearning,
  proofOfLearningPredicateType,
  type Sha256Digest,
} from './predicate.js';
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
  ProgramBackend,
  ProgramBundle,
  ProgramHost,
  ProgramProgress,
  Recommender,
  RecommendRequest,
  RecordInput,
  StateTensor,
  TensorData,
  TensorType,
  TrainingProgram,
  TrainingState,
} from './program.js';
export { ProofError, type ProofErrorCode } from './proof-error.js';
export { finishSigningBytes, manifestSigningBytes, type RunEnd, runEndDigest } from './prover-signature.js';
export { ReadLog } from './read-log.js';
export { decodeRecord, encodeRecord, maxRecordPartBytes, type ProofRecord, recordVersion } from './record.js';
export {
  type EncodedRecordSet,
  encodeRecordSet,
  maxRecordSetDescriptionBytes,
  type OpenRecordSet,
  type OpenRecordSetOptions,
  openRecordSet,
  parseRecordSetDescription,
  type RecordSetInfo,
  recordSetCodec,
} from './record-set.js';
export { type RunStructure, type RunTranscript, verifyRunStructure } from './run-structure.js';
export { deriveKey, deriveSeed, nonceFromCheckpoint, type SeedSource } from './seed.js';
export {
  checkInitialState,
  checkSegment,
  type ReplayFailureClass,
  type SegmentClaim,
  type SegmentEvidence,
  type SegmentVerdict,
} from './segment-check.js';
export {
  commitSegment,
  type RunContext,
  type SegmentCommitment,
  type SegmentResult,
  SegmentRunner,
} from './segment-runner.js';
export {
  generateSigningKey,
  type PublicKeyInput,
  publicKeyId,
  publicKeyPem,
  publicKeySpki,
  type SigningKey,
  signingKeyFromPem,
  signMessage,
  verifySignature,
} from './signature.js';
export { type MissProbability, replaySoundness, type Soundness } from './soundness.js';
export { decodeState, defaultMaxStateBytes, encodeState, type StateLimits, stateVersion } from './state.js';
export { type StateDifference, stateDifference } from './state-difference.js';
export { stateChunkBytes, stateHash } from './state-hash.js';
export {
  encodeStatement,
  maxStatementBytes,
  modelSubjectName,
  type ProofStatement,
  parseStatement,
  type Subject,
  statementPayloadType,
  statementType,
} from './statement.js';
export { grownTiles, maxTileLevel, parseTilePath, type Tile, tilePath, tileWidth } from './tile-path.js';
export { encodeEntryBundle, parseEntryBundle, parseTile, tileContent, tileHashReader } from './tiles.js';
export {
  type AttestationEvidence,
  type AttestationTrust,
  type LogInclusion,
  type VerifiedAttestation,
  verifyAttestation,
} from './verify-attestation.js';
