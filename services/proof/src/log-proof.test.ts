import { describe, expect, it } from '@jest/globals';
import { toHex } from './bytes.js';
import { encodeCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.js';
import { CompactTree } from './compact-tree.js';
import { decodeLogEntry, encodeLogEntry, type LogEntry } from './log-entry.js';
import { encodeLogProof, parseLogProof, verifyLogProof } from './log-proof.js';
import { MemoryHashes } from './memory-hashes.js';
import { leafHash } from './merkle-hash.js';
import { inclusionProof } from './merkle-proof.js';
import { generateNoteSigner, signNote } from './note.js';

const log = generateNoteSigner('log.example/a');
const failing = (code: string): unknown => expect.objectContaining({ code });
const entry: LogEntry = {
  type: 'ATTEST',
  timeMs: 1_795_500_000_000,
  runId: 'ab'.repeat(16),
  payloadSha256: 'cd'.repeat(32),
  summary: { program: 'toy', level: 'L3_FULL' },
};

async function proofOf(index: number, size: number): Promise<string> {
  const tree = new CompactTree();
  const hashes = new MemoryHashes();
  const entries = Array.from({ length: size }, (_, i) => encodeLogEntry({ ...entry, timeMs: i }));
  for (const bytes of entries) hashes.add(tree.append(leafHash(bytes)));
  const checkpoint = signCheckpoint({ origin: log.name, size: tree.size, rootHash: tree.root() }, log);
  const path = await inclusionProof(BigInt(index), tree.size, hashes.read);
  return encodeLogProof({
    entry: entries[index] as Uint8Array,
    index: BigInt(index),
    hashes: path,
    checkpoint,
  });
}

describe('encodeLogEntry', () => {
  it('writes the documented bytes and is read back', () => {
    const encoded = encodeLogEntry({ ...entry, timeMs: 258, summary: {} });
    expect(toHex(encoded)).toBe(`01040201000000000000${'10'}${'ab'.repeat(16)}${'cd'.repeat(32)}02007b7d`);
    expect(decodeLogEntry(encodeLogEntry(entry))).toEqual(entry);
  });

  it.each<[string, Partial<LogEntry>]>([
    ['a short run id', { runId: 'ab'.repeat(15) }],
    ['a long run id', { runId: 'ab'.repeat(33) }],
    ['a run id in upper case', { runId: 'AB'.repeat(16) }],
    ['a short hash', { payloadSha256: 'cd' }],
    ['a negative time', { timeMs: -1 }],
    ['a fractional time', { timeMs: 0.5 }],
    ['too long a summary', { summary: { text: 'x'.repeat(65_500) } }],
  ])('refuses %s', (_, change) => {
    expect(() => encodeLogEntry({ ...entry, ...change })).toThrow(failing('LOG_ENTRY_INVALID'));
  });

  it.each<[string, (bytes: number[]) => void]>([
    ['another version', (bytes) => bytes.splice(0, 1, 2)],
    ['an unknown type', (bytes) => bytes.splice(1, 1, 7)],
    ['a run id of another size', (bytes) => bytes.splice(10, 1, 15)],
    ['a byte too many', (bytes) => bytes.push(0)],
    ['a byte too few', (bytes) => bytes.pop()],
    ['a time beyond 2^53', (bytes) => bytes.splice(9, 1, 0xff)],
  ])('is refused with %s', (_, change) => {
    const bytes = [...encodeLogEntry(entry)];
    change(bytes);
    expect(() => decodeLogEntry(Uint8Array.from(bytes))).toThrow(/log entry|run id/);
  });

  it('is refused with a summary in another form', () => {
    const spaced = Buffer.from(encodeLogEntry({ ...entry, summary: { a: 1 } }))
      .toString('latin1')
      .replace('{"a":1}', '{"a":01');
    expect(() => decodeLogEntry(Buffer.from(spaced, 'latin1'))).toThrow(failing('JSON_INVALID'));
  });
});

describe('openCheckpoint', () => {
  const checkpoint = { origin: log.name, size: 20852163n, rootHash: new Uint8Array(32).fill(3) };

  it('gives back what was signed', () => {
    expect(openCheckpoint(signCheckpoint(checkpoint, log), log)).toEqual(checkpoint);
  });

  it('allows extension lines', () => {
    expect(openCheckpoint(signNote(`${encodeCheckpoint(checkpoint)}extension\n`, log), log).size).toBe(
      20852163n,
    );
  });

  it('refuses another log and another key', () => {
    const other = generateNoteSigner('log.example/b');
    expect(() => openCheckpoint(signCheckpoint(checkpoint, log), other)).toThrow(
      failing('CHECKPOINT_SIGNATURE'),
    );
    const stolen = signNote(encodeCheckpoint({ ...checkpoint, origin: 'log.example/b' }), log);
    expect(() => openCheckpoint(stolen, log)).toThrow(failing('CHECKPOINT_SIGNATURE'));
    expect(() => signCheckpoint(checkpoint, other)).toThrow(failing('CHECKPOINT_MALFORMED'));
  });

  it.each([
    '',
    'a\n',
    'a\n1\n',
    'a\n1\nAAAA\n',
    'a\n01\nROOT\n',
    'a\n-1\nROOT\n',
    'a\n1e3\nROOT\n',
    'a\n\nROOT\n',
    '\n1\nROOT\n',
    'a\n18446744073709551616\nROOT\n',
    `a\n${'9'.repeat(50_000)}\nROOT\n`,
    'a\n1\nROOT\n\n',
    'a\n1\nROOT',
  ])('refuses the text %j', (text) => {
    const root = Buffer.alloc(32).toString('base64');
    expect(() => parseCheckpoint(text.replace('ROOT', root))).toThrow(failing('CHECKPOINT_MALFORMED'));
  });
});

describe('verifyLogProof', () => {
  it('holds for every entry of a small log', async () => {
    for (let size = 1; size <= 9; size++) {
      for (let index = 0; index < size; index++) {
        const proof = parseLogProof(await proofOf(index, size));
        expect(verifyLogProof(proof, log).size).toBe(BigInt(size));
        expect(decodeLogEntry(proof.entry).timeMs).toBe(index);
      }
    }
  });

  it('refuses another entry, index or checkpoint', async () => {
    const proof = parseLogProof(await proofOf(2, 5));
    const other = encodeLogEntry({ ...entry, timeMs: 3 });
    expect(() => verifyLogProof({ ...proof, entry: other }, log)).toThrow(failing('LOG_PROOF_INVALID'));
    expect(() => verifyLogProof({ ...proof, index: 3n }, log)).toThrow(failing('LOG_PROOF_INVALID'));
    expect(() => verifyLogProof({ ...proof, index: 5n }, log)).toThrow(failing('LOG_PROOF_INVALID'));
    expect(() => verifyLogProof({ ...proof, hashes: proof.hashes.slice(1) }, log)).toThrow(
      failing('LOG_PROOF_INVALID'),
    );
    const later = parseLogProof(await proofOf(2, 6)).checkpoint;
    expect(() => verifyLogProof({ ...proof, checkpoint: later }, log)).toThrow(failing('LOG_PROOF_INVALID'));
    const forged = signCheckpoint(
      { origin: log.name, size: 5n, rootHash: leafHash(other) },
      generateNoteSigner(log.name),
    );
    expect(() => verifyLogProof({ ...proof, checkpoint: forged }, log)).toThrow(
      failing('CHECKPOINT_SIGNATURE'),
    );
    expect(() => verifyLogProof({ ...proof, checkpoint: 'x' }, log)).toThrow(failing('CHECKPOINT_MALFORMED'));
  });

  it.each<[string, (text: string) => string]>([
    ['another first line', (text) => text.replace('@v1', '@v2')],
    ['no entry', (text) => text.replace(/extra .*\n/, '')],
    ['no index', (text) => text.replace(/index .*\n/, '')],
    ['a padded index', (text) => text.replace('index 2', 'index 02')],
    ['a negative index', (text) => text.replace('index 2', 'index -2')],
    ['a short hash', (text) => text.replace(/index 2\n.*\n/, 'index 2\nAAAA\n')],
    [
      'too many hashes',
      (text) =>
        text.replace('index 2\n', `index 2\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}`),
    ],
    ['no checkpoint', (text) => text.slice(0, text.indexOf('\n\n'))],
    ['too many bytes', (text) => text + 'x'.repeat(140_000)],
  ])('refuses a text with %s', async (_, change) => {
    const text = await proofOf(2, 5);
    expect(change(text)).not.toBe(text);
    expect(() => parseLogProof(change(text))).toThrow(failing('LOG_PROOF_MALFORMED'));
  });
});
