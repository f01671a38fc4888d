import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { connect, type ObjectStore, openObjectStore, type ServiceClient } from '@isthmus/chassis';
import { encodeRecordSet, generateSigningKey, type OpenRecordSet, openRecordSet } from '@isthmus/proof';
import { AttestationServiceClient } from '@isthmus/proto/isthmus/attestation/v1/attestation.js';
import { TransparencyLogServiceClient } from '@isthmus/proto/isthmus/attestation/v1/log.js';
import { ProofServiceClient } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { build } from 'esbuild';
import { type ProofClient, ToyProver } from './toy-prover.js';

/** What an attestation program says of whom to trust. */
export interface TrustFile {
  readonly attestationKeys: string[];
  readonly logVerifierKey: string;
}

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The real program as a process of its own, on an embedded PostgreSQL in a temporary folder, with the toy program on its
 * list. It runs the compiled files, so the package must have been built.
 */
export class AttestationWorld {
  readonly folder: string;
  readonly objects: ObjectStore;
  /** SHA-256 of the toy program's module. */
  readonly programDigest: string;
  readonly points: OpenRecordSet;
  readonly #open: { close(): void }[] = [];
  #child: ChildProcess | undefined;
  #worker: ChildProcess | undefined;
  #address = '';
  /** What the program wrote to its log. */
  log = '';

  private constructor(folder: string, objects: ObjectStore, programDigest: string, points: OpenRecordSet) {
    this.folder = folder;
    this.objects = objects;
    this.programDigest = programDigest;
    this.points = points;
  }

  /** Makes the folder, the store, the data set and the program's bundle. */
  static async create(): Promise<AttestationWorld> {
    const folder = await mkdtemp(join(tmpdir(), 'isthmus-attestation-'));
    const objects = openObjectStore(pathToFileURL(join(folder, 'objects')).href);
    const outfile = join(folder, 'toy.mjs');
    await build({
      entryPoints: [join(packageFolder, 'src/testing/toy-program.ts')],
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      outfile,
      logLevel: 'error',
    });
    const programDigest = await objects.put(new Uint8Array(await readFile(outfile)));
    const records = Array.from({ length: 50 }, (_, i) => ({
      x: Uint8Array.of(i, (i * 3) % 40),
      y: new Uint8Array(0),
      id: BigInt(i),
    }));
    const set = encodeRecordSet(records, { kind: 'points' });
    await objects.put(set.blob);
    await objects.put(set.descriptionBytes);
    return new AttestationWorld(
      folder,
      objects,
      programDigest,
      openRecordSet(set.descriptionBytes, set.blob),
    );
  }

  /** Starts the program, again after a stop, and waits until it serves. */
  async start(...flags: readonly string[]): Promise<void> {
    this.#child = this.#spawn('main.js', [`--programs.allow=${this.programDigest}`, ...flags]);
    this.#address = await this.#served(this.#child);
  }

  /** Starts a worker program beside it, in place of the workers of another machine. */
  async startWorker(...flags: readonly string[]): Promise<void> {
    this.#worker = this.#spawn('worker-main.js', [
      '--replay.workers=1',
      '--replay.heartbeatMs=200',
      ...flags,
    ]);
    await this.#served(this.#worker);
  }

  /** Id of the program's process. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** A prover with a key of its own. */
  prover(): ToyProver {
    const key = generateSigningKey();
    const { objects, programDigest, points } = this;
    return new ToyProver({ client: this.proof(), objects, key, programDigest, points });
  }

  /** Clients of the three services. */
  proof(): ProofClient {
    return this.#kept(connect(ProofServiceClient, this.#address, { credentials: 'plaintext' }));
  }

  attestation(): ServiceClient<typeof AttestationServiceClient.service> {
    return this.#kept(connect(AttestationServiceClient, this.#address, { credentials: 'plaintext' }));
  }

  transparencyLog(): ServiceClient<typeof TransparencyLogServiceClient.service> {
    return this.#kept(connect(TransparencyLogServiceClient, this.#address, { credentials: 'plaintext' }));
  }

  /** Whom the program asks others to trust. */
  async trust(): Promise<TrustFile> {
    return JSON.parse(await readFile(join(this.folder, 'trust.json'), 'utf8')) as TrustFile;
  }

  /** Ends the program and the worker program, by SIGTERM or otherwise. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    for (const client of this.#open.splice(0)) client.close();
    await Promise.all(
      [this.#child, this.#worker].map(async (child) => {
        if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
        const exited = new Promise((resolve) => child.once('exit', resolve));
        child.kill(signal);
        await exited;
      }),
    );
  }

  /** Ends everything and removes the folder. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  #kept<T extends { close(): void }>(client: T): T {
    this.#open.push(client);
    return client;
  }

  #spawn(program: string, flags: readonly string[]): ChildProcess {
    const child = spawn(
      process.execPath,
      [
        join(packageFolder, 'dist', program),
        `--data.directory=${this.folder}`,
        '--server.drainDelayMs=0',
        '--tls.mode=off',
        ...flags,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.log += text;
    });
    return child;
  }

  /** The address that a program says it serves on. */
  #served(child: ChildProcess): Promise<string> {
    return new Promise((resolve, reject) => {
      if (child.stdout === null) throw new Error('The program has no standard output');
      createInterface({ input: child.stdout }).on('line', (line) => {
        resolve((JSON.parse(line) as { address: string }).address);
      });
      child.once('exit', (code) => reject(new Error(`The program ended with ${code}:\n${this.log}`)));
    });
  }
}
