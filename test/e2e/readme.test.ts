import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readmeBlocks } from '../support/readme-blocks.js';
import { freshDirectory } from '../support/run-directory.js';
import { SuiteMesh } from '../support/suite-mesh.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Time that the README promises from a fresh clone to the end of the demo. */
const DEMO_LIMIT_MS = 8 * 60_000;

/** What is run for each block, by its name. */
const tested = ['demo', 'three-calls', 'command'];
const blocks = readmeBlocks();
// Installs and trains everything anew: `.ci/run` asks for it, `npm test` leaves it out.
const itWhereAsked = process.env.ISTHMUS_TEST_README === 'all' ? it : it.skip;

function blockOf(name: string): string {
  const block = blocks.find((one) => one.name === name);
  if (block === undefined) throw new Error(`the README has no block ${name}`);
  return block.code;
}

async function run(
  command: string,
  words: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv; readonly timeout?: number } = {},
): Promise<string> {
  const env = { ...process.env, ...options.env };
  const { stdout } = await promisify(execFile)(command, words, {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
    ...options,
    env,
  });
  return stdout;
}

describe('the README', () => {
  it('has no code that is not run', () => {
    expect(blocks.map(({ name }) => name)).toEqual(expect.arrayContaining(tested));
    expect(blocks.filter(({ name }) => name === undefined || !tested.includes(name))).toEqual([]);
  });

  it('has commands that help', async () => {
    expect(await run('bash', ['-euo', 'pipefail', '-c', blockOf('command')])).toContain('Usage: isthmus');
  });

  itWhereAsked(
    'shows the demo from a fresh clone in the time that it promises',
    async () => {
      const clone = join(await freshDirectory('readme'), 'isthmus');
      await run('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, clone]);
      const startedAt = performance.now();
      // As people run it: jest's own environment is not theirs.
      const env = { NODE_ENV: '' };
      const told = await run('bash', ['-euo', 'pipefail', '-c', blockOf('demo')], { cwd: clone, env });
      expect(performance.now() - startedAt).toBeLessThan(DEMO_LIMIT_MS);
      expect(told).toContain('L3_FULL');
    },
    2 * DEMO_LIMIT_MS,
  );
});

describe('the three calls of the README', () => {
  let mesh: SuiteMesh;
  const folder = join(root, 'test/dist/readme');

  beforeAll(async () => {
    mesh = await SuiteMesh.create('readme', { mutualTls: true });
  }, 600_000);

  afterAll(async () => {
    await mesh?.remove();
  }, 180_000);

  it('compile, and are answered by a running mesh', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'three-calls.ts'), blockOf('three-calls'));
    const checks = [
      '--strict',
      '--skipLibCheck',
      '--types',
      'node',
      '--module',
      'nodenext',
      '--target',
      'es2023',
    ];
    await run('npx', ['tsc', '--ignoreConfig', ...checks, join(folder, 'three-calls.ts')]);
    const { representation, retrieval } = await mesh.startServing();
    const attestation = await mesh.startAttestation();
    const ranker = mesh.tlsFiles('ranker');
    const told = await run(process.execPath, [join(folder, 'three-calls.js')], {
      env: {
        ISTHMUS_RETRIEVAL: retrieval.address,
        ISTHMUS_REPRESENTATION: representation.address,
        ISTHMUS_ATTESTATION: attestation.address,
        ISTHMUS_TLS_AUTHORITY: ranker.authorityFile,
        ISTHMUS_TLS_CERTIFICATE: ranker.certificateFile,
        ISTHMUS_TLS_KEY: ranker.keyFile,
      },
    });
    const lines = told.trim().split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(12);
    expect(lines.at(-1)).toMatch(/^gemirec 1 \d+n$/);
  }, 180_000);
});
