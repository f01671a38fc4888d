import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RetrievalEvaluation } from './retrieval-evaluation.js';

/** What a process that evaluates one model is told. */
export interface SpawnEvaluationOptions {
  /** What `train` wrote. */
  readonly modelFile: string;
  /** What `prepare` wrote. */
  readonly dataFile: string;
  readonly objectsUrl: string;
  /** Where the partition of the items is kept between evaluations. */
  readonly partitionFile: string;
  readonly signal?: AbortSignal;
}

const errorBytes = 4_000;

/**
 * Evaluates a model in a process of its own: programs register their kernels for a whole process, so two of them in one would
 * compute with those of the first. Throws an Error with the end of its standard error where it fails.
 */
export async function spawnEvaluation(options: SpawnEvaluationOptions): Promise<RetrievalEvaluation> {
  const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-hits-'));
  try {
    const hits = join(folder, 'hits.json');
    await run(
      [
        main,
        'evaluate-retrieval',
        `--model=${options.modelFile}`,
        `--data=${options.dataFile}`,
        `--objects=${options.objectsUrl}`,
        `--partition=${options.partitionFile}`,
        `--hits=${hits}`,
        '--json',
      ],
      options.signal,
    );
    return JSON.parse(await readFile(hits, 'utf8')) as RetrievalEvaluation;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(argv: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  const child = spawn(process.execPath, argv, {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  });
  let errors = '';
  child.stderr.on('data', (bytes: Buffer) => {
    errors = (errors + bytes.toString()).slice(-errorBytes);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, killedBy) => {
      if (code === 0) resolve();
      else
        reject(new Error(`the evaluation ended with ${killedBy ?? `exit code ${code}`}: ${errors.trim()}`));
    });
  });
}
