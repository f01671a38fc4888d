import { assuranceLevels, reaches } from './assurance.js';
import { JsonFields } from './json-fields.js';
import type { ProofOfLearning, Sha256Digest } from './predicate.js';
import type { Json, KernelProfile } from './program.js';
import type { MissProbability, Soundness } from './soundness.js';

/**
 * Reads a predicate of the type proof-of-learning v0.1. Unknown members are left out. Besides types and ranges it checks
 * that the parts agree: a level of L3 and above needs an exact replay of all segments, and `ONLINE` needs a nonce.
 */
export function parsePredicate(fields: JsonFields): ProofOfLearning {
  const predicate: ProofOfLearning = {
    verifier: verifierOf(fields.object('verifier')),
    run: runOf(fields.object('run')),
    program: programOf(fields.object('program')),
    inputs: inputsOf(fields.object('inputs')),
    trajectory: trajectoryOf(fields.object('trajectory')),
    verification: verificationOf(fields.object('verification')),
    nonClaims: fields.array('nonClaims').map((claim) => {
      if (typeof claim !== 'string') fields.fail('nonClaims', 'expected words');
      return claim;
    }),
  };
  requireAgreement(fields, predicate);
  return predicate;
}

function requireAgreement(fields: JsonFields, { run, trajectory, verification }: ProofOfLearning): void {
  const { level, compare, replayedAll, replayedSegments } = verification;
  if (replayedSegments > trajectory.segments)
    fields.fail('verification', 'more segments replayed than there are');
  if (replayedAll !== (replayedSegments === trajectory.segments)) {
    fields.fail(
      'verification',
      `"replayedAll" contradicts ${replayedSegments} of ${trajectory.segments} segments`,
    );
  }
  if (reaches(level, 'L2_SAMPLED') && compare !== 'EXACT')
    fields.fail('verification', `${level} is an exact comparison`);
  if (reaches(level, 'L3_FULL') && !replayedAll)
    fields.fail('verification', `${level} is a replay of all segments`);
  if ((run.mode === 'ONLINE') !== (run.nonceSha256 !== null))
    fields.fail('run', 'exactly ONLINE runs have a nonce');
}

function verifierOf(fields: JsonFields): ProofOfLearning['verifier'] {
  return {
    id: fields.text('id', /^[\x21-\x7e]{1,512}$/),
    version: fields.text('version', shortText),
    kernelProfile: kernelProfileOf(fields.object('kernelProfile')),
  };
}

function kernelProfileOf(fields: JsonFields): KernelProfile {
  return {
    name: fields.text('name', shortText),
    version: fields.text('version', shortText),
    wasmSha256: fields.sha256('wasmSha256'),
    canarySha256: fields.sha256('canarySha256'),
  };
}

function runOf(fields: JsonFields): ProofOfLearning['run'] {
  return {
    id: fields.text('id', /^([0-9a-f]{2}){16,32}$/),
    mode: fields.word('mode', ['ONLINE', 'POSTHOC']),
    manifestSha256: fields.sha256('manifestSha256'),
    proverKeyId: fields.sha256('proverKeyId'),
    nonceSha256: nullableSha256(fields, 'nonceSha256'),
    startLogIndex: count(fields, 'startLogIndex'),
    priorAttemptsByProver: count(fields, 'priorAttemptsByProver'),
    startedAt: fields.text('startedAt', timestamp),
    committedAt: fields.text('committedAt', timestamp),
    verifiedAt: fields.text('verifiedAt', timestamp),
  };
}

function programOf(fields: JsonFields): ProofOfLearning['program'] {
  return {
    name: fields.text('name', shortText),
    version: fields.text('version', shortText),
    digest: digestOf(fields),
    stoppingRule: fields.word('stoppingRule', ['IN_PROGRAM']),
    plan: fields.jsonObject('plan'),
    planSha256: fields.sha256('planSha256'),
  };
}

function inputsOf(fields: JsonFields): ProofOfLearning['inputs'] {
  return {
    records: entries(fields, 'records').map((set) => ({
      name: set.text('name', shortText),
      size: count(set, 'size'),
      digest: digestOf(set),
      merkleRoot: set.sha256('merkleRoot'),
    })),
    artefacts: entries(fields, 'artefacts').map((artefact) => ({
      name: artefact.text('name', shortText),
      digest: digestOf(artefact),
      attestationId: nullableSha256(artefact, 'attestationId'),
    })),
  };
}

function trajectoryOf(fields: JsonFields): ProofOfLearning['trajectory'] {
  return {
    steps: count(fields, 'steps', 1),
    segmentSteps: count(fields, 'segmentSteps', 1),
    segments: count(fields, 'segments', 1),
    chainHeadSha256: fields.sha256('chainHeadSha256'),
    statesRootSha256: fields.sha256('statesRootSha256'),
    initialStateHash: fields.sha256('initialStateHash'),
    finalStateHash: fields.sha256('finalStateHash'),
    reads: fields.word('reads', ['COMMITTED_PER_SEGMENT']),
  };
}

function verificationOf(fields: JsonFields): ProofOfLearning['verification'] {
  return {
    level: fields.word('level', assuranceLevels),
    compare: fields.word('compare', ['EXACT', 'TOLERANCE']),
    replayedSegments: count(fields, 'replayedSegments'),
    replayedAll: fields.boolean('replayedAll'),
    soundness: soundnessOf(fields.object('soundness')),
  };
}

function soundnessOf(fields: JsonFields): Soundness {
  return {
    model: fields.word('model', ['hypergeometric']),
    missProbability: entries(fields, 'missProbability').map((entry: JsonFields): MissProbability => {
      const p = entry.value('p');
      if (typeof p !== 'number' || p < 0 || p > 1) entry.fail('p', 'expected a probability');
      return { badSegments: count(entry, 'badSegments', 1), p };
    }),
    grindingBits: fields.integer('grindingBits', 0, 256),
  };
}

const shortText = /^[\x20-\x7e]{1,128}$/;
const timestamp = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z$/;

function entries(fields: JsonFields, name: string): JsonFields[] {
  return fields
    .array(name)
    .map(
      (value: Json, index) =>
        new JsonFields(value, 'STATEMENT_MALFORMED', `statement.predicate.${name}[${index}]`),
    );
}

function digestOf(fields: JsonFields): Sha256Digest {
  return { sha256: fields.object('digest').sha256('sha256') };
}

function nullableSha256(fields: JsonFields, name: string): string | null {
  return fields.value(name) === null ? null : fields.sha256(name);
}

function count(fields: JsonFields, name: string, minimum = 0): number {
  return fields.integer(name, minimum, Number.MAX_SAFE_INTEGER);
}
