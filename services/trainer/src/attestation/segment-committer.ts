import { CommitSegmentsRequest, GetRunRequest } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import type { SegmentRecord } from '../training/checkpoint-directory.js';
import type { ProofClient } from './proof-client.js';
import { untilItPasses } from './transient-failure.js';

/**
 * Commits the segments of a run in order over one stream. At most `window` of them are ahead of their acknowledgement;
 * a stream that breaks is opened again, from the segment that the service says comes next.
 */
export class SegmentCommitter {
  readonly #client: ProofClient;
  readonly #runId: string;
  readonly #window: number;
  readonly #segments: SegmentRecord[] = [];
  #acknowledged = 0;
  #closed = false;
  #failure: unknown;
  #wake: (() => void)[] = [];
  #cancel: () => void = () => {};

  constructor(client: ProofClient, runId: string, window: number) {
    this.#client = client;
    this.#runId = runId;
    this.#window = window;
    untilItPasses(() => this.#stream()).catch((error: unknown) => {
      this.#failure = error;
      this.#changed();
    });
  }

  /** Hands over the next segment; resolves when another one may follow. Throws what the service refused it with. */
  async commit(segment: SegmentRecord): Promise<void> {
    this.#segments.push(segment);
    this.#changed();
    await this.#until(() => this.#segments.length - this.#acknowledged < this.#window);
  }

  /** Waits until every segment is durable at the service. */
  async settle(): Promise<void> {
    await this.#until(() => this.#acknowledged >= this.#segments.length);
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
    this.#changed();
  }

  /** One stream, from the segment that the service wants next until this committer is closed. */
  async #stream(): Promise<void> {
    const { run } = await this.#client.getRun(GetRunRequest.fromPartial({ runId: this.#runId }));
    this.#acknowledge(run?.committedSegments ?? 0n);
    if (this.#closed) return;
    const stream = this.#client.commitSegments();
    this.#cancel = () => stream.cancel();
    let over = false;
    const reading = (async () => {
      for await (const { nextSegment } of stream) this.#acknowledge(nextSegment);
    })().finally(() => {
      over = true;
      this.#changed();
    });
    const writing = (async () => {
      for (let next = this.#acknowledged; !over && !this.#closed; ) {
        const segment = this.#segments[next];
        if (segment === undefined) await this.#change();
        else {
          await stream.write(requestOf(this.#runId, segment));
          next += 1;
        }
      }
    })();
    try {
      await Promise.all([reading, writing]);
    } catch (error) {
      if (!this.#closed) throw error;
    } finally {
      stream.cancel();
    }
  }

  #acknowledge(nextSegment: bigint): void {
    this.#acknowledged = Math.max(this.#acknowledged, Number(nextSegment));
    this.#changed();
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#closed) throw new Error('the run was closed before its segments were committed');
      await this.#change();
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  #changed(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const resolve of waiting) resolve();
  }
}

function requestOf(runId: string, segment: SegmentRecord): CommitSegmentsRequest {
  return CommitSegmentsRequest.fromPartial({
    runId,
    segment: BigInt(segment.segment),
    stateHash: Buffer.from(segment.stateHash, 'hex'),
    readsDigest: Buffer.from(segment.readsDigest, 'hex'),
    chain: Buffer.from(segment.chain, 'hex'),
    stateObject: Buffer.from(segment.stateObject ?? '', 'hex'),
    steps: BigInt(segment.steps),
    initialStateHash: Buffer.from(segment.initialStateHash ?? '', 'hex'),
  });
}
