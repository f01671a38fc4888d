import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const TAIL_LINES = 20;

/**
 * Runs a command of the trainer as a process of its own and reads the JSON line at the end of its output, so that the
 * caller's event loop stays free and two of them use two cores.
 * @param argv for example `['evaluate', '--model', ...]`; `--json` is added
 * @throws Error with the end of its standard error where it fails
 */
export async function runTrainer<T>(argv: readonly string[], signal?: AbortSignal): Promise<T> {
  const main = fileURLToPath(new URL('../../../../services/trainer/dist/main.js', import.meta.url));
  const child = spawn(process.execPath, [main, ...argv, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  });
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => output.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => errors.push(bytes));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    const tail = Buffer.concat(errors).toString().trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
    throw new Error(`trainer ${argv[0]} ended with exit code ${code}:\n${tail}`);
  }
  return JSON.parse(Buffer.concat(output).toString().trimEnd().split('\n').at(-1) ?? '') as T;
}
