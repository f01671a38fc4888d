import { afterAll, beforeAll, describe } from '@jest/globals';
import { proofServiceSuite } from './suites/proof-service.suite.js';
import { recoverySuite } from './suites/recovery.suite.js';
import { replaySuite } from './suites/replay.suite.js';
import { transparencyLogSuite } from './suites/transparency-log.suite.js';
import { AttestationWorld } from './testing/attestation-world.js';

/** The real program with its real database, started once for all suites: a database takes longer than a suite. */
describe('the attestation program', () => {
  let world: AttestationWorld;

  beforeAll(async () => {
    world = await AttestationWorld.create();
    await world.start('--replay.heartbeatMs=200', '--limits.openRunsPerProver=2');
  }, 180_000);

  afterAll(async () => {
    await world.remove();
  }, 180_000);

  proofServiceSuite(() => world);
  replaySuite(() => world);
  transparencyLogSuite(() => world);
  recoverySuite(() => world);
});
