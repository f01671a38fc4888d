import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideVerdict, type Failure, isMoot, type SpanOutcome } from './verdict.js';

const mismatch = (segment: number): Failure => ({
  class: 'REPLAY_MISMATCH',
  message: 'differs',
  segment,
  evidence: undefined,
});
const unable: Failure = { class: 'ABSTAIN', message: 'no kernels', segment: undefined, evidence: undefined };

function outcomes(...failures: (Failure | 'held' | 'open')[]): SpanOutcome[] {
  return failures.map((failure, i) => ({
    first: i * 2,
    end: i * 2 + 2,
    settled: failure !== 'open',
    failure: typeof failure === 'string' ? undefined : failure,
  }));
}

describe('a verdict', () => {
  it('accepts only when every span held and every segment was replayed', () => {
    expect(decideVerdict(4, 4, outcomes('held', 'held'))?.decision).toBe('ACCEPT');
    expect(decideVerdict(4, 3, outcomes('held', 'held'))).toBeUndefined();
    expect(decideVerdict(4, 4, outcomes('held', 'open'))).toBeUndefined();
  });

  it('waits for what comes before a failure, and for nothing after it', () => {
    expect(decideVerdict(6, 0, outcomes('open', mismatch(2), 'held'))).toBeUndefined();
    expect(decideVerdict(6, 2, outcomes('held', mismatch(2), 'open'))).toMatchObject({
      decision: 'REJECT',
      failure: { segment: 2 },
    });
  });

  it('abstains only where no earlier failure of the prover is known', () => {
    expect(decideVerdict(4, 0, outcomes(unable, mismatch(2)))?.decision).toBe('ABSTAIN');
    expect(decideVerdict(4, 0, outcomes(mismatch(0), unable))?.decision).toBe('REJECT');
  });

  it('is the same in whatever order the spans come back', () => {
    const final = outcomes('held', mismatch(3), 'held', mismatch(6), unable);
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (order) => {
        const known = outcomes('open', 'open', 'open', 'open', 'open');
        for (const index of order) {
          known[index] = final[index] as SpanOutcome;
          const verdict = decideVerdict(10, 3, known);
          if (verdict !== undefined) return verdict.failure?.segment === 3;
        }
        return false;
      }),
    );
  });

  it('makes the replay of later spans moot once an earlier one has failed', () => {
    const known = outcomes('open', mismatch(2), 'open');
    expect(isMoot({ first: 0 }, known)).toBe(false);
    expect(isMoot({ first: 4 }, known)).toBe(true);
  });
});
