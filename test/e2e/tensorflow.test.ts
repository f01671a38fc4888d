import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const trainer = join(root, 'services/trainer/dist/main.js');
const isInstalled = existsSync(join(root, '.isthmus/tensorflow/node_modules/@tensorflow/tfjs-node'));
const whenInstalled = isInstalled ? describe : describe.skip;

async function run(...parameters: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [trainer, ...parameters], { cwd: root, maxBuffer: 1 << 26 });
}

async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8'));
}

interface Trained {
  readonly kernelProfile: { readonly name: string; readonly canarySha256: string };
  readonly figures: { readonly loss: number };
}

interface Evaluated {
  readonly ranking: Record<'warm' | 'cold', { readonly 'recall@50': number }>;
}

/** Needs tfjs-node: `.ci/tensorflow` installs it. */
whenInstalled('a model that native TensorFlow trained (tfjs-node, .ci/tensorflow)', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isthmus-tensorflow-'));
    const objects = `file://${at('objects')}`;
    const data = ['--data', at('data.json'), '--objects', objects];
    await run(
      'prepare',
      '--simulator',
      '--users',
      '300',
      '--salt-file',
      at('salt'),
      '--objects',
      objects,
      '--out',
      at('data.json'),
    );
    for (const backend of ['isthmus', 'tensorflow']) {
      const out = at(`${backend}.json`);
      await run(
        'train',
        '--program',
        'two-tower',
        '--seed',
        '1',
        '--backend',
        backend,
        ...data,
        '--out',
        out,
      );
      await run('evaluate', '--model', out, ...data, '--out', at(`${backend}-figures.json`));
    }
  }, 300_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('names its arithmetic, and not ours', async () => {
    const native = await readJson<Trained>(at('tensorflow.json'));
    const ours = await readJson<Trained>(at('isthmus.json'));
    expect(native.kernelProfile.name).toBe('tfjs-tensorflow');
    expect(ours.kernelProfile.name).toBe('isthmus-wasm-simd');
    expect(native.kernelProfile.canarySha256).not.toBe(ours.kernelProfile.canarySha256);
  });

  it('learns the same, and is served by our kernels', async () => {
    const native = await readJson<Trained>(at('tensorflow.json'));
    const ours = await readJson<Trained>(at('isthmus.json'));
    expect(Math.abs(native.figures.loss / ours.figures.loss - 1)).toBeLessThan(0.01);
    const [byNative, byOurs] = [
      await readJson<Evaluated>(at('tensorflow-figures.json')),
      await readJson<Evaluated>(at('isthmus-figures.json')),
    ];
    for (const users of ['warm', 'cold'] as const) {
      const difference = byNative.ranking[users]['recall@50'] - byOurs.ranking[users]['recall@50'];
      expect(Math.abs(difference)).toBeLessThan(0.02);
    }
  });

  it('cannot be attested', async () => {
    const options = ['--program', 'two-tower', '--attestation', 'localhost:1', '--data', at('data.json')];
    await expect(run('train', ...options, '--backend', 'tensorflow')).rejects.toThrow('nobody can replay');
  });
});
