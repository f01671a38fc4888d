import {
  type ServiceClient,
  startTelemetry,
  startTraceCollector,
  type Telemetry,
  type TraceCollector,
  type TraceNode,
} from '@isthmus/chassis';
import { IsthmusClient } from '@isthmus/client';
import { Assurance } from '@isthmus/proto/isthmus/model/v1/model.js';
import { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import {
  CrossDomainMode,
  CrossDomainStatus,
  RetrievalServiceClient,
  RetrieveRequest,
  type RetrieveResponse,
} from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type People, people } from '../support/people.js';
import { SuiteMesh } from '../support/suite-mesh.js';

let mesh: SuiteMesh;
let collector: TraceCollector;
let telemetry: Telemetry;
let retrieval: ServiceClient<typeof RetrievalServiceClient.service>;
let users: People;
let address: string;

beforeAll(async () => {
  mesh = await SuiteMesh.create('retrieve');
  collector = await startTraceCollector();
  telemetry = startTelemetry({ serviceName: 'ranker', otlpEndpoint: collector.url });
  users = await people(mesh.small);
  const serving = await mesh.startServing({ 'telemetry.otlpEndpoint': collector.url });
  ({ address } = serving.retrieval);
  retrieval = mesh.connect(RetrievalServiceClient, address, {
    interceptors: [telemetry.clientInterceptor(address)],
  });
}, 600_000);

afterAll(async () => {
  await mesh?.remove();
  await telemetry?.shutdown();
  await collector?.close();
}, 180_000);

/** A call as a ranking system makes it, and the trace that it left. */
async function rank(request: Partial<RetrieveRequest>) {
  const defaults = RetrieveRequest.fromPartial({ model: { name: 'gemirec' } });
  return telemetry.span('rank', {}, async ({ traceId }) => ({
    traceId,
    response: await retrieval.retrieve({ ...defaults, ...request }),
  }));
}

describe('Retrieve through the mesh', () => {
  let response: RetrieveResponse;
  let traceId: string;
  let record: number;

  beforeAll(async () => {
    record = users.warm[0]!;
    ({ response, traceId } = await rank({ user: users.context(record), k: 20, explain: true }));
  });

  it('gives candidates with interest, rank inside it and score, best first', () => {
    expect(response.hits).toHaveLength(20);
    const known = new Set(users.data.history(record).map(({ itemId }) => itemId));
    for (const hit of response.hits) {
      expect(known.has(hit.itemId)).toBe(false);
      expect(Number.isFinite(hit.score)).toBe(true);
      expect(response.interests[hit.interest]).toBeDefined();
      expect(hit.rankInInterest).toBeGreaterThanOrEqual(0);
    }
    expect(new Set(response.hits.map(({ itemId }) => itemId)).size).toBe(20);
    // The last one stands for all interests that were not asked for.
    expect(response.interests.at(-1)).toMatchObject({ id: 'other', codes: [] });
    for (const [index, interest] of response.interests.slice(0, -1).entries()) {
      expect(interest.id).toBe(interest.codes.join('.'));
      expect(interest.itemCount).toBeGreaterThan(0);
      expect(interest.probability).toBeLessThanOrEqual(response.interests[index - 1]?.probability ?? 1);
    }
  });

  it('names the source events that caused each hit', () => {
    const { events } = users.context(record);
    expect(response.hits.some(({ causes }) => causes.length > 0)).toBe(true);
    for (const { causes } of response.hits) {
      const probabilities = causes.map(({ probability }) => probability);
      expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
      for (const cause of causes) {
        const { domain, itemId, timestampMs } = events[cause.eventIndex]!;
        expect({ domain, itemId, timestampMs }).toEqual({
          domain: cause.domain,
          itemId: cause.itemId,
          timestampMs: cause.timestampMs,
        });
        expect(cause.domain).toBe(users.sourceDomain);
        expect(cause.probability).toBeGreaterThan(0);
        expect(cause.probability).toBeLessThanOrEqual(1);
      }
    }
  });

  it('says which models answered, and what was verified of their training', () => {
    const { representation, retrieval: trained } = mesh.small;
    expect(response.model).toEqual({
      name: 'gemirec',
      version: '1',
      digest: trained.modelDigest,
      attestationId: trained.attestation?.id,
      assurance: Assurance.ASSURANCE_L3_FULL,
    });
    expect(response.crossDomain?.status).toBe(CrossDomainStatus.CROSS_DOMAIN_STATUS_USED);
    expect(response.crossDomain?.model).toEqual({
      name: 'ce-cdr',
      version: '1',
      digest: representation.modelDigest,
      attestationId: representation.attestation?.id,
      assurance: Assurance.ASSURANCE_L3_FULL,
    });
  });

  it('leaves one trace, edge by edge', async () => {
    await telemetry.flush();
    await collector.waitForTrace(traceId, { minSpans: 14, timeoutMs: 15_000 });
    expect(outline(collector.tree(traceId))).toEqual([
      'ranker rank',
      '  ranker client RetrievalService/Retrieve',
      '    retrieval server RetrievalService/Retrieve',
      '      retrieval cross_domain',
      '        retrieval client RepresentationService/Represent',
      '          representation server RepresentationService/Represent',
      '            representation represent',
      '      retrieval posterior',
      '      retrieval search',
      '      retrieval merge',
      '      retrieval explain',
      '        retrieval client RepresentationService/ScoreCausality',
      '          representation server RepresentationService/ScoreCausality',
      '            representation score_causality',
    ]);
  });

  it('finds real candidates for users who only have a history in the source domain', async () => {
    const cold = users.cold.slice(0, 20);
    const ask = (crossDomain: CrossDomainMode) =>
      Promise.all(
        cold.map((one) => rank({ user: users.context(one), k: 20, crossDomain }).then((a) => a.response)),
      );
    const [informed, blind] = [
      await ask(CrossDomainMode.CROSS_DOMAIN_MODE_REQUIRED),
      await ask(CrossDomainMode.CROSS_DOMAIN_MODE_OFF),
    ];
    const listsOf = (answers: readonly RetrieveResponse[]) =>
      answers.map(({ hits }) => hits.map(({ itemId }) => itemId).join());
    for (const answer of informed) {
      expect(answer.crossDomain?.status).toBe(CrossDomainStatus.CROSS_DOMAIN_STATUS_USED);
      expect(answer.hits).toHaveLength(20);
    }
    // Without their source events nothing tells these users from each other; with them, much does.
    expect(new Set(listsOf(blind)).size).toBe(1);
    expect(new Set(listsOf(informed)).size).toBeGreaterThan(3);
    expect(listsOf(informed).filter((list, i) => list !== listsOf(blind)[i])).not.toHaveLength(0);
  });

  it('finds candidates for a user of whom nothing is known, and says so', async () => {
    const { response: answer } = await rank({
      user: UserContext.fromPartial({ userId: 'nobody' }),
      k: 10,
    });
    expect(answer.hits).toHaveLength(10);
    expect(answer.crossDomain?.status).toBe(CrossDomainStatus.CROSS_DOMAIN_STATUS_NO_SOURCE_EVENTS);
  });

  it('answers any number of users through the client, and a bad request fails alone', async () => {
    const client = new IsthmusClient({ retrieval: address, insecure: true, deadlineMs: 30_000 });
    const model = { name: 'gemirec' };
    const good = { model, user: users.context(record), k: 3 };
    const requests = Array.from({ length: 300 }, (_, i) => (i === 257 ? { ...good, k: 0 } : good));
    await expect(client.retrieveMany(requests)).rejects.toMatchObject({ reason: 'FIELD_INVALID' });
    requests[257] = { ...good, model: { name: 'nobody' } };
    const answers = await client.retrieveMany(requests);
    client.close();
    expect(answers[257]).toMatchObject({ code: 'NOT_FOUND', reason: 'MODEL_NOT_FOUND' });
    const rest = answers.filter((_, i) => i !== 257) as RetrieveResponse[];
    expect(new Set(rest.map(({ hits }) => hits.map(({ itemId }) => itemId).join())).size).toBe(1);
  }, 180_000);

  it('keeps the ids of users out of every log line', () => {
    const lines = collector.logs().map(({ body, attributes }) => `${body} ${JSON.stringify(attributes)}`);
    expect(lines.filter((line) => /user-\d|"nobody"/.test(line))).toEqual([]);
  });
});

/** The trace as lines, indented by depth: service, kind of call, name. */
function outline({ span, children }: TraceNode, depth = 0): string[] {
  const kind = span.kind === 'internal' ? '' : `${span.kind} `;
  const name = span.name.replace(/^isthmus\.[a-z]+\.v1\./, '');
  return [
    `${'  '.repeat(depth)}${span.service} ${kind}${name}`,
    ...children.flatMap((child) => outline(child, depth + 1)),
  ];
}
