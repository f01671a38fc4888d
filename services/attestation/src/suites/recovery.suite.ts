import { setTimeout as sleep } from 'node:timers/promises';
import { type Run, RunState } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { describe, expect, it } from '@jest/globals';
import type { AttestationWorld } from '../testing/attestation-world.js';
import { commitRun, replayerPids } from '../testing/toy-runs.js';

/** What a kill of anything costs: time, and nothing else. The program of the world is started anew. */
export function recoverySuite(world: () => AttestationWorld): void {
  describe('a replay', () => {
    it('loses nothing when its process is killed in the middle', async () => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 80, segmentSteps: 10, work: 16_000_000 });
      const runId = await commitRun(prover, manifest);
      for await (const { run } of world().proof().watchRun({ runId })) {
        if ((run?.replayedSegments ?? 0n) >= 1n) break;
      }
      // A process that is killed between two spans was not in the middle of one: then another is, a little later. The waits
      // grow, so that on a slow machine the next process is past its start.
      const lost = () => world().log.includes('a replay was lost and is repeated');
      for (let waitMs = 100; waitMs < 10_000 && !lost(); waitMs *= 1.2) {
        const [replayer] = replayerPids(world().pid);
        if (replayer !== undefined) process.kill(replayer, 'SIGKILL');
        await sleep(waitMs);
      }
      await prover.decided(runId);
      const { run: decided } = await world().proof().getRun({ runId });
      expect(decided?.verdict).toMatchObject({ accepted: true, replayedSegments: 8n });
      expect(world().log).toContain('a replay was lost and is repeated');
    }, 180_000);

    it('goes on when the service and a worker of another machine are both killed', async () => {
      await world().startWorker();
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 60, segmentSteps: 10, work: 16_000_000 });
      const runId = await commitRun(prover, manifest);
      for await (const { run } of world().proof().watchRun({ runId })) {
        if ((run?.replayedSegments ?? 0n) >= 1n) break;
      }
      await world().stop('SIGKILL');
      await world().start('--replay.heartbeatMs=200', '--replay.workers=0', '--limits.idleTimeoutMs=2000');
      await world().startWorker();
      let last: Run | undefined;
      for await (const { run } of world().proof().watchRun({ runId })) last = run;
      expect(last?.state).toBe(RunState.RUN_STATE_ATTESTED);
      expect(last?.verdict?.replayedSegments).toBe(6n);
    }, 180_000);
  });

  describe('a run that is left alone', () => {
    it('expires', async () => {
      const prover = world().prover();
      const manifest = await prover.manifest({ steps: 10, segmentSteps: 10 });
      const started = await prover.start(manifest);
      const runId = started.run?.id ?? '';
      expect((await prover.decided(runId)).state).toBe(RunState.RUN_STATE_EXPIRED);
      const requests = await prover.commitRequests(
        runId,
        prover.train(manifest, new Uint8Array(started.seed)),
      );
      await expect(prover.commit(requests)).rejects.toMatchObject({
        reason: 'RUN_STATE_CONFLICT',
        metadata: { state: 'EXPIRED' },
      });
    });
  });
}
