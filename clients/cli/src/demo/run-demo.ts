import { renderTraceTree } from '@isthmus/chassis';
import type { AdminPort } from '../mesh/load-model.js';
import type { RunningProgram } from '../mesh/program-process.js';
import { newestModels, type PublishedModel, publishModel } from '../mesh/published-models.js';
import { chooseUser, type DemoUser } from './choose-users.js';
import { compareClicks } from './compare-clicks.js';
import { trainPeer } from './compare-peers.js';
import type { DemoContext } from './demo-context.js';
import type { DemoMeasurements } from './demo-figures.js';
import type { DemoOptions } from './demo-options.js';
import { evaluateResult } from './evaluate-result.js';
import { type ItemNotes, itemNotes } from './item-notes.js';
import { type DemoData, prepareDemoData } from './prepare-demo-data.js';
import { type RankedAnswer, Ranker } from './ranker.js';
import { showRefusals } from './show-refusals.js';
import { type ServingPrograms, startServices } from './start-services.js';
import { answerStory } from './tell-answer.js';
import { tellEvaluation } from './tell-evaluation.js';
import { traceEdges } from './trace-edges.js';
import { type AttestedRun, trainAttested } from './train-attested.js';
import { verifyOffline } from './verify-offline.js';

/** What a demo leaves: its figures, what the report shows beside them, and the programs that still run. */
export interface DemoOutcome {
  readonly measured: DemoMeasurements;
  readonly user: DemoUser;
  readonly answer: RankedAnswer;
  readonly note: ItemNotes;
  readonly models: readonly PublishedModel[];
  readonly programs: ServingPrograms & { readonly attestation: RunningProgram };
}

/** How often the work beside the story is looked at while the story waits. */
const TELL_INTERVAL_MS = 500;

/** The whole story, from events to an explained and proved answer. */
export async function runDemo(context: DemoContext, options: DemoOptions): Promise<DemoOutcome> {
  const { stopwatch, lane } = context;
  const attestation = stopwatch.time('start attestation', () => context.mesh.startAttestation());
  attestation.catch(() => {});
  const data = await stopwatch.time('data', () => prepareDemoData(context, options));
  const attestationProgram = await attestation;
  const { address } = attestationProgram;

  // One core follows the story; the other trains what it is compared with.
  const popularity = lane.add(() => trainPeer(context, 'popularity', data.file));
  const twoTower = lane.add(() => trainPeer(context, 'two-tower', data.file));
  const clicks = lane.add(() => compareClicks(context, options, data));

  const representation = await stopwatch.time('ce-cdr attested', () => {
    context.narrator.chapter('Which events cause which interest: CE-CDR, trained and proved');
    return trainAttested(context, { program: 'ce-cdr', dataFile: data.file, attestation: address });
  });
  const retrieval = await stopwatch.time('gemirec attested', () => {
    context.narrator.chapter('Which interests, and the items behind them: GemiRec, trained and proved');
    const { modelDigest } = representation.result;
    return trainAttested(context, {
      program: 'gemirec',
      dataFile: data.file,
      attestation: address,
      artefacts: { representation: { digest: modelDigest, attestationId: representation.attestation.id } },
    });
  });
  const evaluation = stopwatch.time('evaluate gemirec', () =>
    evaluateResult(context, retrieval.result, data.file),
  );
  evaluation.catch(() => {});

  const models = await publish(context, [representation, retrieval]);
  const serving = await stopwatch.time('start services', () => startServices(context, newestModels(models)));
  const programs = { attestation: attestationProgram, ...serving };
  const shown = await stopwatch.time('answers', () => askForBoth(context, data, programs));
  const refusals = await stopwatch.time('refusals', () =>
    showRefusals(context, adminOf(context, programs.retrieval), models),
  );
  const served = models.find(({ service }) => service === 'retrieval')!;
  const verifiedOffline = await verifyOffline(context, served);
  context.narrator.chapter('How good the models are on what was held out');
  const comparison = await stopwatch.time('wait for comparisons', () =>
    whileTelling(context, async () => ({
      retrievalEvaluation: await evaluation,
      popularity: (await popularity).evaluation,
      twoTower: (await twoTower).evaluation,
      clicks: await clicks,
    })),
  );
  tellEvaluation(context, { ...comparison, data });
  return {
    user: shown.user,
    answer: shown.answer,
    note: shown.note,
    models,
    programs,
    measured: {
      data,
      seed: context.seed,
      representation,
      retrieval,
      ...comparison,
      traceEdges: traceEdges(shown.answer.trace),
      ...refusals,
      verifiedOffline,
      services: Object.keys(programs).length,
      seconds: stopwatch.summary(),
    },
  };
}

/** The admin port of a program, for an operator. */
function adminOf({ mesh }: DemoContext, { adminAddress }: RunningProgram): AdminPort {
  return { address: adminAddress, security: mesh.security('operator') };
}

async function publish(
  { layout, objects }: DemoContext,
  runs: readonly AttestedRun[],
): Promise<PublishedModel[]> {
  const models = [];
  for (const { result } of runs) models.push(await publishModel(layout, objects, result));
  return models.filter((model) => model !== undefined);
}

async function askForBoth(context: DemoContext, data: DemoData, programs: ServingPrograms) {
  const { narrator } = context;
  const ranker = new Ranker(context, programs.retrieval.address);
  const note = itemNotes(data.reader);
  const { targetDomain } = data.prepared;
  const tell = (user: DemoUser, { response }: RankedAnswer) =>
    narrator.say(...answerStory(user, response, targetDomain, note));
  try {
    narrator.chapter('A ranking system asks for a user that it knows');
    const user = chooseUser(data, 'warm');
    // The first call also opens the connections: what is shown is the second.
    await ranker.ask('gemirec', user.history);
    const answer = await ranker.ask('gemirec', user.history);
    tell(user, answer);
    narrator.chapter(`And for a newcomer: no event in ${targetDomain} at all`);
    const newcomer = chooseUser(data, 'cold');
    tell(newcomer, await ranker.ask('gemirec', newcomer.history));
    narrator.chapter('The first call as one trace');
    narrator.say(...renderTraceTree(answer.trace, { colour: narrator.colour }).split('\n'));
    return { user, answer, note };
  } finally {
    await ranker.close();
  }
}

/** Shows how far the work beside the story is, until what is waited for is there. */
async function whileTelling<T>({ narrator, lane }: DemoContext, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    if (lane.latest !== undefined) narrator.progress(lane.latest);
  }, TELL_INTERVAL_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    narrator.settle();
  }
}
