/** Life of a run. The last four are final. */
export type RunState =
  | 'TRAINING'
  | 'COMMITTED'
  | 'REPLAYING'
  | 'ATTESTED'
  | 'REJECTED'
  | 'ABSTAINED'
  | 'EXPIRED';

/** What moves a run from one state to another. */
export type RunEvent = 'FINISH' | 'REPLAY_STARTED' | 'ACCEPT' | 'REJECT' | 'ABSTAIN' | 'EXPIRE';

/**
 * The state after `event`, or undefined where the event is not possible in `state`.
 * A rejection may precede the first replayed segment, because the initial checks come first.
 */
export function nextRunState(state: RunState, event: RunEvent): RunState | undefined {
  return transitions[state][event];
}

/** Whether nothing can happen to a run any more. */
export function isFinal(state: RunState): boolean {
  return Object.keys(transitions[state]).length === 0;
}

const decisions = { ACCEPT: 'ATTESTED', REJECT: 'REJECTED', ABSTAIN: 'ABSTAINED' } as const;

const transitions: Readonly<Record<RunState, Partial<Record<RunEvent, RunState>>>> = {
  TRAINING: { FINISH: 'COMMITTED', EXPIRE: 'EXPIRED' },
  COMMITTED: { REPLAY_STARTED: 'REPLAYING', ...decisions },
  REPLAYING: decisions,
  ATTESTED: {},
  REJECTED: {},
  ABSTAINED: {},
  EXPIRED: {},
};
