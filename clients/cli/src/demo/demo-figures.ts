import type { ModelEvaluation } from '@isthmus/trainer';
import type { ClickComparison } from './compare-clicks.js';
import type { DemoData } from './prepare-demo-data.js';
import type { Refusal } from './show-refusals.js';
import type { AttestedRun } from './train-attested.js';

/** Everything that a demo measured. */
export interface DemoMeasurements {
  readonly data: DemoData;
  readonly seed: number;
  readonly representation: AttestedRun;
  readonly retrieval: AttestedRun;
  readonly retrievalEvaluation: ModelEvaluation;
  readonly popularity: ModelEvaluation;
  readonly twoTower: ModelEvaluation;
  readonly clicks: ClickComparison;
  /** Edges between services in the trace of a call. */
  readonly traceEdges: readonly (readonly [string, string])[];
  readonly altered: Refusal | undefined;
  readonly unattested: Refusal | undefined;
  readonly verifiedOffline: boolean;
  readonly services: number;
  readonly seconds: { readonly [stage: string]: number };
}

/** The figures of a demo as its JSON line has them. All of them were measured by this run. */
export function demoFigures(measured: DemoMeasurements) {
  const { data, retrieval, representation, clicks } = measured;
  const models = [measured.retrievalEvaluation, measured.popularity, measured.twoTower] as const;
  const [own, popularity, twoTower] = models;
  return {
    services: measured.services,
    traceEdges: measured.traceEdges,
    attestation: {
      level: retrieval.verdict.level,
      mode: retrieval.result.mode,
      replayed: retrieval.verdict.replayedSegments,
      segments: retrieval.verdict.totalSegments,
    },
    tamperedRefused: measured.altered !== undefined,
    recall50: {
      retrieval: recall(own, 'warm'),
      popularity: recall(popularity, 'warm'),
      twoTower: recall(twoTower, 'warm'),
    },
    auc: { representation: clicks.representation, targetOnly: clicks.targetOnly },
    coldStartRecall50: {
      retrieval: recall(own, 'cold'),
      popularity: recall(popularity, 'cold'),
      twoTower: recall(twoTower, 'cold'),
    },
    aucSeeds: clicks.bySeed,
    unattestedRefused: measured.unattested !== undefined,
    refusals: { altered: measured.altered?.reason ?? '', unattested: measured.unattested?.reason ?? '' },
    verifiedOffline: measured.verifiedOffline,
    seed: measured.seed,
    data: {
      name: data.name,
      sourceDomain: data.prepared.sourceDomain,
      targetDomain: data.prepared.targetDomain,
      users: data.prepared.description.users,
      items: data.prepared.description.items,
      events: data.prepared.description.events,
      warmUsers: data.prepared.evaluated.warm ?? 0,
      coldUsers: data.prepared.evaluated.cold ?? 0,
    },
    runs: [representation, retrieval].map(runFigures),
    seconds: measured.seconds,
  };
}

/** Mean recall at 50 of a group of users. Throws where the group was not measured. */
export function recall({ ranking, program }: ModelEvaluation, group: string): number {
  const value = ranking[group]?.['recall@50'];
  if (value === undefined) throw new Error(`${program} was not measured on ${group} users`);
  return value;
}

function runFigures({ result, verdict, attestation }: AttestedRun) {
  return {
    program: result.program.name,
    programDigest: result.program.digest,
    modelDigest: result.modelDigest,
    seed: result.seed,
    steps: result.steps,
    level: verdict.level,
    mode: result.mode,
    replayed: verdict.replayedSegments,
    segments: verdict.totalSegments,
    attestationId: attestation.id,
    logIndex: attestation.logIndex,
    trainSeconds: result.trainMs / 1000,
    cpuSeconds: result.cpuSeconds,
    recordingShare: result.recordingShare,
    replaySeconds: verdict.verifyMs / 1000,
  };
}
