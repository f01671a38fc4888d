import { toBase64, toHex } from '../bytes.js';
import { canonicalJson } from '../canonical-json.js';
import { encodeFileList, modelDigest } from '../file-list.js';
import { sha256Hex } from '../hash.js';
import { leafHash } from '../merkle-hash.js';
import type { Json, TrainingState } from '../program.js';
import { encodeRecord } from '../record.js';
import { encodeRecordSet } from '../record-set.js';
import { deriveKey, deriveSeed, nonceFromCheckpoint } from '../seed.js';
import { encodeState } from '../state.js';
import { stateHash } from '../state-hash.js';

/** Golden files of the formats that need no key: inputs in a form that people read, and the bytes or hashes they give. */
export function goldenFormats(): { readonly [name: string]: Json } {
  return {
    'canonical-json': canonicalJsonFile(),
    record: recordFile(),
    'record-set': recordSetFile(),
    state: stateFile(),
    seed: seedFile(),
    'file-list': fileListFile(),
  };
}

/** A state with every type of tensor, a scalar, an empty tensor, both zeros and names beyond ASCII; larger than a chunk. */
export function goldenState(): TrainingState {
  return {
    phase: 'phase-\u00e9',
    step: 2 ** 40 + 5,
    counters: new Map([
      ['learningRate', 0.001],
      ['negativeZero', -0],
      ['smallest', Number.MIN_VALUE],
    ]),
    tensors: new Map([
      [
        'z.float32',
        { type: 'float32', shape: [2, 3], data: Float32Array.of(0, -0, 1.5, -2.25, 3e-42, 3.4e38) },
      ],
      ['float64', { type: 'float64', shape: [2], data: Float64Array.of(0.1, -1e300) }],
      ['int32', { type: 'int32', shape: [2, 1], data: Int32Array.of(-2147483648, 2147483647) }],
      ['uint32', { type: 'uint32', shape: [1], data: Uint32Array.of(4294967295) }],
      ['bytes', { type: 'uint8', shape: [0, 7], data: new Uint8Array(0) }],
      ['scalar', { type: 'float32', shape: [], data: Float32Array.of(42) }],
      [
        'large',
        { type: 'uint8', shape: [70_000], data: Uint8Array.from({ length: 70_000 }, (_, i) => i % 251) },
      ],
    ]),
  };
}

function canonicalJsonFile(): Json {
  const value: Json = {
    '\u20ac': 'Euro',
    '\r': 'return',
    '\ufb33': 'Dalet with Dagesh',
    '1': 'one',
    '\u{1f600}': 'smile',
    '\u0080': 'control',
    '\u00f6': 'Latin o with diaeresis',
    numbers: [333333333.3333333, 1e30, 4.5, 0.002, 1e-27, -0, 9007199254740991, 1e21],
    nested: [[], {}, [null, true, false]],
    escapes: '\u20ac$\u000f\nA\'B"\\\\"/',
  };
  const encoded = canonicalJson(value);
  return { value, utf8Hex: toHex(encoded), sha256: sha256Hex(encoded) };
}

function recordFile(): Json {
  const [x, y, id] = [Uint8Array.of(1, 2, 3, 255), Uint8Array.of(7), 2n ** 63n + 9n] as const;
  const encoded = encodeRecord({ x, y, id });
  return {
    xHex: toHex(x),
    yHex: toHex(y),
    id: id.toString(),
    encodedHex: toHex(encoded),
    leafHash: toHex(leafHash(encoded)),
  };
}

function recordSetFile(): Json {
  const records = Array.from({ length: 5 }, (_, i) => ({
    x: Uint8Array.from({ length: i * 3 }, (__, j) => i * 16 + j),
    y: new Uint8Array(i === 3 ? 2 : 0),
    id: BigInt(i) * 0x0102030405060708n,
  }));
  const set = encodeRecordSet(records, { domains: ['books', 'films'], users: 5 });
  return {
    description: Buffer.from(set.descriptionBytes).toString('utf8'),
    blobBase64: toBase64(set.blob),
    digest: set.digest,
    root: set.root,
    contentsHex: records.map(({ x }) => toHex(x)),
  };
}

function stateFile(): Json {
  const encoded = encodeState(goldenState());
  return {
    encodedBase64: toBase64(encoded),
    sizeBytes: encoded.length,
    stateHash: toHex(stateHash(encoded)),
  };
}

function seedFile(): Json {
  const checkpoint =
    'isthmus.example/log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— isthmus.example/log AAAAAAAA\n';
  const nonce = nonceFromCheckpoint(checkpoint);
  const manifestDigest = new Uint8Array(32).fill(0x5a);
  const proverKeyId = 'c3'.repeat(32);
  const seed = deriveSeed({ nonce, manifestDigest, proverKeyId });
  const purposes = ['init', 'order', 'dropout/7'];
  return {
    checkpoint,
    manifestDigest: toHex(manifestDigest),
    proverKeyId,
    nonce: toHex(nonce),
    seed: toHex(seed),
    keys: Object.fromEntries(purposes.map((purpose) => [purpose, toHex(deriveKey(seed, purpose))])),
  };
}

function fileListFile(): Json {
  const files = [
    { name: 'vectors/a.bin', sha256: '0f'.repeat(32), sizeBytes: 123_456_789_012 },
    { name: 'model.json', sha256: 'f0'.repeat(32), sizeBytes: 0 },
  ];
  const bytes = encodeFileList(files);
  return { files, text: Buffer.from(bytes).toString('utf8'), modelDigest: modelDigest(bytes) };
}
