import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { toHex } from '../bytes.js';
import { canonicalJson, parseCanonicalJson } from '../canonical-json.js';
import { chainNext, chainStart, readsDigest } from '../chain.js';
import { openCheckpoint } from '../checkpoint.js';
import { merkleRoot } from '../compact-tree.js';
import { exportModel } from '../exported-model.js';
import { encodeFileList, type FileEntry, modelDigest, parseFileList } from '../file-list.js';
import { decodeLogEntry, encodeLogEntry } from '../log-entry.js';
import { parseLogProof } from '../log-proof.js';
import { manifestDigest, parseManifest } from '../manifest.js';
import { leafHash } from '../merkle-hash.js';
import { parseVerifierKey } from '../note.js';
import type { Json } from '../program.js';
import { manifestSigningBytes } from '../prover-signature.js';
import { decodeRecord, encodeRecord } from '../record.js';
import { openRecordSet } from '../record-set.js';
import { verifyRunStructure } from '../run-structure.js';
import { deriveKey, deriveSeed, nonceFromCheckpoint } from '../seed.js';
import { checkInitialState, checkSegment } from '../segment-check.js';
import { SegmentRunner } from '../segment-runner.js';
import { publicKeyId, verifySignature } from '../signature.js';
import { decodeState, encodeState } from '../state.js';
import { stateHash } from '../state-hash.js';
import { verifyAttestation } from '../verify-attestation.js';
import { goldenState } from './golden-formats.js';
import { toyProgram } from './toy-program.js';
import { toyInputs } from './toy-run.js';

// These files were written once. A test that fails here means that something which was released no longer verifies:
// the code is wrong, never the file.

// biome-ignore lint/suspicious/noExplicitAny: each file has a shape of its own, which its test reads.
const golden = (name: string): any =>
  JSON.parse(readFileSync(new URL(`../../golden/v1/${name}.json`, import.meta.url), 'utf8'));
const hex = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'));
const base64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));
const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

describe('golden files, version 1', () => {
  it('canonical JSON keeps its form', () => {
    const { value, utf8Hex } = golden('canonical-json');
    expect(toHex(canonicalJson(value as Json))).toBe(utf8Hex);
    expect(toHex(canonicalJson(parseCanonicalJson(hex(utf8Hex), { maxBytes: 9999 })))).toBe(utf8Hex);
  });

  it('a record keeps its bytes and its leaf hash', () => {
    const { xHex, yHex, id, encodedHex, leafHash: leaf } = golden('record');
    expect(toHex(encodeRecord({ x: hex(xHex), y: hex(yHex), id: BigInt(id) }))).toBe(encodedHex);
    expect(toHex(leafHash(hex(encodedHex)))).toBe(leaf);
    expect(decodeRecord(hex(encodedHex)).id).toBe(BigInt(id));
  });

  it('a record set opens and gives its contents', () => {
    const { description, blobBase64, digest, root, contentsHex } = golden('record-set');
    const set = openRecordSet(utf8(description), base64(blobBase64));
    expect([set.digest, set.root]).toEqual([digest, root]);
    expect(Array.from({ length: set.size }, (_, i) => toHex(set.read(i)))).toEqual(contentsHex);
  });

  it('a state keeps its bytes and its hash', () => {
    const { encodedBase64, stateHash: hash } = golden('state');
    expect(Buffer.from(encodeState(goldenState())).toString('base64')).toBe(encodedBase64);
    expect(Buffer.from(encodeState(decodeState(base64(encodedBase64)))).toString('base64')).toBe(
      encodedBase64,
    );
    expect(toHex(stateHash(base64(encodedBase64)))).toBe(hash);
  });

  it('nonce, seed and keys are derived as ever', () => {
    const { checkpoint, manifestDigest: c0, proverKeyId, nonce, seed, keys } = golden('seed');
    expect(toHex(nonceFromCheckpoint(checkpoint))).toBe(nonce);
    expect(toHex(deriveSeed({ nonce: hex(nonce), manifestDigest: hex(c0), proverKeyId }))).toBe(seed);
    for (const [purpose, key] of Object.entries(keys)) expect(toHex(deriveKey(hex(seed), purpose))).toBe(key);
  });

  it('a file list keeps its text and its digest', () => {
    const { files, text, modelDigest: digest } = golden('file-list');
    expect(Buffer.from(encodeFileList(files as FileEntry[])).toString()).toBe(text);
    expect(modelDigest(utf8(text))).toBe(digest);
  });

  it('a manifest keeps its commitment, and its signature holds', () => {
    const { text, c0, proverPublicKeyPem, signatureBase64 } = golden('manifest');
    const manifest = parseManifest(utf8(text));
    expect(toHex(manifestDigest(utf8(text)))).toBe(c0);
    expect(publicKeyId(proverPublicKeyPem)).toBe(manifest.proverKeyId);
    expect(verifySignature(proverPublicKeyPem, manifestSigningBytes(hex(c0)), base64(signatureBase64))).toBe(
      true,
    );
  });

  it('the chain of a run holds, and every segment is replayed bit for bit', () => {
    const run = golden('run');
    const manifestBytes = utf8(golden('manifest').text);
    const { plan } = parseManifest(manifestBytes);
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const segments = run.segments.map((segment: any) => ({
      steps: segment.steps,
      stateHash: hex(segment.stateHash),
      readsDigest: readsDigest(new Map(Object.entries(segment.reads))),
      chain: hex(segment.chain),
    }));
    const initialStateHash = hex(run.initialStateHash);
    const origin = { nonce: hex(run.nonce) };
    const structure = verifyRunStructure({ manifestBytes, origin, initialStateHash, segments });
    expect(toHex(structure.seed)).toBe(run.seed);

    const inputs = toyInputs({
      descriptionBytes: utf8(run.points.description),
      blob: base64(run.points.blobBase64),
    });
    const context = { program: toyProgram, plan, seed: structure.seed, inputs };
    const runner = new SegmentRunner(context);
    expect(checkInitialState(runner, initialStateHash).held).toBe(true);
    const states = run.statesBase64.map(base64) as Uint8Array[];
    let chain = chainStart(structure.manifestDigest, structure.seed, initialStateHash);
    for (let i = 0; i < segments.length; i++) {
      const { stateHash: afterHash, readsDigest: digest, steps } = segments[i];
      chain = chainNext(chain, afterHash, digest);
      expect(toHex(chain)).toBe(run.segments[i].chain);
      const before = states[i] as Uint8Array;
      const claim = {
        segment: i,
        last: i === segments.length - 1,
        before,
        beforeHash: stateHash(before),
        afterHash,
        steps,
      };
      expect(checkSegment(runner, { ...claim, readsDigest: digest }).held).toBe(true);
    }
    const model = exportModel(context, states.at(-1) as Uint8Array);
    expect(Buffer.from(model.fileListBytes).toString()).toBe(run.fileList);
    expect(model.digest).toBe(run.modelDigest);
  });

  it('the log opens: checkpoints, entries and root', () => {
    const { verifierKey, startCheckpoint, entriesBase64, proof } = golden('log');
    const log = parseVerifierKey(verifierKey);
    const entries = entriesBase64.map(base64) as Uint8Array[];
    expect(entries.map((entry) => decodeLogEntry(entry).type)).toEqual([
      'START',
      'COMMIT',
      'VERDICT',
      'ATTEST',
    ]);
    for (const entry of entries) expect(toHex(encodeLogEntry(decodeLogEntry(entry)))).toBe(toHex(entry));
    expect(openCheckpoint(startCheckpoint, log).size).toBe(1n);
    const newest = openCheckpoint(parseLogProof(proof).checkpoint, log);
    expect(toHex(newest.rootHash)).toBe(toHex(merkleRoot(entries.map(leafHash))));
    expect(toHex(nonceFromCheckpoint(startCheckpoint))).toBe(golden('run').nonce);
    expect(decodeLogEntry(entries[0] as Uint8Array).payloadSha256).toBe(golden('manifest').c0);
  });

  it('the attestation verifies with its log proof and its files', () => {
    const { publicKeyPem, bundle, statement, attestationId } = golden('attestation');
    const { verifierKey, proof } = golden('log');
    const verified = verifyAttestation({
      bundle: utf8(bundle),
      logProof: proof,
      files: parseFileList(utf8(golden('run').fileList)),
      modelDigest: golden('run').modelDigest,
      trust: {
        attestationKeys: [publicKeyPem],
        logVerifierKey: verifierKey,
        minimumAssurance: 'L3_FULL',
        requireOnline: true,
        requireLogProof: true,
      },
    });
    expect(verified.attestationId).toBe(attestationId);
    expect(verified.statement.predicate).toEqual(JSON.parse(statement).predicate);
    expect(verified.log?.index).toBe(3n);
  });
});
