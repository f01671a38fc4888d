import type { MethodDefinition } from '@grpc/grpc-js';
import { type CallOptions, IsthmusClient, IsthmusError, type TlsOptions } from '@isthmus/client';
import { AttestationServiceService } from '@isthmus/proto/isthmus/attestation/v1/attestation.js';
import { TransparencyLogServiceService } from '@isthmus/proto/isthmus/attestation/v1/log.js';
import { ProofServiceService } from '@isthmus/proto/isthmus/attestation/v1/run.js';
import { ModelServiceService } from '@isthmus/proto/isthmus/model/v1/model_service.js';
import { RepresentationServiceService } from '@isthmus/proto/isthmus/representation/v1/representation.js';
import { CatalogueServiceService } from '@isthmus/proto/isthmus/retrieval/v1/catalogue.js';
import { RetrievalServiceService } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';

/*
 * Makes every call of the contract through IsthmusClient: the TypeScript answer to what clients/README.md asks of each
 * language. Run by clients/typescript/contract-test.
 */

/** Services by their name in a method's path: the client's property and the generated definition. */
const services = {
  RetrievalService: ['retrieval', RetrievalServiceService],
  CatalogueService: ['catalogue', CatalogueServiceService],
  RepresentationService: ['representation', RepresentationServiceService],
  AttestationService: ['attestation', AttestationServiceService],
  ProofService: ['proofs', ProofServiceService],
  TransparencyLogService: ['log', TransparencyLogServiceService],
  ModelService: ['models', ModelServiceService],
} as const;

/** Time before a call that waits is cancelled. */
const CANCEL_AFTER_MS = 100;

interface Case {
  readonly id: number;
  readonly name: string;
  readonly method: string;
  readonly address: string;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
  /** Files of the caller; null for plain text. */
  readonly tls: {
    readonly ca: string;
    readonly certificate: string | null;
    readonly key: string | null;
  } | null;
  readonly behaviour: 'call' | 'cancel' | 'drain';
}

interface Begun {
  readonly requests: readonly string[];
  readonly deadlineMs: number | null;
}

// biome-ignore lint/suspicious/noExplicitAny: a method of any request and response
type AnyMethod = MethodDefinition<any, any>;
type AnyCall = (request: unknown, options: CallOptions) => AsyncGenerator<unknown> | Promise<unknown>;

const base = process.env.ISTHMUS_CONTRACT_URL ?? '';
const clients = new Map<string, IsthmusClient>();
const failed: string[] = [];
for (const one of await ask<Case[]>('cases?can=tls,drain')) {
  const begun = await ask<Begun>(`cases/${one.id}/begin`, { language: 'typescript' });
  const outcome = await perform(one, begun);
  const { passed, problem } = await ask<{ passed: boolean; problem: string }>(`cases/${one.id}/end`, outcome);
  if (!passed) failed.push(`${one.name}: ${problem}`);
}
for (const client of clients.values()) client.close();
for (const line of failed) console.log(line);
process.exitCode = failed.length === 0 ? 0 : 1;

async function perform(one: Case, { requests, deadlineMs }: Begun) {
  const { call, definition } = methodOf(one);
  const answers: string[] = [];
  const controller = new AbortController();
  const keep = (answer: unknown) =>
    answers.push(Buffer.from(definition.responseSerialize(answer)).toString('base64'));
  try {
    const messages = requests.map((request) => definition.requestDeserialize(Buffer.from(request, 'base64')));
    const options = { signal: controller.signal, ...(deadlineMs === null ? {} : { deadlineMs }) };
    const result = call(one.clientStreaming ? messages : messages[0], options);
    if (one.behaviour === 'cancel' && !one.serverStreaming)
      setTimeout(() => controller.abort(), CANCEL_AFTER_MS);
    if (one.serverStreaming) {
      for await (const answer of result as AsyncGenerator<unknown>) {
        keep(answer);
        if (one.behaviour === 'cancel') controller.abort();
        if (one.behaviour === 'drain') await ask(`cases/${one.id}/first`, {});
      }
    } else keep(await result);
    return { language: 'typescript', code: 'OK', answers };
  } catch (error) {
    if (!(error instanceof IsthmusError))
      return { language: 'typescript', code: '', message: String(error), answers };
    const { code, reason, message, violations } = error;
    return {
      language: 'typescript',
      code,
      reason,
      domain: reason === '' ? '' : 'isthmus',
      message,
      violations,
      answers,
    };
  }
}

function methodOf({ method, address, tls }: Case): { call: AnyCall; definition: AnyMethod } {
  const [service = '', name = ''] = method.slice(method.lastIndexOf('.') + 1).split('/');
  const place = `${address} ${tls?.certificate ?? (tls === null ? 'plain text' : 'nobody')}`;
  const [property, definitions] = services[service as keyof typeof services];
  const client =
    clients.get(place) ??
    new IsthmusClient({
      retrieval: address,
      representation: address,
      attestation: address,
      admin: address,
      ...(tls === null ? { insecure: true } : { tls: filesOf(tls) }),
    });
  clients.set(place, client);
  const key = name.charAt(0).toLowerCase() + name.slice(1);
  return {
    call: (client[property] as unknown as Record<string, AnyCall>)[key]!,
    definition: (definitions as unknown as Record<string, AnyMethod>)[key]!,
  };
}

function filesOf({ ca, certificate, key }: NonNullable<Case['tls']>): TlsOptions {
  return certificate === null || key === null ? { ca } : { ca, cert: certificate, key };
}

async function ask<Answer>(path: string, body?: unknown): Promise<Answer> {
  const post = { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${base}/${path}`, body === undefined ? {} : post);
  const answer = await response.json();
  if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
  return answer as Answer;
}
