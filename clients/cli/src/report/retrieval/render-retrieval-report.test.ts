import type { RetrievalReportData } from '@isthmus/trainer';
import { describe, expect, it } from '@jest/globals';
import { renderRetrievalReport } from './render-retrieval-report.js';

const item = (itemId: string, code = '0.1') => ({ itemId, category: 'a & b', code });

const model = (
  name: string,
  recall: number,
): RetrievalReportData['comparisons'][number]['models'][number] => ({
  name,
  seeds: 2,
  masked: { 'recall@50': { mean: recall, deviation: 0.0012 }, 'recall@20': { mean: 0.1111, deviation: 0 } },
  unmasked: {},
  byHistoryLength: {},
  interests: {
    users: 9,
    interests: 4,
    meanPairwiseCosine: 0.4321,
    effectiveRank: 3.25,
    listJaccard: 0.0625,
    uniqueInterests: 4,
    coverage: Number.NaN,
  },
  differences: name === 'sasrec' ? {} : { 'recall@50': { estimate: -0.0123, low: -0.02, high: -0.004 } },
  evaluationCpuSeconds: 1,
});

const data: RetrievalReportData = {
  program: { name: 'gemirec', version: '1.0.0', digest: 'aa'.repeat(32) },
  modelDigest: 'bb'.repeat(32),
  date: '2026-01-01T00:00:00.000Z',
  machine: 'a processor, 2 cores',
  training: {
    mode: 'ONLINE',
    assurance: 'L3_FULL',
    steps: 1_234,
    segments: 24,
    cpuSeconds: 5.55,
    curve: [0, 10, 20].map((step) => ({ step, phase: 'joint', figures: { loss: 5 - step / 10, still: 1 } })),
    figures: { 'recall@50': 0.23456, undefinedHere: Number.NaN },
  },
  data: { users: 2_000, items: 600, events: 34_567, targetDomain: '<films>', domains: ['books', '<films>'] },
  dictionary: {
    items: 600,
    levels: [
      { codes: 3, occupancy: [400, 0, 200], perplexity: 1.89, dead: 1 },
      { codes: 2, occupancy: [300, 300], perplexity: 2, dead: 0 },
    ],
    codes: [
      { code: 0, items: 400, category: 'war', categoryShare: 0.625, examples: [item('film-1')] },
      { code: 2, items: 200, category: '', categoryShare: 0, examples: [] },
    ],
    tuples: 6,
    ownedTuples: 4,
  },
  transitions: {
    codes: [0, 2],
    counts: [
      [30, 10],
      [5, 0],
    ],
    total: 45,
  },
  byInterests: {
    group: 'warm',
    users: 400,
    points: [
      { x: 1, recall50: 0.1 },
      { x: 4, recall50: 0.1414 },
    ],
  },
  byAge: {
    group: 'warm',
    users: 300,
    points: [
      { x: 0, recall50: 0.2 },
      { x: 13, recall50: 0.1717 },
    ],
  },
  comparisons: [
    {
      group: 'warm',
      users: 1_439,
      bins: {},
      novelTargets: 3,
      targets: 9,
      baseline: 'sasrec',
      models: [model('sasrec', 0.2), model('gemirec', 0.2123)],
    },
  ],
  user: {
    group: 'warm',
    record: 12,
    history: [{ ...item('<script>alert(1)</script>'), domain: 'books' }],
    targets: [item('film-9')],
    interests: [[item('film-8')], [item('film-7')], [item('film-8')]],
    answer: [
      { ...item('film-9'), interest: 1, isTarget: true },
      { ...item('film-3'), interest: undefined, isTarget: false },
    ],
  },
};

describe('renderRetrievalReport', () => {
  const page = renderRetrievalReport(data);

  it.each([
    ['training', '1,234 steps'],
    ['the proof', 'L3_FULL, ONLINE'],
    ['a figure of the run', '0.2346'],
    ['perplexity', '1.9'],
    ['its share of the codes', '63 %'],
    ['what a code holds', 'war <i>63 %</i>'],
    ['a transition', '0 war → 2: 10 times, 25.0 %'],
    ['recall by interests', '0.1414'],
    ['recall by age', '0.1717'],
    ['peers', '0.2123 ± 0.0012'],
    ['a difference', '-0.0123 [-0.0200, -0.0040]'],
    ['collapse', '0.4321'],
    ['interests that find the same', '<td>1, 3</td>'],
    ['the interest behind an item', '<td>2</td><td>yes</td>'],
  ])('shows %s', (_what, text) => {
    expect(page).toContain(text);
  });

  it('draws what changes: one curve, two levels, the transitions, two measured curves', () => {
    expect(page.match(/<svg /g)).toHaveLength(6);
    expect(page).not.toContain('NaN');
    expect(page).not.toContain('undefined');
  });

  it('escapes what comes from data', () => {
    expect(page).not.toContain('<script>');
    expect(page).toContain('&#60;films&#62;');
    expect(page).toContain('a &#38; b');
  });

  it('needs nothing from outside', () => {
    expect(page).not.toMatch(/\b(src|href)=|url\(|@import/);
  });

  it('leaves out what a model without interests has not', () => {
    const bare = renderRetrievalReport({
      ...data,
      dictionary: undefined,
      transitions: undefined,
      byInterests: undefined,
      byAge: undefined,
      comparisons: [],
      user: undefined,
    });
    expect(bare.match(/<h2>/g)).toHaveLength(1);
    expect(bare).toContain('<h2>Training</h2>');
  });
});
