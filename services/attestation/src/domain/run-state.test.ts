import { describe, expect, it } from '@jest/globals';
import { isFinal, nextRunState, type RunEvent, type RunState } from './run-state.js';

const states: RunState[] = [
  'TRAINING',
  'COMMITTED',
  'REPLAYING',
  'ATTESTED',
  'REJECTED',
  'ABSTAINED',
  'EXPIRED',
];
const events: RunEvent[] = ['FINISH', 'REPLAY_STARTED', 'ACCEPT', 'REJECT', 'ABSTAIN', 'EXPIRE'];

describe('the life of a run', () => {
  it('leads from training over replay to an attestation', () => {
    const path: RunEvent[] = ['FINISH', 'REPLAY_STARTED', 'ACCEPT'];
    expect(path.reduce<RunState>((state, event) => nextRunState(state, event) ?? state, 'TRAINING')).toBe(
      'ATTESTED',
    );
  });

  it('never leaves a final state', () => {
    const final = states.filter(isFinal);
    expect(final).toEqual(['ATTESTED', 'REJECTED', 'ABSTAINED', 'EXPIRED']);
    for (const state of final) for (const event of events) expect(nextRunState(state, event)).toBeUndefined();
  });

  it('decides nothing while commitments come in, and expires nothing afterwards', () => {
    expect(nextRunState('TRAINING', 'ACCEPT')).toBeUndefined();
    expect(nextRunState('COMMITTED', 'EXPIRE')).toBeUndefined();
  });
});
