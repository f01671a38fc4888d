import { readFileSync } from 'node:fs';
import {
  encodeBundle,
  encodeFileList,
  encodeLogEntry,
  encodeLogProof,
  encodeStatement,
  fileEntries,
  formatVerifierKey,
  generateNoteSigner,
  generateSigningKey,
  leafHash,
  type ModelFiles,
  type ProofOfLearning,
  parseStatement,
  proofOfLearningPredicateType,
  type SigningKey,
  sha256Hex,
  signCheckpoint,
  signEnvelope,
  statementPayloadType,
} from '@isthmus/proof';
import type { ObjectStore } from '../objects/object-store.js';

/** A model in a store, as a trainer and an attestation service leave it. */
export interface AttestedModel {
  readonly digest: string;
  readonly bundleDigest: string;
  readonly logProofDigest: string;
}

/** The key that signs in tests. */
export const testKey: SigningKey = generateSigningKey();

const logSigner = generateNoteSigner('test.log');

/** The trust file under which those models are admitted. */
export const testTrust = {
  version: 1,
  attestationKeys: [testKey.publicKeyPem],
  logVerifierKey: formatVerifierKey(logSigner),
};

/** What may be changed to make an attestation that a policy refuses. */
export interface AttestationChanges {
  readonly key?: SigningKey;
  readonly predicate?: (predicate: ProofOfLearning) => ProofOfLearning;
  /** Files to attest in place of those that are stored. */
  readonly attested?: ModelFiles;
}

/** A small model. Different texts make different models. */
export function filesOf(text: string): ModelFiles {
  return new Map([
    ['model.json', Buffer.from(JSON.stringify({ text }))],
    ['tensors.bin', Buffer.from(text.repeat(100))],
  ]);
}

/** Puts a model and its attestation into a store. */
export async function storeModel(
  objects: ObjectStore,
  files: ModelFiles,
  changes: AttestationChanges = {},
): Promise<AttestedModel> {
  for (const content of files.values()) await objects.put(content);
  const digest = await objects.put(encodeFileList(fileEntries(files)));
  const predicate = changes.predicate?.(goldenPredicate()) ?? goldenPredicate();
  const statement = encodeStatement(fileEntries(changes.attested ?? files), predicate);
  const envelope = signEnvelope(statementPayloadType, statement, changes.key ?? testKey);
  return {
    digest,
    bundleDigest: await objects.put(encodeBundle(envelope)),
    logProofDigest: await objects.put(Buffer.from(logProofOf(statement, predicate.run.id))),
  };
}

/** The proof that a log with this one entry holds the attestation. */
function logProofOf(statement: Uint8Array, runId: string): string {
  const entry = encodeLogEntry({
    type: 'ATTEST',
    timeMs: 0,
    runId,
    payloadSha256: sha256Hex(statement),
    summary: {},
  });
  const checkpoint = { origin: 'test.log', size: 1n, rootHash: leafHash(entry) };
  return encodeLogProof({ entry, index: 0n, hashes: [], checkpoint: signCheckpoint(checkpoint, logSigner) });
}

/** The predicate of the golden attestation: a valid one of every member. */
function goldenPredicate(): ProofOfLearning {
  const path = new URL('../../../proof/golden/v1/attestation.json', import.meta.url);
  const golden = JSON.parse(readFileSync(path, 'utf8')) as { statement: string };
  return parseStatement(Buffer.from(golden.statement), [proofOfLearningPredicateType]).predicate;
}
