import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ClientCase, ClientOutcome } from './client-case.js';
import { clientCases } from './client-cases.js';
import type { ClientWorld } from './client-world.js';
import { describeMesh } from './mesh-description.js';

/** What a client made of a case. */
export interface CaseReport {
  readonly name: string;
  /** Empty where it passed. */
  readonly problem: string;
}

/**
 * Gives the cases of the contract to clients of any language, over HTTP on loopback: `GET /mesh`, `GET /cases`,
 * `POST /cases/ID/begin`, `POST /cases/ID/first`, `POST /cases/ID/end` (`clients/README.md` describes the messages).
 */
export class CaseServer {
  readonly #world: ClientWorld;
  readonly #methods: ReadonlyMap<string, boolean> | undefined;
  readonly #cases: readonly ClientCase[];
  readonly #requests = new Map<string, readonly Buffer[]>();
  readonly #reports = new Map<string, Map<number, CaseReport>>();
  readonly #server: Server;

  /**
   * @param methods serves the cases of these only, `package.Service/Method`, and looks into the answers of those that have
   * true; all cases where nothing is said
   */
  constructor(world: ClientWorld, methods?: ReadonlyMap<string, boolean>) {
    this.#world = world;
    this.#methods = methods;
    this.#cases = clientCases().filter(({ definition }) => methods?.has(definition.path.slice(1)) ?? true);
    this.#server = createServer((request, response) => {
      this.#answer(request).then(
        (answer) => send(response, 200, answer),
        (error) => send(response, 400, { error: error instanceof Error ? error.message : String(error) }),
      );
    });
  }

  /** Starts to serve. @returns the base URL */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Names of all cases, or of those for runners without an ability of their own. */
  names({ plain = false }: { plain?: boolean } = {}): string[] {
    return this.#cases.filter((one) => !plain || needs(one).length === 0).map(({ name }) => name);
  }

  /** Reasons that the cases show. */
  get reasons(): ReadonlySet<string> {
    return new Set(this.#cases.flatMap(({ reason }) => (reason === undefined ? [] : [reason])));
  }

  /** What a language reported, case by case. */
  reports(language: string): CaseReport[] {
    return [...(this.#reports.get(language)?.values() ?? [])];
  }

  /** Ends the server; connections that are kept alive are cut. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<unknown> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const [, first, id, step] = pathname.split('/');
    if (first === 'mesh') return describeMesh(this.#world);
    if (first !== 'cases') throw new Error(`there is no ${request.url} here`);
    if (id === undefined) return this.#listed((searchParams.get('can') ?? '').split(','));
    const one = this.#cases[Number(id)];
    if (one === undefined) throw new Error(`there is no case ${id}`);
    const body = await bodyOf(request);
    switch (step) {
      case 'begin':
        return this.#begin(one, `${id} ${body.language}`);
      case 'first':
        this.#world.draining.drain();
        return {};
      default:
        return this.#end(one, Number(id), outcomeOf(body));
    }
  }

  /** @param abilities of the runner beyond those that the first ones had */
  #listed(abilities: readonly string[]) {
    return [...this.#cases.entries()]
      .filter(([, one]) => needs(one).every((ability) => abilities.includes(ability)))
      .map(([id, one]) => ({
        id,
        name: one.name,
        method: one.definition.path.slice(1),
        address: one.address(this.#world),
        tls: one.caller === undefined ? null : this.#world.guarded.files(one.caller),
        clientStreaming: one.definition.requestStream,
        serverStreaming: one.definition.responseStream,
        behaviour: one.behaviour,
      }));
  }

  async #begin(one: ClientCase, key: string) {
    const requests = await one.requests(this.#world);
    this.#requests.set(key, requests);
    const encoded = requests.map((request) => request.toString('base64'));
    return {
      requests: encoded,
      deadlineMs: one.deadlineMs,
      maxAnswers: one.behaviour === 'cancel' ? 1 : null,
    };
  }

  async #end(one: ClientCase, id: number, outcome: ClientOutcome) {
    const problem = await this.#problem(one, `${id} ${outcome.language}`, outcome);
    const reports = this.#reports.get(outcome.language) ?? new Map<number, CaseReport>();
    this.#reports.set(outcome.language, reports.set(id, { name: one.name, problem }));
    return { passed: problem === '', problem };
  }

  async #problem(one: ClientCase, key: string, outcome: ClientOutcome): Promise<string> {
    const requests = this.#requests.get(key);
    if (requests === undefined) return 'the case was ended and not begun';
    this.#requests.delete(key);
    try {
      await one.check(outcome, this.#world, requests);
      if (this.#methods?.get(one.definition.path.slice(1)) ?? true)
        await one.checkAnswers?.(outcome, this.#world, requests);
      return '';
    } catch (error) {
      return error instanceof Error && error.message !== '' ? error.message : 'failed without a message';
    }
  }
}

/** What a runner has to know to try a case; `GET /cases?can=tls,drain` says what it does. */
function needs({ caller, behaviour }: ClientCase): string[] {
  return [...(caller === undefined ? [] : ['tls']), ...(behaviour === 'drain' ? ['drain'] : [])];
}

type Body = Readonly<Record<string, unknown>>;

async function bodyOf(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Body;
}

/** A runner may leave out what is empty. */
function outcomeOf(body: Body): ClientOutcome {
  const text = (key: string) => String(body[key] ?? '');
  return {
    language: text('language'),
    code: text('code'),
    reason: text('reason'),
    domain: text('domain'),
    message: text('message'),
    violations: (body.violations ?? []) as ClientOutcome['violations'],
    answers: ((body.answers ?? []) as string[]).map((answer) => Buffer.from(answer, 'base64')),
  };
}

function send(response: ServerResponse, code: number, content: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(content));
}
