import type { SegmentReads } from '../chain.js';
import { chainStart } from '../chain.js';
import { type ExportedModel, exportModel } from '../exported-model.js';
import { encodeManifest, type Manifest, manifestDigest } from '../manifest.js';
import type { InputInfo, Inputs, KernelProfile } from '../program.js';
import { type EncodedRecordSet, encodeRecordSet, openRecordSet } from '../record-set.js';
import { deriveSeed } from '../seed.js';
import { commitSegment, type RunContext, type SegmentCommitment, SegmentRunner } from '../segment-runner.js';
import { encodeState } from '../state.js';
import { stateHash } from '../state-hash.js';
import { toyProgram } from './toy-program.js';

/** A whole run of the toy program as its prover makes it. */
export interface ToyRun {
  readonly points: EncodedRecordSet;
  readonly manifestBytes: Uint8Array;
  readonly context: RunContext;
  readonly initialStateHash: Uint8Array;
  /** Encoded states, the first one included. */
  readonly states: readonly Uint8Array[];
  readonly reads: readonly SegmentReads[];
  readonly segments: readonly SegmentCommitment[];
  readonly model: ExportedModel;
}

/** Arithmetic of the toy program: no module of WebAssembly, so the hash of nothing stands for it. */
const toyKernelProfile: KernelProfile = {
  name: 'ecmascript-fround',
  version: '1.0.0',
  wasmSha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  canarySha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
};

/** Runs the toy program: 20 steps in segments of 8, so three segments, on 12 points. */
export function runToyProgram(nonce: Uint8Array, proverKeyId: string): ToyRun {
  const points = toyPoints();
  const manifest = toyManifest(points, proverKeyId);
  const manifestBytes = encodeManifest(manifest);
  const commitment = manifestDigest(manifestBytes);
  const seed = deriveSeed({ nonce, manifestDigest: commitment, proverKeyId });
  const context = { program: toyProgram, plan: manifest.plan, seed, inputs: toyInputs(points) };
  const runner = new SegmentRunner(context);
  let state = runner.initialize();
  const states = [encodeState(state)];
  const initialStateHash = stateHash(states[0] as Uint8Array);
  let chain = chainStart(commitment, seed, initialStateHash);
  const segments: SegmentCommitment[] = [];
  const reads: SegmentReads[] = [];
  for (let finished = false; !finished; ) {
    const result = runner.run(state);
    const committed = commitSegment(chain, result);
    segments.push(committed.commitment);
    states.push(committed.encodedState);
    reads.push(result.reads);
    ({ state, finished } = result);
    chain = committed.commitment.chain;
  }
  const model = exportModel(context, states.at(-1) as Uint8Array);
  return { points, manifestBytes, context, initialStateHash, states, reads, segments, model };
}

/** The inputs of the toy run, opened from their objects. */
export function toyInputs(points: Pick<EncodedRecordSet, 'descriptionBytes' | 'blob'>): Inputs {
  const opened = openRecordSet(points.descriptionBytes, points.blob);
  return {
    records(name) {
      if (name !== 'points') throw new Error(`there is no data set "${name}"`);
      return opened;
    },
    artefact: () => undefined,
  };
}

function toyPoints(): EncodedRecordSet {
  const records = Array.from({ length: 12 }, (_, i) => {
    const [a, b] = [(i % 4) / 4, (i % 3) / 2] as const;
    const x = new DataView(new ArrayBuffer(12));
    [a, b, 0.5 * a - 0.25 * b].forEach((value, at) => {
      x.setFloat32(4 * at, value, true);
    });
    return { x: new Uint8Array(x.buffer), y: new Uint8Array(0), id: BigInt(i) };
  });
  return encodeRecordSet(records, { kind: 'points', dimensions: 2 });
}

function toyManifest(points: EncodedRecordSet, proverKeyId: string): Manifest {
  const spec = { steps: 20, segmentSteps: 8 };
  const { size, root, description, digest } = points;
  const info: InputInfo = { records: { points: { size, root, description } }, artefacts: {} };
  return {
    v: 1,
    proverKeyId,
    program: { name: toyProgram.name, version: toyProgram.version, digest: '11'.repeat(32) },
    kernelProfile: toyKernelProfile,
    spec,
    plan: toyProgram.plan(spec, info),
    inputs: { records: { points: { size, root, description, object: digest } }, artefacts: {} },
    clientNonce: '22'.repeat(32),
  };
}
