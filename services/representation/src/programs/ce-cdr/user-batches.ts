import type { CausalNetwork } from '../../model/causal-network.js';

/** Source events of one pass: what the pass works on then stays in the processor's cache. */
const eventsAtOnce = 2_048;

/** Represents many users, as many in one pass as have some thousands of source events together. The bits do not depend on it. */
export class UserBatches {
  readonly #network: CausalNetwork;
  readonly #dim: number;
  readonly #take: (row: number, gate: number, vector: Float32Array) => void;
  #rows: number[] = [];
  #users: Uint32Array[] = [];
  #directions: Float32Array[] = [];

  /** @param network is disposed of at the end @param take receives the result of each row */
  constructor(
    network: CausalNetwork,
    dim: number,
    take: (row: number, gate: number, vector: Float32Array) => void,
  ) {
    this.#network = network;
    this.#dim = dim;
    this.#take = take;
  }

  /** Adds a user. @param directionOf what is mixed for an item, `[dim]`; not changed afterwards */
  add(row: number, items: Uint32Array, directionOf: (item: number) => Float32Array): void {
    this.#rows.push(row);
    this.#users.push(items);
    for (const item of items) this.#directions.push(directionOf(item));
    if (this.#directions.length >= eventsAtOnce) this.#run();
  }

  /** Computes what is left. */
  finish(): void {
    if (this.#rows.length > 0) this.#run();
    this.#network.dispose();
  }

  #run(): void {
    const dim = this.#dim;
    const directions = new Float32Array(this.#directions.length * dim);
    for (const [event, direction] of this.#directions.entries()) directions.set(direction, event * dim);
    const { gates, vectors } = this.#network.users(this.#users, directions);
    for (const [user, row] of this.#rows.entries()) {
      this.#take(row, gates[user]!, vectors.subarray(user * dim, (user + 1) * dim));
    }
    [this.#rows, this.#users, this.#directions] = [[], [], []];
  }
}
