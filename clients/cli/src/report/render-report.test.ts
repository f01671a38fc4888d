import { describe, expect, it } from '@jest/globals';
import { renderReport } from './render-report.js';
import type { ReportData, RunSummary } from './report-data.js';

const run: RunSummary = {
  program: 'gemirec',
  programDigest: 'aa'.repeat(32),
  modelDigest: 'bb'.repeat(32),
  trainingSeconds: 12.34,
  replaySeconds: 5.6,
  steps: 1_200,
  segments: 24,
  replayedSegments: 24,
  assurance: 'L3_FULL',
  mode: 'ONLINE',
  attestationId: 'cc'.repeat(32),
  logIndex: '7',
  curve: [
    { step: 0, phase: 'train', figures: { loss: 5 } },
    { step: 10, phase: 'train', figures: { loss: 4, 'recall@50': 0.1 } },
    { step: 20, phase: 'train', figures: { loss: 3, 'recall@50': 0.2 } },
  ],
};

const data: ReportData = {
  title: 'From <films> to books',
  date: '2026-01-01T00:00:00.000Z',
  machine: 'a processor, 2 cores',
  data: {
    name: 'simulator',
    users: 2_000,
    items: 1_200,
    events: 77_798,
    sourceDomain: 'films',
    targetDomain: 'books',
    warmUsers: 1_641,
    coldUsers: 359,
  },
  runs: [run],
  evaluation: {
    retrieval: [{ model: 'popularity', warmRecall50: 0.128, warmNdcg20: 0.02, coldRecall50: undefined }],
    auc: { representation: 0.91, targetOnly: 0.9, seeds: 3 },
  },
  recommendation: {
    history: [{ domain: 'films', itemId: '<script>alert(1)</script>', note: 'a & b' }],
    interests: [{ id: '4.13', probability: 0.26, generated: true, examples: ['book-1'] }],
    hits: [
      {
        itemId: 'book-2',
        note: '',
        score: 1.5,
        interestId: '4.13',
        causes: [{ itemId: 'film-1', note: 'travel', probability: 0.46 }],
      },
    ],
  },
  trace: {
    service: 'ranker',
    name: 'rank',
    startMs: 0,
    durationMs: 10,
    children: [{ service: 'retrieval', name: 'Retrieve', startMs: 1, durationMs: 8, children: [] }],
  },
  refusal: {
    file: 'tensors.bin',
    code: 'FAILED_PRECONDITION',
    reason: 'MODEL_ALTERED',
    message: 'not the same',
  },
};

describe('renderReport', () => {
  const page = renderReport(data);

  it('shows the proof, the answer, the trace, the figures and the refusal', () => {
    for (const text of [
      '24 of 24 segments',
      '1,641',
      '0.1280',
      '4.13',
      'film-1',
      'MODEL_ALTERED',
      '8.00 ms',
      '0.9100',
    ])
      expect(page).toContain(text);
  });

  it('draws a curve for each figure of a run', () => {
    expect(page.match(/<svg /g)).toHaveLength(2);
    expect(page).not.toContain('NaN');
  });

  it('escapes what comes from data', () => {
    expect(page).not.toContain('<script>');
    expect(page).toContain('From &#60;films&#62; to books');
    expect(page).toContain('a &#38; b');
  });

  it('needs nothing from outside', () => {
    expect(page).not.toMatch(/\b(src|href)=|url\(|@import/);
  });
});
