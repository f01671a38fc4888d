import { describe, expect, it } from '@jest/globals';
import { toHex } from './bytes.js';
import { canonicalJson } from './canonical-json.js';
import { chainNext, chainStart, readsDigest } from './chain.js';
import { runToyProgram } from './golden/toy-run.js';
import { sha256 } from './hash.js';
import { manifestDigest, manifestInputInfo, parseManifest, requirePlan } from './manifest.js';
import type { Json } from './program.js';
import { deriveKey, deriveSeed, nonceFromCheckpoint } from './seed.js';

const { manifestBytes } = runToyProgram(new Uint8Array(32), 'ab'.repeat(32));
const manifest = parseManifest(manifestBytes);
const failing = (code: string): unknown => expect.objectContaining({ code });

type Change = readonly [path: string, value: Json | undefined];

function changed([path, value]: Change): Uint8Array {
  const copy = JSON.parse(Buffer.from(manifestBytes).toString());
  const names = path.split('.');
  const last = names.pop() as string;
  const target = names.reduce((object, name) => object[name], copy);
  if (value === undefined) delete target[last];
  else target[last] = value;
  return canonicalJson(copy);
}

describe('parseManifest', () => {
  it.each<Change>([
    ['v', 2],
    ['proverKeyId', 'AB'.repeat(32)],
    ['clientNonce', 'ab'],
    ['program.name', 'Toy Program'],
    ['program.digest', '00'],
    ['program.extra', 1],
    ['kernelProfile.wasmSha256', undefined],
    ['spec', []],
    ['plan.maxSteps', 0],
    ['plan.maxSteps', 1.5],
    ['plan.segmentSteps', 0],
    ['plan.maxSteps', 1_000_000_001],
    ['plan.values', undefined],
    ['inputs.records.points.size', -1],
    ['inputs.records.points.root', ''],
    ['inputs.records.__proto__x', {}],
    ['inputs.artefacts', { a: { digest: 'cd'.repeat(32) } }],
    ['inputs.artefacts', { a: { digest: 'cd'.repeat(32), attestationId: 'no' } }],
    ['unknown', true],
  ])('refuses %s = %j', (...change) => {
    expect(() => parseManifest(changed(change))).toThrow(failing('MANIFEST_INVALID'));
  });

  it('refuses more segments than a run may have', () => {
    const plan = { maxSteps: 2_000_000, segmentSteps: 1, values: {} };
    expect(() => parseManifest(changed(['plan', plan]))).toThrow(/segments/);
  });

  it('refuses another form of the same JSON, and repeated members', () => {
    const text = Buffer.from(manifestBytes).toString();
    for (const other of [
      ` ${text}`,
      text.replace('"v":1', '"v":1.0'),
      text.replace('"v":1', '"v":1,"v":1'),
    ]) {
      expect(() => parseManifest(Buffer.from(other))).toThrow(failing('JSON_INVALID'));
    }
  });

  it('accepts artefacts with and without an attestation', () => {
    const artefacts = {
      a: { digest: 'cd'.repeat(32), attestationId: null },
      b: { digest: 'cd'.repeat(32), attestationId: 'ef'.repeat(32) },
    };
    const parsed = parseManifest(changed(['inputs.artefacts', artefacts]));
    expect(manifestInputInfo(parsed).artefacts).toEqual({
      a: { digest: 'cd'.repeat(32) },
      b: { digest: 'cd'.repeat(32) },
    });
  });

  it('tells a plan that the program did not make', () => {
    requirePlan(manifest, { ...manifest.plan, values: { ...manifest.plan.values } });
    expect(() => requirePlan(manifest, { ...manifest.plan, segmentSteps: 9 })).toThrow(
      failing('MANIFEST_INVALID'),
    );
  });
});

describe('manifestDigest', () => {
  it('is the tagged hash of the canonical JSON', () => {
    const tag = Buffer.from('pol/manifest/v1\0');
    expect(toHex(manifestDigest(manifestBytes))).toBe(toHex(sha256(Buffer.concat([tag, manifestBytes]))));
  });
});

describe('deriveSeed', () => {
  const source = {
    nonce: sha256(Buffer.from('n')),
    manifestDigest: manifestDigest(manifestBytes),
    proverKeyId: 'ab'.repeat(32),
  };
  const seed = toHex(deriveSeed(source));

  it('depends on nonce, manifest and prover', () => {
    expect(toHex(deriveSeed({ ...source, nonce: sha256(Buffer.from('m')) }))).not.toBe(seed);
    expect(toHex(deriveSeed({ ...source, manifestDigest: sha256(Buffer.from('x')) }))).not.toBe(seed);
    expect(toHex(deriveSeed({ ...source, proverKeyId: 'ac'.repeat(32) }))).not.toBe(seed);
    expect(toHex(deriveSeed({ ...source }))).toBe(seed);
  });

  it('gives every purpose a key of its own', () => {
    const keys = ['init', 'order', 'order/1', ''].map((purpose) =>
      toHex(deriveKey(Buffer.from(seed, 'hex'), purpose)),
    );
    expect(new Set(keys).size).toBe(4);
    expect(keys[0]).toHaveLength(64);
  });

  it('takes the nonce from every byte of the checkpoint', () => {
    expect(toHex(nonceFromCheckpoint('a\n'))).not.toBe(toHex(nonceFromCheckpoint('a')));
    expect(() => nonceFromCheckpoint('\ud800')).toThrow(failing('CHECKPOINT_MALFORMED'));
  });
});

describe('readsDigest', () => {
  it('does not depend on the kind of list or on sets without reads', () => {
    const lists = readsDigest(
      new Map([
        ['a', [1, 2]],
        ['b', []],
      ]),
    );
    expect(toHex(readsDigest(new Map([['a', Uint32Array.of(1, 2)]])))).toBe(toHex(lists));
  });

  it('depends on order, repetition and the set that was read', () => {
    const variants = [
      new Map([['a', [1, 2]]]),
      new Map([['a', [2, 1]]]),
      new Map([['a', [1, 2, 2]]]),
      new Map([['b', [1, 2]]]),
      new Map([
        ['a', [1]],
        ['b', [2]],
      ]),
      new Map<string, number[]>(),
    ];
    expect(new Set(variants.map((reads) => toHex(readsDigest(reads)))).size).toBe(variants.length);
  });

  it('refuses what is no index', () => {
    for (const index of [-1, 0.5, 2 ** 32])
      expect(() => readsDigest(new Map([['a', [index]]]))).toThrow(/no index/);
  });
});

describe('chainNext', () => {
  it('refuses parts that are no hashes, so that borders cannot move', () => {
    const hash = new Uint8Array(32);
    expect(() => chainNext(hash, new Uint8Array(33), new Uint8Array(31))).toThrow(failing('CHAIN_MISMATCH'));
    expect(() => chainStart(hash, hash, new Uint8Array(0))).toThrow(failing('CHAIN_MISMATCH'));
  });
});
