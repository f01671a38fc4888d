import { afterEach, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { answeredCalls, secondsUntilShare, shares } from './answered-calls.js';
import { BegunAnswer } from './plain-client.js';
import type { Replica, ReplicaSet } from './replica-set.js';
import { type Caller, Traffic } from './traffic.js';

/** Calls through a balancer, by what may be done with them where a replica fails. */
export interface BalancedCallers {
  /** Reads: anybody may repeat them. */
  readonly reads: Caller;
  /** Changes under a request id, by a client of ours: repeated without harm. */
  readonly changes: Caller;
  /** Reads by a client that repeats nothing, where the balancer does. */
  readonly balancerRepeats?: Caller;
  /** Changes without a request id, by a client that repeats nothing: nobody may repeat what may have been carried out. */
  readonly onceOnly: Caller;
}

/** What is tried: replicas, and callers who reach them through a balancer. */
export interface Balanced {
  readonly set: ReplicaSet;
  readonly callers: BalancedCallers;
  /** Makes a change and gives its sequence number. */
  change(): Promise<bigint>;
}

/** What the cases have measured; failed are calls that may be repeated. */
export interface BalancingFigures {
  shareOfEach?: readonly number[];
  killed?: {
    readonly kills: number;
    readonly answered: number;
    readonly failed: number;
    /** Failed changes that nobody may repeat. */
    readonly onceOnly: number;
    readonly slowestMs: number;
  };
  newcomer?: {
    readonly answered: number;
    readonly failed: number;
    readonly seconds: number;
    readonly share: number;
  };
  ended?: { readonly answered: number; readonly failed: number; readonly slowestMs: number };
}

/** Replicas that are killed, one after the other: what a kill may cost depends on the moment. `.ci/balancing` asks for more. */
const kills = Number(process.env.ISTHMUS_BALANCING_KILLS ?? 1);

/** Full name of the method that reads. */
const readMethod = 'isthmus.retrieval.v1.RetrievalService/Retrieve';

/** What a balancer is held to: the same for each, in this order. Declares the tests and gives what they measure. */
export function balancingCases(
  balanced: () => Balanced,
  { newcomerWithinMs, endSparesOnceOnly }: { newcomerWithinMs: number; endSparesOnceOnly: boolean },
): BalancingFigures {
  const figures: BalancingFigures = {};
  let first: Replica;
  let second: Replica;
  let third: Replica;
  let traffic: Traffic<string> | undefined;
  const start = <Name extends keyof BalancedCallers>(...names: Name[]): Traffic<Name> => {
    const callers = Object.fromEntries(names.map((name) => [name, balanced().callers[name]]));
    const started = new Traffic<Name>(callers as Record<Name, Caller>);
    traffic = started;
    return started;
  };
  afterEach(async () => {
    await traffic?.stop();
  }, 30_000);

  it('shares the calls of one client between two replicas', async () => {
    const { set, callers } = balanced();
    first = await set.add();
    second = await set.add();
    set.publish(first, second);
    const both = [first, second];
    // Until each has answered, so that connections are there.
    let before = 0;
    await eventually(async () => {
      await callers.reads.call();
      before += 1;
      expect(both.every((replica) => answeredCalls(replica, readMethod).length > 0)).toBe(true);
    }, 30_000);
    const counted = () => both.reduce((sum, replica) => sum + answeredCalls(replica, readMethod).length, 0);
    const fromMs = Date.now();
    const running = start('reads');
    await running.answers(600);
    const { reads } = await running.stop();
    expect(reads.failures).toEqual([]);
    await eventually(async () => expect(counted()).toBe(before + reads.answered));
    figures.shareOfEach = shares(both, readMethod, { fromMs });
    for (const share of figures.shareOfEach) {
      expect(share).toBeGreaterThan(0.4);
      expect(share).toBeLessThan(0.6);
    }
  }, 120_000);

  it(
    'loses by a kill no call but changes without a request id, and does none of these twice',
    async () => {
      const { set, callers, change } = balanced();
      const killed = { kills: 0, answered: 0, failed: 0, onceOnly: 0, slowestMs: 0 };
      figures.killed = killed;
      for (let victim = first; ; victim = await replacement(set, second, callers.reads)) {
        const initial = await change();
        const running = start(...names(callers));
        await running.answers(30);
        await victim.program.kill();
        await running.answers(30);
        const lost = running.failuresOf('onceOnly');
        await running.answers(60);
        const { reads, changes, onceOnly, balancerRepeats } = await running.stop();
        const carriedOut = Number((await change()) - initial) - 1;
        killed.kills += 1;
        killed.answered += reads.answered + changes.answered;
        killed.failed += reads.failures.length + changes.failures.length;
        killed.onceOnly += onceOnly.failures.length;
        killed.slowestMs = Math.round(Math.max(killed.slowestMs, reads.slowestMs, changes.slowestMs));
        expect(reads.failures).toEqual([]);
        expect(changes.failures).toEqual([]);
        // A balancer repeats what has not begun to be answered.
        expect(
          balancerRepeats?.failures.filter((failure) => !(failure instanceof BegunAnswer)) ?? [],
        ).toEqual([]);
        // What was under way on the replica, or was sent there before its end was noticed; nothing later.
        expect(onceOnly.failures.slice(lost)).toEqual([]);
        expect(onceOnly.failures.filter(({ message }) => !message.includes('UNAVAILABLE'))).toEqual([]);
        const acknowledged = changes.answered + onceOnly.answered;
        expect(carriedOut).toBeGreaterThanOrEqual(acknowledged);
        expect(carriedOut).toBeLessThanOrEqual(acknowledged + onceOnly.failures.length);
        if (killed.kills === kills) return;
      }
    },
    120_000 + kills * 60_000,
  );

  it('gives a new replica its share within the age of a connection, and loses no call by ages', async () => {
    const { set } = balanced();
    set.publish(second);
    const running = start('reads', 'changes');
    third = await set.add();
    const both = [second, third];
    const fromMs = Date.now();
    set.publish(...both);
    const seconds = await secondsUntilShare(third, both, readMethod, {
      share: 0.25,
      fromMs,
      timeoutMs: 60_000,
    });
    const settledMs = Date.now();
    await running.answers(200);
    const { reads, changes } = await running.stop();
    const share = shares(both, readMethod, { fromMs: settledMs })[1] ?? 0;
    figures.newcomer = {
      answered: reads.answered + changes.answered,
      failed: reads.failures.length + changes.failures.length,
      seconds,
      share,
    };
    expect([...reads.failures, ...changes.failures]).toEqual([]);
    expect(share).toBeGreaterThanOrEqual(0.25);
    expect(seconds).toBeLessThanOrEqual(newcomerWithinMs / 1000);
  }, 180_000);

  it('loses no call when a replica is asked to end, even while its name still resolves to it', async () => {
    const running = endSparesOnceOnly ? start('reads', 'changes', 'onceOnly') : start('reads', 'changes');
    await running.answers(30);
    expect(await second.program.stop()).toBe(0);
    await running.answers(60);
    const reports = Object.values(await running.stop());
    const failures = reports.flatMap((report) => report.failures);
    figures.ended = {
      answered: reports.reduce((sum, { answered }) => sum + answered, 0),
      failed: failures.length,
      slowestMs: Math.round(Math.max(...reports.map(({ slowestMs }) => slowestMs))),
    };
    expect(failures).toEqual([]);
  }, 120_000);

  return figures;
}

/** The callers that there are. */
function names(callers: BalancedCallers): (keyof BalancedCallers)[] {
  return Object.keys(callers) as (keyof BalancedCallers)[];
}

/** Another replica beside the one that is left, when it is called. */
async function replacement(set: ReplicaSet, left: Replica, reads: Caller): Promise<Replica> {
  const added = await set.add();
  set.publish(left, added);
  await eventually(async () => {
    await reads.call();
    expect(answeredCalls(added, readMethod).length).toBeGreaterThan(0);
  }, 60_000);
  return added;
}
