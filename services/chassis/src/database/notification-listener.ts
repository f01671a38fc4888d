import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';

/** Gets a payload, or undefined where notifications may have been missed. */
export type Receive = (payload: string | undefined) => void;

/** Pauses between attempts to connect again, milliseconds. */
const firstPauseMs = 50;
const longestPauseMs = 5_000;

/** LISTEN over one connection of its own for all channels. It connects again by itself, and says so to every subscriber. */
export class NotificationListener {
  readonly #makeClient: () => pg.Client;
  readonly #logger: Logger;
  readonly #subscribers = new Map<string, Set<Receive>>();
  #client: Promise<pg.Client> | undefined;
  #closed = false;

  constructor(makeClient: () => pg.Client, logger: Logger) {
    this.#makeClient = makeClient;
    this.#logger = logger;
  }

  /** Adds a subscriber; returns once the server knows of it. */
  async listen(channel: string, receive: Receive): Promise<() => Promise<void>> {
    const known = this.#subscribers.get(channel);
    const subscribers = known ?? new Set<Receive>();
    subscribers.add(receive);
    this.#subscribers.set(channel, subscribers);
    try {
      const client = await this.#connected();
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    } catch (error) {
      subscribers.delete(receive);
      throw error;
    }
    return async () => {
      subscribers.delete(receive);
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#subscribers.clear();
    const client = await this.#client?.catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  #connected(): Promise<pg.Client> {
    this.#client ??= this.#connect().catch((error) => {
      this.#client = undefined;
      throw error;
    });
    return this.#client;
  }

  /** A connection that listens on every channel and that starts the way back when it ends. */
  async #connect(): Promise<pg.Client> {
    const client = this.#makeClient();
    let state: 'opening' | 'open' | 'ended' = 'opening';
    client.on('error', (error) => this.#logger.warn({ err: error }, 'the notification connection was lost'));
    client.on('end', () => {
      if (state === 'open' && !this.#closed) {
        this.#client = this.#reconnect();
        this.#client.catch(() => undefined);
      }
      state = 'ended';
    });
    client.on('notification', ({ channel, payload }) => this.#deliver(channel, payload ?? ''));
    await client.connect();
    for (const channel of this.#subscribers.keys()) {
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    }
    if ((state as string) === 'ended') throw new Error('The connection ended while it was opened');
    state = 'open';
    return client;
  }

  async #reconnect(): Promise<pg.Client> {
    for (let pauseMs = firstPauseMs; !this.#closed; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      await sleep(pauseMs, undefined, { ref: false });
      try {
        const client = await this.#connect();
        for (const channel of this.#subscribers.keys()) this.#deliver(channel, undefined);
        return client;
      } catch (error) {
        this.#logger.debug({ err: error }, 'the notification connection does not come back yet');
      }
    }
    throw new Error('The database was closed');
  }

  #deliver(channel: string, payload: string | undefined): void {
    for (const receive of this.#subscribers.get(channel) ?? []) {
      try {
        receive(payload);
      } catch (error) {
        this.#logger.error({ err: error, channel }, 'a subscriber of notifications threw');
      }
    }
  }
}
