import { describe, expect, it } from '@jest/globals';
import { bundleMediaType, encodeBundle, maxBundleBytes, parseBundle } from './bundle.js';
import { toBase64 } from './bytes.js';
import { canonicalJson } from './canonical-json.js';
import { signEnvelope } from './dsse.js';
import { attestToyRun, type ToyAttestation } from './golden/toy-attestation.js';
import { generateNoteSigner } from './note.js';
import type { Json } from './program.js';
import type { ProofErrorCode } from './proof-error.js';
import { generateSigningKey } from './signature.js';
import { parseStatement, statementPayloadType } from './statement.js';
import { type AttestationEvidence, type AttestationTrust, verifyAttestation } from './verify-attestation.js';

const [prover, service, second] = [generateSigningKey(), generateSigningKey(), generateSigningKey()];
const log = generateNoteSigner('log.example/toy');
const attested = await attestToyRun(prover, service, log);
const trust: AttestationTrust = {
  attestationKeys: [service.publicKeyPem],
  logVerifierKey: attested.logVerifierKey,
  minimumAssurance: 'L3_FULL',
  requireOnline: true,
  requireLogProof: true,
};

function evidenceOf(from: ToyAttestation, change: Partial<AttestationEvidence> = {}): AttestationEvidence {
  const { bundle, logProof } = from;
  return {
    bundle,
    logProof,
    files: from.run.model.entries,
    modelDigest: from.run.model.digest,
    trust,
    ...change,
  };
}

/** A bundle over another statement, signed by the trusted key. */
function resigned(
  change: (statement: { [name: string]: Json }) => void,
  payloadType = statementPayloadType,
): Uint8Array {
  const statement = JSON.parse(Buffer.from(attested.statement).toString());
  change(statement);
  return encodeBundle(signEnvelope(payloadType, canonicalJson(statement), service));
}

const refused = (evidence: AttestationEvidence, code: ProofErrorCode): void =>
  expect(() => verifyAttestation(evidence)).toThrow(expect.objectContaining({ code }));

describe('verifyAttestation', () => {
  it('accepts an attestation and says what it found', () => {
    const verified = verifyAttestation(evidenceOf(attested));
    expect(verified).toMatchObject({
      attestationId: attested.attestationId,
      modelDigest: attested.run.model.digest,
      assurance: 'L3_FULL',
      mode: 'ONLINE',
      signedBy: [service.keyId],
      log: { origin: log.name, index: 3n, treeSize: 4n, entry: { type: 'ATTEST', runId: attested.runId } },
    });
    expect(verified.statement.predicate.nonClaims).toContain('DATA_QUALITY');
  });

  it('accepts a bundle alone where the policy asks for no more', () => {
    const verified = verifyAttestation({
      bundle: attested.bundle,
      trust: { ...trust, requireLogProof: false },
    });
    expect(verified.log).toBeUndefined();
  });

  it('refuses files that are not the attested ones', () => {
    const [first, ...rest] = attested.run.model.entries;
    const altered = { ...first!, sha256: '00'.repeat(32) };
    refused(evidenceOf(attested, { files: [altered, ...rest] }), 'SUBJECT_MISMATCH');
    refused(evidenceOf(attested, { files: rest }), 'SUBJECT_MISMATCH');
    refused(
      evidenceOf(attested, { files: [first!, ...rest, { ...first!, name: 'more' }] }),
      'SUBJECT_MISMATCH',
    );
    refused(evidenceOf(attested, { files: [{ ...first!, sizeBytes: 1 }, ...rest] }), 'SUBJECT_MISMATCH');
    refused(evidenceOf(attested, { modelDigest: '00'.repeat(32) }), 'SUBJECT_MISMATCH');
  });

  it('refuses keys that are not trusted and bytes that were not signed', () => {
    refused(
      evidenceOf(attested, { trust: { ...trust, attestationKeys: [second.publicKeyPem] } }),
      'KEY_UNKNOWN',
    );
    const json = JSON.parse(Buffer.from(attested.bundle).toString());
    json.dsseEnvelope.payload = toBase64(Buffer.from(attested.statement).fill(0x39, 200, 201));
    refused(evidenceOf(attested, { bundle: canonicalJson(json) }), 'SIGNATURE_INVALID');
  });

  it('refuses every truncation and every altered byte of a bundle', () => {
    for (let at = 0; at < attested.bundle.length; at += 97) {
      const altered = attested.bundle.slice();
      altered[at]! ^= 1;
      expect(() =>
        verifyAttestation(evidenceOf(attested, { bundle: attested.bundle.subarray(0, at) })),
      ).toThrow();
      // The hint and the key id are the only bytes that nothing depends on.
      const hinted = Buffer.from(altered)
        .toString()
        .replace(/"(hint|keyid)":"[^"]*"/g, '');
      if (
        hinted ===
        Buffer.from(attested.bundle)
          .toString()
          .replace(/"(hint|keyid)":"[^"]*"/g, '')
      )
        continue;
      expect(() => verifyAttestation(evidenceOf(attested, { bundle: altered }))).toThrow();
    }
  });

  it('refuses other kinds of statements from the same key', () => {
    refused(evidenceOf(attested, { bundle: resigned(() => {}, 'application/json') }), 'PREDICATE_TYPE');
    const otherType = resigned((statement) => {
      statement.predicateType = 'https://slsa.dev/provenance/v1';
    });
    refused(evidenceOf(attested, { bundle: otherType }), 'PREDICATE_TYPE');
    const noModel = resigned((statement) => {
      statement.subject = (statement.subject as Json[]).slice(1);
    });
    refused(evidenceOf(attested, { bundle: noModel }), 'STATEMENT_MALFORMED');
  });

  it('refuses a log proof of another attestation, log or key', () => {
    refused(evidenceOf(attested, { logProof: 'x' }), 'LOG_PROOF_MALFORMED');
    const later = resigned((statement) => {
      (statement.predicate as { run: { verifiedAt: string } }).run.verifiedAt = '2027-01-01T00:00:00Z';
    });
    refused(evidenceOf(attested, { bundle: later }), 'LOG_PROOF_INVALID');
    const moved = attested.logProof.replace('index 3', 'index 2');
    refused(evidenceOf(attested, { logProof: moved }), 'LOG_PROOF_INVALID');
    const entry = toBase64(attested.entries[0] as Uint8Array);
    refused(
      evidenceOf(attested, { logProof: attested.logProof.replace(/extra .*/, `extra ${entry}`) }),
      'LOG_PROOF_INVALID',
    );
    const otherKey = generateNoteSigner(log.name);
    const logVerifierKey = `${otherKey.name}+${otherKey.keyId}+${toBase64(Buffer.concat([Uint8Array.of(1), otherKey.publicKey]))}`;
    refused(evidenceOf(attested, { trust: { ...trust, logVerifierKey } }), 'CHECKPOINT_SIGNATURE');
    refused(evidenceOf(attested, { trust: { ...trust, logVerifierKey: 'x' } }), 'KEY_INVALID');
  });

  it('refuses what the policy does not accept', async () => {
    const { logProof: _, ...withoutProof } = evidenceOf(attested);
    refused(withoutProof, 'POLICY_LOG_PROOF');
    refused(
      evidenceOf(attested, { trust: { ...trust, minimumAssurance: 'L4_FULL_QUORUM' } }),
      'POLICY_LEVEL',
    );
    const posthoc = await attestToyRun(prover, service, log, {
      predicate: (predicate) => ({
        ...predicate,
        run: { ...predicate.run, mode: 'POSTHOC', nonceSha256: null },
      }),
    });
    refused(evidenceOf(posthoc), 'POLICY_MODE');
    expect(verifyAttestation(evidenceOf(posthoc, { trust: { ...trust, requireOnline: false } })).mode).toBe(
      'POSTHOC',
    );
  });

  it('counts a quorum only where two trusted keys signed', async () => {
    const quorum = await attestToyRun(prover, service, log, {
      moreKeys: [second],
      predicate: (predicate) => ({
        ...predicate,
        verification: { ...predicate.verification, level: 'L4_FULL_QUORUM' },
      }),
    });
    const both = { ...trust, attestationKeys: [service.publicKeyPem, second.publicKeySpki] };
    expect(verifyAttestation(evidenceOf(quorum, { trust: both })).assurance).toBe('L4_FULL_QUORUM');
    expect(verifyAttestation(evidenceOf(quorum)).assurance).toBe('L3_FULL');
  });
});

describe('parseBundle', () => {
  const json = JSON.parse(Buffer.from(attested.bundle).toString());
  it.each<[string, Json]>([
    ['another media type', { ...json, mediaType: bundleMediaType.replace('0.3', '0.2') }],
    ['a certificate', { ...json, verificationMaterial: { certificate: { rawBytes: 'AAAA' } } }],
    ['a message signature', { ...json, dsseEnvelope: undefined as unknown as Json, messageSignature: {} }],
    ['an unknown member', { ...json, more: 1 }],
    ['no envelope', { mediaType: json.mediaType, verificationMaterial: json.verificationMaterial }],
    ['an array', [json]],
  ])('refuses %s', (_, value) => {
    const bytes = Buffer.from(JSON.stringify(value));
    expect(() => parseBundle(bytes)).toThrow(expect.objectContaining({ code: 'BUNDLE_MALFORMED' }));
  });

  it('refuses repeated members, deep nesting and too many bytes', () => {
    const text = Buffer.from(attested.bundle).toString();
    const twice = text.replace('{', `{"mediaType":"${bundleMediaType}",`);
    const deep = text.replace('"tlogEntries":[]', `"tlogEntries":${'['.repeat(20)}${']'.repeat(20)}`);
    for (const malformed of [twice, deep, `${text}${' '.repeat(maxBundleBytes)}`, '']) {
      expect(() => parseBundle(Buffer.from(malformed))).toThrow(
        expect.objectContaining({ code: 'BUNDLE_MALFORMED' }),
      );
    }
  });

  it('allows material of other logs', () => {
    const material = {
      ...json.verificationMaterial,
      tlogEntries: [{ logIndex: '1' }],
      timestampVerificationData: {},
    };
    expect(parseBundle(canonicalJson({ ...json, verificationMaterial: material })).keyHint).toHaveLength(44);
  });
});

describe('parseStatement', () => {
  const accepted = ['https://isthmus.dev/attestation/proof-of-learning/v0.1'];

  function changed(path: string, value: Json | undefined): Uint8Array {
    const statement = JSON.parse(Buffer.from(attested.statement).toString());
    const names = path.split('.');
    const last = names.pop() as string;
    const target = names.reduce((object, name) => object[name], statement);
    if (value === undefined) delete target[last];
    else target[last] = value;
    return canonicalJson(statement);
  }

  it('ignores unknown members', () => {
    expect(parseStatement(changed('predicate.later', { x: 1 }), accepted).predicate).not.toHaveProperty(
      'later',
    );
  });

  it.each<[string, Json | undefined]>([
    ['_type', 'https://in-toto.io/Statement/v0.1'],
    ['subject', []],
    ['subject.0.digest', { sha512: 'ab' }],
    ['subject.1.name', 'model:file-list'],
    ['predicate.run.mode', 'OFFLINE'],
    ['predicate.run.nonceSha256', null],
    ['predicate.run.id', 'run-1'],
    ['predicate.run.startedAt', '2026-11-24 06:00'],
    ['predicate.run.startLogIndex', -1],
    ['predicate.program.digest', undefined],
    ['predicate.inputs.records', {}],
    ['predicate.inputs.artefacts.0.attestationId', ''],
    ['predicate.trajectory.segments', 2],
    ['predicate.trajectory.steps', 0],
    ['predicate.verification.level', 'L5'],
    ['predicate.verification.replayedSegments', 2],
    ['predicate.verification.replayedAll', false],
    ['predicate.verification.compare', 'TOLERANCE'],
    ['predicate.verification.soundness.missProbability', [{ badSegments: 1, p: 2 }]],
    ['predicate.nonClaims', [1]],
    ['predicate', null],
  ])('refuses %s = %j', (path, value) => {
    expect(() => parseStatement(changed(path, value), accepted)).toThrow(
      expect.objectContaining({ code: 'STATEMENT_MALFORMED' }),
    );
  });

  it('refuses repeated members', () => {
    const text = Buffer.from(attested.statement)
      .toString()
      .replace('"mode":"ONLINE"', '"mode":"POSTHOC","mode":"ONLINE"');
    expect(() => parseStatement(Buffer.from(text), accepted)).toThrow(/twice/);
  });
});
