import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../support/eventually.js';

/** Where `.ci/balancing` installs Envoy. */
const program = fileURLToPath(new URL('../../.isthmus/envoy/bin/envoy', import.meta.url));

/** Whether Envoy is there. */
export const hasEnvoy = existsSync(program);

/** Longest time until it listens, in milliseconds. */
const patienceMs = 60_000;

/** An Envoy as a process of its own. */
export class EnvoyProcess {
  /** `host:port` of its listener. */
  readonly address: string;
  readonly #child: ChildProcess;

  private constructor(address: string, child: ChildProcess) {
    this.address = address;
    this.#child = child;
  }

  /**
   * Starts Envoy and resolves when its listener takes connections.
   * @param configuration with ports 0 for listener and administration
   * @param folder for its files
   */
  static async start(configuration: unknown, folder: string): Promise<EnvoyProcess> {
    const file = join(folder, 'envoy.json');
    const adminFile = join(folder, 'envoy-admin');
    await writeFile(file, JSON.stringify(configuration));
    const words = ['-c', file, '--admin-address-path', adminFile];
    const quiet = ['--disable-hot-restart', '--concurrency', '2', '--log-level', 'warn'];
    const child = spawn(program, [...words, ...quiet], { stdio: ['ignore', 'ignore', 'pipe'] });
    const log: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => log.push(text));
    let address = '';
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`Envoy ended:\n${log.join('')}`);
      const admin = await readFile(adminFile, 'utf8');
      const ready = await fetch(`http://${admin}/ready`);
      if (!ready.ok) throw new Error(`Envoy is not ready: ${await ready.text()}`);
      const listeners = (await (await fetch(`http://${admin}/listeners?format=json`)).json()) as Listeners;
      const port = listeners.listener_statuses[0]?.local_address.socket_address.port_value;
      if (port === undefined) throw new Error('Envoy does not listen');
      address = `127.0.0.1:${port}`;
    }, patienceMs).catch((error) => {
      child.kill('SIGKILL');
      throw error;
    });
    return new EnvoyProcess(address, child);
  }

  /** Ends it at once. */
  stop(): void {
    this.#child.kill('SIGKILL');
  }
}

/** What `/listeners` of Envoy's administration says. */
interface Listeners {
  readonly listener_statuses: readonly {
    readonly local_address: { readonly socket_address: { readonly port_value: number } };
  }[];
}
