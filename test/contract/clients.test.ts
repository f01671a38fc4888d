import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { codeOfReason } from '@isthmus/chassis';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CaseServer } from './case-server.js';
import { type ClientWorld, createClientWorld } from './client-world.js';
import { methodsSince } from './contract-at.js';
import { describeMesh, type MeshDescription } from './mesh-description.js';
import { reasonsNotForClients } from './reasons-not-for-clients.js';

/*
 * The clients of four languages against one running mesh.
 * ISTHMUS_TEST_CLIENTS names them (python,go,java,typescript); without it TypeScript alone is tried. With `serve` the
 * URL is printed and the mesh kept until a line comes on standard input, for work on a client.
 */
const asked = (process.env.ISTHMUS_TEST_CLIENTS ?? 'typescript').split(',');
/**
 * Commit of an older release and the folder of its files, where its clients are tried (`.ci/compatibility`). They run by
 * their own runners, and get the methods that their contract had.
 */
const { ISTHMUS_TEST_RELEASE: release, ISTHMUS_TEST_RELEASE_TREE: releaseTree } = process.env;
const root =
  releaseTree === undefined ? new URL('../../', import.meta.url) : pathToFileURL(`${releaseTree}/`);
const serve = asked.includes('serve');
const languages = asked.filter((language) => language !== 'serve');

/** Longest run of the cases of one language, its build included. */
const PATIENCE_MS = 600_000;

let world: ClientWorld;
let server: CaseServer;
let url: string;
let mesh: MeshDescription;

beforeAll(async () => {
  world = await createClientWorld();
  server = new CaseServer(world, release === undefined ? undefined : methodsSince(release));
  url = await server.start();
  mesh = await describeMesh(world);
}, 600_000);

afterAll(async () => {
  await server?.stop();
  await world?.remove();
}, 180_000);

if (serve) {
  it(
    'serves the cases until a line comes',
    async () => {
      process.stdout.write(`ISTHMUS_CONTRACT_URL=${url}\n`);
      await new Promise((resolve) => process.stdin.once('data', resolve).once('end', resolve));
      process.stdin.destroy();
    },
    24 * 3_600_000,
  );
}

it('shows clients every reason of the contract that a client can meet', () => {
  const missing = Object.keys(codeOfReason).filter((reason) => !server.reasons.has(reason));
  expect(missing.sort()).toEqual(Object.keys(reasonsNotForClients).sort());
});

if (languages.length > 0) {
  describe.each(languages)('the client in %s', (language) => {
    const folder = fileURLToPath(new URL(`clients/${language}/`, root));

    it(
      'passes every case of the contract',
      async () => {
        const { code, output } = await run(folder, './contract-test', []);
        const reports = server.reports(language);
        expect(reports.filter(({ problem }) => problem !== '')).toEqual([]);
        const told = new Set(reports.map(({ name }) => name));
        expect({
          untold: server.names({ plain: release !== undefined }).filter((name) => !told.has(name)),
          output: code === 0 ? '' : output,
        }).toEqual({
          untold: [],
          output: '',
        });
      },
      PATIENCE_MS,
    );

    it(
      'ranks in its worked example as the others do',
      async () => {
        const { code, output } = await run(folder, './examples/rerank/run', exampleArguments());
        expect({ code, lines: code === 0 ? output.split('\n').length : output }).toEqual({
          code: 0,
          lines: 12,
        });
        expect(output).toContain(
          `model gemirec version 1 attested ${mesh.known.attestationId} L3_FULL ONLINE: verified\n`,
        );
        examples.set(language, output);
        const [first] = examples.values();
        expect(output).toBe(first);
        if (release !== undefined) return;
        const secured = await run(folder, './examples/rerank/run', securedArguments());
        expect(secured).toEqual({ code: 0, output });
      },
      PATIENCE_MS,
    );

    it(
      'refuses in its worked example a bundle of another model',
      async () => {
        const { code, output } = await run(folder, './examples/rerank/run', [
          ...exampleArguments().filter((word) => !word.startsWith('--bundle=')),
          `--bundle=${mesh.files.otherBundle}`,
        ]);
        expect({ code, output }).toMatchObject({ code: 1 });
        expect(output).toContain('SUBJECT_MISMATCH');
      },
      PATIENCE_MS,
    );

    if (release !== undefined) return;

    const hasReadmeTest = existsSync(`${folder}readme-test`);
    (hasReadmeTest ? it : it.skip)(
      `executes its README${hasReadmeTest ? '' : `: clients/${language}/readme-test is missing`}`,
      async () => {
        const { code, output } = await run(folder, './readme-test', []);
        expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
      },
      PATIENCE_MS,
    );
  });
}

/** Output of each example that ran; all are to be the same. */
const examples = new Map<string, string>();

function exampleArguments(): string[] {
  const { addresses, files } = mesh;
  return [
    `--retrieval=${addresses.retrieval}`,
    '--model=gemirec',
    `--user=${files.user}`,
    `--trust=${files.trust}`,
    `--bundle=${files.bundle}`,
    `--log-proof=${files.logProof}`,
  ];
}

/** The same call, of the mesh under mutual TLS. */
function securedArguments(): string[] {
  const { addresses, ranker } = mesh.guarded;
  return [
    `--retrieval=${addresses.retrieval}`,
    `--tls-authority=${ranker.ca}`,
    `--tls-certificate=${ranker.certificate}`,
    `--tls-key=${ranker.key}`,
    ...exampleArguments().filter((word) => !word.startsWith('--retrieval=')),
  ];
}

interface Ended {
  readonly code: number;
  /** Standard output of a run that went well; with the errors where it did not. */
  readonly output: string;
}

function run(folder: string, program: string, words: readonly string[]): Promise<Ended> {
  if (!existsSync(`${folder}${program}`)) throw new Error(`${folder}${program} is missing`);
  const child = spawn(program, words, {
    cwd: folder,
    env: { ...process.env, ISTHMUS_CONTRACT_URL: url },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, errors]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({
        code: code ?? -1,
        output: code === 0 ? out.join('') : [...out, ...errors].join('').slice(-8000),
      }),
    );
  });
}
