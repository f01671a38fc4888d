import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The serving programs. */
export type ProgramName = 'attestation' | 'representation' | 'retrieval';

/** Configuration by dotted name. */
export type ProgramFlags = Readonly<Record<string, string | number | boolean>>;

/** What a program announces on its standard output. */
interface Announcement {
  readonly event: string;
  readonly program: string;
  readonly address: string;
  readonly adminAddress: string;
}

/** A program as a process of its own, running the compiled files as an installation does. */
export class ProgramProcess {
  readonly name: ProgramName;
  /** `host:port` of its services. */
  readonly address: string;
  /** `host:port` of its admin services and its health. */
  readonly adminAddress: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<number>;
  readonly #log: string[];

  private constructor(
    announced: Pick<Announcement, 'address' | 'adminAddress'>,
    child: ChildProcess,
    ended: Promise<number>,
    log: string[],
    name: ProgramName,
  ) {
    this.name = name;
    this.address = announced.address;
    this.adminAddress = announced.adminAddress;
    this.#child = child;
    this.#ended = ended;
    this.#log = log;
  }

  /**
   * Starts a program and resolves when it serves. It speaks plain text unless the flags say otherwise: what is tested here
   * is another thing than protection, which test/e2e/security.test.ts is about.
   * Rejects with its log where it ends before.
   */
  static async start(name: ProgramName, flags: ProgramFlags): Promise<ProgramProcess> {
    const main = fileURLToPath(new URL(`../../services/${name}/dist/main.js`, import.meta.url));
    if (!existsSync(main)) throw new Error(`${main} is missing: build first, npm run build`);
    const words = Object.entries({ 'tls.mode': 'off', ...flags }).map(([key, value]) => `--${key}=${value}`);
    const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    const log: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => log.push(text));
    const ended = new Promise<number>((resolve) => {
      child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 143)));
    });
    const announced = await new Promise<Announcement>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)));
      void ended.then((code) => reject(new Error(`${name} ended with ${code}:\n${log.join('')}`)));
    });
    // By name where there is TLS: a server name that is an IP address is against RFC 6066, section 3.
    const byName = (address: string) =>
      (flags['tls.mode'] ?? 'off') !== 'off' ? address.replace('127.0.0.1', 'localhost') : address;
    const { address, adminAddress } = announced;
    const places = { address: byName(address), adminAddress: byName(adminAddress) };
    return new ProgramProcess(places, child, ended, log, name);
  }

  get pid(): number {
    return this.#child.pid ?? -1;
  }

  /** What the program wrote to its log so far. */
  get log(): string {
    return this.#log.join('');
  }

  /** The exit code, when the program has ended: that of a signal by convention, 137 for SIGKILL. */
  get ended(): Promise<number> {
    return this.#ended;
  }

  /** Asks the program to drain and resolves with its exit code. */
  stop(): Promise<number> {
    this.#child.kill('SIGTERM');
    return this.#ended;
  }

  /** Ends the program at once, as a power cut does. */
  kill(): Promise<number> {
    this.#child.kill('SIGKILL');
    return this.#ended;
  }
}
