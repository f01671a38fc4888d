import { cpus } from 'node:os';
import type { TraceNode } from '@isthmus/chassis';
import type { RetrieveResponse } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import type { ModelEvaluation } from '@isthmus/trainer';
import type { RecommendationSummary, ReportData, RunSummary, TraceSpan } from '../report/report-data.js';
import type { DemoUser } from './choose-users.js';
import type { DemoMeasurements } from './demo-figures.js';
import { recall } from './demo-figures.js';
import type { ItemNotes } from './item-notes.js';
import type { AttestedRun } from './train-attested.js';

/** What the report shows beside the figures. */
export interface ReportMaterial {
  readonly user: DemoUser;
  readonly response: RetrieveResponse;
  readonly trace: TraceNode;
  readonly note: ItemNotes;
  /** When the demo ran. */
  readonly date: Date;
}

const SHOWN_HITS = 20;

/** The report of a demo, from what it measured. */
export function demoReport(measured: DemoMeasurements, material: ReportMaterial): ReportData {
  const { data, clicks, altered } = measured;
  const { description, sourceDomain, targetDomain, evaluated } = data.prepared;
  return {
    title: `Isthmus: from ${sourceDomain} to ${targetDomain}`,
    date: material.date.toISOString(),
    machine: describeProcessor(),
    data: {
      name: data.name,
      users: description.users,
      items: description.items,
      events: description.events,
      sourceDomain,
      targetDomain,
      warmUsers: evaluated.warm ?? 0,
      coldUsers: evaluated.cold ?? 0,
    },
    runs: [measured.representation, measured.retrieval].map(runSummary),
    evaluation: {
      retrieval: [
        evaluationRow('retrieval (GemiRec)', measured.retrievalEvaluation),
        evaluationRow('two-tower', measured.twoTower),
        evaluationRow('popularity', measured.popularity),
      ],
      auc: { ...clicks, seeds: clicks.seeds.length },
    },
    recommendation: recommendationSummary(material, targetDomain),
    trace: traceSpan(material.trace, material.trace.span.startNs),
    refusal: altered ?? { file: '', code: '', reason: '', message: 'The altered model was let in.' },
  };
}

function describeProcessor(): string {
  const cores = cpus();
  return `${cores[0]?.model.trim() ?? 'unknown processor'}, ${cores.length} cores, Node ${process.versions.node}`;
}

function evaluationRow(model: string, evaluation: ModelEvaluation) {
  return {
    model,
    warmRecall50: recall(evaluation, 'warm'),
    warmNdcg20: evaluation.ranking.warm?.['ndcg@20'] ?? Number.NaN,
    coldRecall50: evaluation.ranking.cold?.['recall@50'],
  };
}

function runSummary({ result, verdict, attestation }: AttestedRun): RunSummary {
  return {
    program: result.program.name,
    programDigest: result.program.digest,
    modelDigest: result.modelDigest,
    trainingSeconds: result.trainMs / 1000,
    replaySeconds: verdict.verifyMs / 1000,
    steps: result.steps,
    segments: verdict.totalSegments,
    replayedSegments: verdict.replayedSegments,
    assurance: verdict.level,
    mode: result.mode,
    attestationId: attestation.id,
    logIndex: attestation.logIndex,
    curve: result.curve,
  };
}

function recommendationSummary(
  { user, response, note }: ReportMaterial,
  targetDomain: string,
): RecommendationSummary {
  return {
    history: user.history.map(({ domain, itemId }) => ({ domain, itemId, note: note(domain, itemId) })),
    interests: response.interests.map((interest) => ({
      id: interest.id,
      probability: interest.probability,
      generated: !interest.inHistory,
      examples: interest.exampleItemIds.map((itemId) => {
        const about = note(targetDomain, itemId);
        return about === '' ? itemId : `${itemId} (${about})`;
      }),
    })),
    hits: response.hits.slice(0, SHOWN_HITS).map((hit) => ({
      itemId: hit.itemId,
      note: `${note(targetDomain, hit.itemId)}${user.nextItemIds.has(hit.itemId) ? ' (taken next)' : ''}`,
      score: hit.score,
      interestId: response.interests[hit.interest]?.id ?? '?',
      causes: hit.causes.map(({ domain, itemId, probability }) => ({
        itemId,
        note: note(domain, itemId),
        probability,
      })),
    })),
  };
}

function traceSpan({ span, children }: TraceNode, originNs: bigint): TraceSpan {
  return {
    service: span.service,
    name: span.name,
    startMs: Number(span.startNs - originNs) / 1e6,
    durationMs: span.durationMs,
    children: children.map((child) => traceSpan(child, originNs)),
  };
}
