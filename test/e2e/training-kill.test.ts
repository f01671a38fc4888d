import { join } from 'node:path';
import { spawnTraining, type TrainingEvent, type TrainingFlags, type TrainResult } from '@isthmus/trainer';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ceCdrSpec } from '../support/small-specifications.js';
import { SuiteMesh } from '../support/suite-mesh.js';

let mesh: SuiteMesh;
let common: TrainingFlags;
// Many short segments, so that the kill meets the run in the middle.
const spec = { ...ceCdrSpec, segmentSteps: 3 };

beforeAll(async () => {
  mesh = await SuiteMesh.create('training-kill');
  const { dataFile, objectsUrl } = mesh.small;
  common = { program: 'ce-cdr', dataFile, objectsUrl, spec };
}, 600_000);

afterAll(async () => {
  await mesh?.remove();
}, 180_000);

/**
 * Trains until a few segments are done, kills the process, and starts the same command again. Most of the run is still to
 * come at that moment: the signal is in time however late this process reads of a segment.
 */
async function killedInTheMiddle(
  flags: TrainingFlags,
): Promise<{ readonly result: TrainResult; readonly resumedAt: number }> {
  const killed = spawnTraining(flags, (event) => {
    if (event.event === 'segment' && event.segment >= 2) killed.kill('SIGKILL');
  });
  await expect(killed.result).rejects.toThrow('SIGKILL');
  const events: TrainingEvent[] = [];
  const result = await spawnTraining(flags, (event) => events.push(event)).result;
  const resumed = events.find((event) => event.event === 'resumed');
  return { result, resumedAt: resumed?.segment ?? -1 };
}

describe('a training that is killed in the middle and started again', () => {
  it('gives the model of an undisturbed run', async () => {
    const undisturbed = await spawnTraining({ ...common, seed: 7 }).result;
    const checkpointDirectory = join(mesh.directory, 'local');
    const { result, resumedAt } = await killedInTheMiddle({ ...common, seed: 7, checkpointDirectory });
    expect(resumedAt).toBeGreaterThan(1);
    expect(resumedAt).toBeLessThan(undisturbed.segments);
    expect(result.modelDigest).toBe(undisturbed.modelDigest);
    expect(result.chainHead).toBe(undisturbed.chainHead);
    expect(result.segments).toBe(undisturbed.segments);
  }, 180_000);

  it('is still attested, every segment replayed', async () => {
    const attestation = await mesh.startAttestation();
    const { result, resumedAt } = await killedInTheMiddle({
      ...common,
      attestation: attestation.address,
      security: 'off',
      keyFile: join(mesh.directory, 'prover-key.pem'),
      checkpointDirectory: join(mesh.directory, 'attested'),
    });
    expect(resumedAt).toBeGreaterThan(1);
    expect(result.mode).toBe('ONLINE');
    expect(result.verdict).toMatchObject({
      state: 'ATTESTED',
      level: 'L3_FULL',
      replayedSegments: result.segments,
      totalSegments: result.segments,
    });
  }, 180_000);
});
