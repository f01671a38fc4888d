import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The programs of the mesh. */
export type ProgramName = 'attestation' | 'representation' | 'retrieval';

/** A program of the mesh that is serving. */
export interface RunningProgram {
  readonly name: ProgramName;
  /** `host:port` of its services. */
  readonly address: string;
  /** `host:port` of its admin services. */
  readonly adminAddress: string;
  readonly pid: number;
  /** Asks it to drain and waits for its end. Resolves with the exit code; a program that does not end is killed. */
  stop(): Promise<number>;
}

/** Time that a program may take until it serves. The first start initialises a database. */
const START_TIMEOUT_MS = 90_000;
/** Time that a program may take to drain. */
const STOP_TIMEOUT_MS = 30_000;

/**
 * Starts a program as a process of its own and waits until it serves.
 * @param flags configuration by its dotted name, for example `{ 'data.directory': '/srv/isthmus' }`
 * @param logFile receives what the program logs
 * @throws Error with the end of the log where it stops before it serves
 */
export async function startProgram(
  name: ProgramName,
  flags: Readonly<Record<string, string>>,
  logFile: string,
): Promise<RunningProgram> {
  const main = fileURLToPath(new URL(`../../../../services/${name}/dist/main.js`, import.meta.url));
  const parameters = Object.entries(flags).map(([key, value]) => `--${key}=${value}`);
  const child = spawn(process.execPath, [main, ...parameters], { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(logFile, { flags: 'a' });
  const tail: string[] = [];
  child.stderr.on('data', (bytes: Buffer) => {
    log.write(bytes);
    tail.push(bytes.toString());
    if (tail.length > 20) tail.shift();
  });
  const ended = new Promise<number>((resolve) => {
    child.once('exit', (code, signal) => {
      log.end();
      resolve(code ?? (signal === 'SIGKILL' ? 137 : 1));
    });
  });
  const { address, adminAddress } = await serving(child, ended, name, tail);
  return { name, address, adminAddress, pid: child.pid ?? -1, stop: () => stop(child, ended) };
}

function serving(
  child: ChildProcess,
  ended: Promise<number>,
  name: string,
  tail: readonly string[],
): Promise<{ address: string; adminAddress: string }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => fail(`was not serving after ${START_TIMEOUT_MS / 1000} s`),
      START_TIMEOUT_MS,
    );
    const fail = (what: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Error(`${name} ${what}. The end of its log:\n${tail.join('').trimEnd()}`));
    };
    void ended.then((code) => fail(`ended with exit code ${code} before it served`));
    if (child.stdout === null) return fail('has no standard output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = parseEvent(line);
      if (event?.event !== 'serving') return;
      clearTimeout(timer);
      resolve({ address: event.address, adminAddress: event.adminAddress });
    });
  });
}

function parseEvent(line: string): { event: string; address: string; adminAddress: string } | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function stop(child: ChildProcess, ended: Promise<number>): Promise<number> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  const code = await ended;
  clearTimeout(timer);
  return code;
}
