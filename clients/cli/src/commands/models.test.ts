import { Assurance, Model, ModelReplica, ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import { describe, expect, it } from '@jest/globals';
import { versionLines } from './models.js';

describe('versionLines', () => {
  it('shows labels, assurance and how many replicas are ready, and below it what is not well', () => {
    const model = Model.fromPartial({
      identity: {
        name: 'gemirec',
        version: '2',
        digest: 'abcdef0123456789',
        assurance: Assurance.ASSURANCE_L3_FULL,
      },
      sizeBytes: 2_500_000n,
    });
    const ready = { state: ModelState.MODEL_STATE_READY, labels: ['canary', 'stable'] };
    const replicas = [
      ModelReplica.fromPartial({ id: '1111111122', host: 'pod-a', ...ready }),
      ModelReplica.fromPartial({ id: '2222222233', host: 'pod-b', ...ready, labels: ['stable'] }),
      ModelReplica.fromPartial({
        id: '3333333344',
        host: 'pod-c',
        state: ModelState.MODEL_STATE_FAILED,
        failure: 'It was altered.',
        failureReason: 'MODEL_ALTERED',
      }),
    ];
    expect(versionLines([{ model, replicas }])).toEqual([
      'model    version  labels                           assurance  ready   size    digest',
      'gemirec  2        canary (1 of 3) stable (2 of 3)  L3_FULL    2 of 3  2.5 MB  abcdef012345',
      'gemirec 2 is failed on pod-c (33333333): MODEL_ALTERED It was altered.',
    ]);
  });

  it('says what to do where nothing is registered', () => {
    expect(versionLines([])).toEqual(['no version is registered: see `isthmus publish --help`']);
  });
});
