import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { TrainResult } from '@isthmus/trainer';
import { freshDirectory } from '../support/run-directory.js';
import { confined, podman } from './podman.js';

/** The programs that run as containers. */
export type ContainerProgram = 'representation' | 'retrieval' | 'attestation' | 'replay-worker';

/** Where each program listens inside its container. */
const ports = { representation: 7401, retrieval: 7402, attestation: 7403, 'replay-worker': 7404 } as const;

/** User of the images. */
const user = '10001:10001';

/** A container that serves. */
export interface RunningContainer {
  readonly name: string;
  /** `ip:port` of its services, reached from this machine over the bridge of the network. */
  readonly address: string;
  /** From the start of the container to its word that it serves. */
  readonly startMs: number;
}

/** A mesh of containers on a network without a way out, a PostgreSQL among them. */
export class ContainerMesh {
  readonly #tag: string;
  readonly #prefix = `isthmus-${process.pid}`;
  readonly #names: string[] = [];
  readonly #directory: string;

  private constructor(tag: string, directory: string) {
    this.#tag = tag;
    this.#directory = directory;
  }

  /** Makes network, folders, keys and the database. @param tag of the images */
  static async create(tag: string): Promise<ContainerMesh> {
    const mesh = new ContainerMesh(tag, await freshDirectory('containers'));
    for (const folder of ['objects', 'work', 'keys', 'trust']) await mkdir(mesh.#path(folder));
    await openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', mesh.#path('keys/sec1.pem'));
    const p256 = ['pkcs8', '-topk8', '-nocrypt', '-in', mesh.#path('keys/sec1.pem')];
    await openssl(...p256, '-out', mesh.#path('keys/attestation-key.pem'));
    await openssl('genpkey', '-algorithm', 'ed25519', '-out', mesh.#path('keys/log-key.pem'));
    await promisify(execFile)('chmod', ['-R', 'a+rX', mesh.#directory]);
    await promisify(execFile)('chown', ['-R', user, mesh.#directory]);
    await podman('network', 'create', '--internal', mesh.#prefix);
    await mesh.#startDatabase();
    return mesh;
  }

  /** Starts a replica of a program and waits until it serves. Replicas share the program's name on the network. */
  async start(
    program: ContainerProgram,
    replica: number,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<RunningContainer> {
    const name = `${this.#prefix}-${program}-${replica}`;
    const variables = program === 'replay-worker' ? 'ATTESTATION_WORKER' : program.toUpperCase();
    const settings = {
      DATABASE_URL: `postgres://isthmus:isthmus@${this.#prefix}-postgres:5432/isthmus`,
      OBJECTS_URL: 'file:///var/lib/isthmus/objects',
      LOG_REQUESTS: 'errors',
      TLS_MODE: 'off',
      ...environment,
    };
    const startedAt = performance.now();
    await podman(
      ...['run', '--detach', '--name', name, '--network', this.#prefix, '--network-alias', program],
      ...confined,
      ...[
        '--volume',
        `${await this.#ownFolder(name)}:/var/lib/isthmus`,
        ...this.#volumes('objects', 'keys', 'trust'),
      ],
      ...Object.entries(settings).flatMap(([key, value]) => [
        '--env',
        `ISTHMUS_${variables}_${key}=${value}`,
      ]),
      `localhost/isthmus-${program}:${this.#tag}`,
    );
    this.#names.push(name);
    for (;;) {
      const log = await podman('logs', name);
      if (log.includes('"event":"serving"')) break;
      if ((await podman('inspect', '--format', '{{.State.Status}}', name)) === 'exited')
        throw new Error(`${name} ended:\n${(await this.log(name)).slice(-4_000)}`);
      await sleep(20);
    }
    const startMs = performance.now() - startedAt;
    const address = await podman(
      ...['inspect', '--format', `{{(index .NetworkSettings.Networks "${this.#prefix}").IPAddress}}`, name],
    );
    return { name, address: `${address}:${ports[program]}`, startMs };
  }

  /** Keeps whom the attestation service says to trust where the other programs look for it. */
  async publishTrust(attestation: RunningContainer): Promise<void> {
    const read = "process.stdout.write(require('fs').readFileSync('/var/lib/isthmus/trust.json','utf8'))";
    await writeFile(
      this.#path('trust/trust.json'),
      await podman('exec', attestation.name, 'node', '-e', read),
    );
  }

  /** Runs a command of the trainer to its end, on the same network and store. @param name of the container */
  async train(name: string, ...argv: string[]): Promise<void> {
    const container = `${this.#prefix}-${name}`;
    this.#names.push(container);
    await podman(
      ...['run', '--name', container, '--network', this.#prefix, '--env', 'HOME=/work', ...confined],
      ...['--env', 'ISTHMUS_TLS_MODE=off'],
      ...['--volume', `${this.#path('work')}:/work`, ...this.#volumes('objects')],
      ...[`localhost/isthmus-trainer:${this.#tag}`, ...argv],
      '--objects=file:///var/lib/isthmus/objects',
    );
  }

  /** What a training wrote with `--out=/work/FILE`. */
  async result(file: string): Promise<TrainResult> {
    return JSON.parse(await readFile(this.#path(`work/${file}`), 'utf8')) as TrainResult;
  }

  /** Runs the health command of an image inside a container. */
  health(name: string, port: number): Promise<string> {
    return podman(
      'exec',
      name,
      'node',
      '/app/services/chassis/dist/health/check-main.js',
      `127.0.0.1:${port}`,
    );
  }

  /** Sends SIGTERM. Resolves with the exit code when the container has ended. */
  async terminate(name: string): Promise<number> {
    await podman('kill', '--signal=TERM', name);
    return Number(await podman('wait', name));
  }

  /** What a container wrote to both of its streams. */
  async log(name: string): Promise<string> {
    const { stdout, stderr } = await promisify(execFile)('podman', ['logs', name], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout + stderr;
  }

  /** Ends and removes everything. */
  async remove(): Promise<void> {
    if (this.#names.length > 0) await podman('rm', '--force', '--time=5', '--volumes', ...this.#names);
    await podman('network', 'rm', '--force', this.#prefix);
  }

  async #startDatabase(): Promise<void> {
    const name = `${this.#prefix}-postgres`;
    const account = ['POSTGRES_USER', 'POSTGRES_PASSWORD', 'POSTGRES_DB'].flatMap((key) => [
      '--env',
      `${key}=isthmus`,
    ]);
    this.#names.push(name);
    await podman(
      ...['run', '--detach', '--name', name, '--network', this.#prefix, '--cap-drop=ALL', ...account],
      'localhost/isthmus-test-postgres:15',
    );
    const probe = ['exec', name, '/usr/lib/postgresql/15/bin/pg_isready', '-h', '127.0.0.1', '-d', 'isthmus'];
    for (let attempt = 0; ; attempt++) {
      if (
        await podman(...probe).then(
          () => true,
          () => false,
        )
      )
        return;
      if (attempt > 100) throw new Error(await this.log(name));
      await sleep(200);
    }
  }

  /** A folder that belongs to one container, as a pod's emptyDir does. */
  async #ownFolder(container: string): Promise<string> {
    const folder = this.#path(container);
    await mkdir(join(folder, 'objects'), { recursive: true });
    await promisify(execFile)('chown', ['-R', user, folder]);
    return folder;
  }

  #path(name: string): string {
    return join(this.#directory, name);
  }

  #volumes(...names: readonly ('objects' | 'keys' | 'trust')[]): string[] {
    const targets = {
      objects: '/var/lib/isthmus/objects',
      keys: '/etc/isthmus/keys:ro',
      trust: '/etc/isthmus/trust:ro',
    };
    return names.flatMap((name) => ['--volume', `${this.#path(name)}:${targets[name]}`]);
  }
}

async function openssl(...argv: string[]): Promise<void> {
  await promisify(execFile)('openssl', argv);
}
