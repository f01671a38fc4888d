import { emptyHistory, historyFromEvents, type UserHistory } from '../interactions/user-history.js';

/** Events of all users in growing columns, in the order in which they were read: 21 bytes an event. */
export class EventStore {
  #size = 0;
  #users = new Uint32Array(1_024);
  #items = new Uint32Array(1_024);
  #domains = new Uint8Array(1_024);
  #timestampsMs = new Float64Array(1_024);
  #values = new Float32Array(1_024);

  get size(): number {
    return this.#size;
  }

  add(user: number, item: number, domain: number, timestampMs: number, value: number): void {
    if (this.#size === this.#users.length) this.#grow();
    const index = this.#size++;
    this.#users[index] = user;
    this.#items[index] = item;
    this.#domains[index] = domain;
    this.#timestampsMs[index] = timestampMs;
    this.#values[index] = value;
  }

  /** History of each of `userCount` users: stable by time, ties in the order in which they were read. */
  histories(userCount: number): UserHistory[] {
    const starts = new Uint32Array(userCount + 1);
    for (let index = 0; index < this.#size; index++) starts[this.#users[index]! + 1]!++;
    for (let user = 0; user < userCount; user++) starts[user + 1]! += starts[user]!;
    const next = starts.slice();
    const order = new Uint32Array(this.#size);
    for (let index = 0; index < this.#size; index++) order[next[this.#users[index]!]!++] = index;
    return Array.from({ length: userCount }, (_, user) => {
      const indices = order.subarray(starts[user]!, starts[user + 1]!);
      if (indices.length === 0) return emptyHistory;
      return historyFromEvents(
        Array.from(indices, (index) => ({
          domain: this.#domains[index]!,
          item: this.#items[index]!,
          timestampMs: this.#timestampsMs[index]!,
          value: this.#values[index]!,
        })),
      );
    });
  }

  #grow(): void {
    const capacity = 2 * this.#users.length;
    this.#users = grown(new Uint32Array(capacity), this.#users);
    this.#items = grown(new Uint32Array(capacity), this.#items);
    this.#domains = grown(new Uint8Array(capacity), this.#domains);
    this.#timestampsMs = grown(new Float64Array(capacity), this.#timestampsMs);
    this.#values = grown(new Float32Array(capacity), this.#values);
  }
}

function grown<T extends Uint32Array | Uint8Array | Float64Array | Float32Array>(larger: T, values: T): T {
  larger.set(values);
  return larger;
}
