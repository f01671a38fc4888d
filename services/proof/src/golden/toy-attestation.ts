import { encodeBundle } from '../bundle.js';
import { toHex } from '../bytes.js';
import { signCheckpoint } from '../checkpoint.js';
import { CompactTree } from '../compact-tree.js';
import { signEnvelope } from '../dsse.js';
import { sha256Hex } from '../hash.js';
import { encodeLogEntry } from '../log-entry.js';
import { encodeLogProof } from '../log-proof.js';
import { manifestDigest } from '../manifest.js';
import { MemoryHashes } from '../memory-hashes.js';
import { leafHash } from '../merkle-hash.js';
import { inclusionProof } from '../merkle-proof.js';
import { formatVerifierKey, type NoteSigner } from '../note.js';
import type { ProofOfLearning } from '../predicate.js';
import { runEndDigest } from '../prover-signature.js';
import { verifyRunStructure } from '../run-structure.js';
import { nonceFromCheckpoint } from '../seed.js';
import type { SigningKey } from '../signature.js';
import { encodeStatement, statementPayloadType } from '../statement.js';
import { toyPredicate } from './toy-predicate.js';
import { runToyProgram, type ToyRun } from './toy-run.js';

/** A toy run with its attestation and a small log around both. */
export interface ToyAttestation {
  readonly run: ToyRun;
  readonly runId: string;
  /** The checkpoint that the nonce was drawn from. */
  readonly startCheckpoint: string;
  readonly nonce: Uint8Array;
  readonly statement: Uint8Array;
  readonly bundle: Uint8Array;
  /** Entries of the log in their order: START, COMMIT, VERDICT, ATTEST. */
  readonly entries: readonly Uint8Array[];
  readonly logProof: string;
  readonly logVerifierKey: string;
  readonly attestationId: string;
}

/** What may be changed to make an attestation that lies. */
export interface ToyChanges {
  readonly predicate?: (predicate: ProofOfLearning) => ProofOfLearning;
  readonly payloadType?: string;
  readonly moreKeys?: readonly SigningKey[];
}

/** Runs the toy program and does everything that an attestation service does afterwards. */
export async function attestToyRun(
  prover: SigningKey,
  service: SigningKey,
  log: NoteSigner,
  changes: ToyChanges = {},
): Promise<ToyAttestation> {
  const runId = '0123456789abcdef'.repeat(2);
  const tree = new CompactTree();
  const hashes = new MemoryHashes();
  const entries: Uint8Array[] = [];
  const append = (type: 'START' | 'COMMIT' | 'VERDICT' | 'ATTEST', payloadSha256: string): string => {
    const entry = encodeLogEntry({
      type,
      timeMs: 1_795_500_000_000 + entries.length,
      runId,
      payloadSha256,
      summary: { type },
    });
    entries.push(entry);
    hashes.add(tree.append(leafHash(entry)));
    return signCheckpoint({ origin: log.name, size: tree.size, rootHash: tree.root() }, log);
  };
  // C0 does not depend on the nonce, so a first run with any nonce tells it.
  const manifestBytes = runToyProgram(new Uint8Array(32), prover.keyId).manifestBytes;
  const startCheckpoint = append('START', toHex(manifestDigest(manifestBytes)));
  const nonce = nonceFromCheckpoint(startCheckpoint);
  const run = runToyProgram(nonce, prover.keyId);
  const { initialStateHash, segments, model } = run;
  const structure = verifyRunStructure({ manifestBytes, origin: { nonce }, initialStateHash, segments });
  const end = { runId, segments: segments.length, chainHead: structure.chainHead, modelDigest: model.digest };
  append('COMMIT', toHex(runEndDigest(end)));
  append('VERDICT', sha256Hex(Buffer.from('{"type":"VERDICT"}')));
  const predicate = toyPredicate(structure, runId, nonce);
  const statement = encodeStatement(model.entries, changes.predicate?.(predicate) ?? predicate);
  const keys = [service, ...(changes.moreKeys ?? [])];
  const bundle = encodeBundle(signEnvelope(changes.payloadType ?? statementPayloadType, statement, ...keys));
  const attestationId = sha256Hex(statement);
  const checkpoint = append('ATTEST', attestationId);
  const index = tree.size - 1n;
  const logProof = encodeLogProof({
    entry: entries.at(-1) as Uint8Array,
    index,
    hashes: await inclusionProof(index, tree.size, hashes.read),
    checkpoint,
  });
  const logVerifierKey = formatVerifierKey(log);
  return {
    run,
    runId,
    startCheckpoint,
    nonce,
    statement,
    bundle,
    entries,
    logProof,
    logVerifierKey,
    attestationId,
  };
}
