import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { IsthmusClient, type IsthmusError, ProofError, verifyAttestation } from '@isthmus/client';
import { UserContext } from '@isthmus/proto/isthmus/model/v1/user.js';
import type { RetrieveResponse } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';

/*
 * A re-ranker: takes candidates with their provenance, checks offline that the model which found them was attested, and
 * orders them by a small model of its own. clients/README.md describes arguments and output, the same in every language.
 */

/** Candidates asked for, and lines printed. */
const CANDIDATES = 50;
const SHOWN = 10;

/** A logistic model over where a candidate comes from: how probable its interest is, its rank there, its score. */
export function rerank({ hits, interests }: RetrieveResponse) {
  return hits
    .map(({ itemId, interest, rankInInterest, score }) => {
      const { probability = 0, id = '' } = interests[interest] ?? {};
      const logit = 0.5 * Math.log(probability + 1e-9) + 2 / (1 + rankInInterest) + 0.1 * score;
      return { itemId, interest: id, score: 1 / (1 + Math.exp(-logit)) };
    })
    .sort((a, b) => b.score - a.score || (a.itemId < b.itemId ? -1 : 1));
}

const { values } = parseArgs({
  options: Object.fromEntries(
    [
      ...['retrieval', 'model', 'user', 'trust', 'bundle', 'log-proof'],
      ...['tls-authority', 'tls-certificate', 'tls-key'],
    ].map((name) => [name, { type: 'string' }]),
  ) as Record<string, { type: 'string' }>,
});
const option = (name: string): string => {
  const value = values[name];
  if (typeof value !== 'string') throw new TypeError(`--${name}=… is missing`);
  return value;
};

/** Mutual TLS where an authority is named; otherwise plain text, for servers that have said so too. */
const protection =
  values['tls-authority'] === undefined
    ? { insecure: true }
    : { tls: { ca: option('tls-authority'), cert: option('tls-certificate'), key: option('tls-key') } };
const client = new IsthmusClient({ retrieval: option('retrieval'), deadlineMs: 10_000, ...protection });
try {
  const answer = await client.retrieval.retrieve({
    model: { name: option('model') },
    user: UserContext.fromJSON(JSON.parse(readFileSync(option('user'), 'utf8'))),
    k: CANDIDATES,
    explain: true,
  });
  const { name = '', version = '', digest = '' } = answer.model ?? {};
  const { attestationKeys, logVerifierKey } = JSON.parse(readFileSync(option('trust'), 'utf8'));
  const { attestationId, assurance, mode } = verifyAttestation({
    bundle: readFileSync(option('bundle')),
    logProof: readFileSync(option('log-proof'), 'utf8'),
    modelDigest: digest,
    trust: {
      attestationKeys,
      logVerifierKey,
      minimumAssurance: 'L3_FULL',
      requireOnline: true,
      requireLogProof: true,
    },
  });
  console.log(`model ${name} version ${version} attested ${attestationId} ${assurance} ${mode}: verified`);
  for (const [rank, { itemId, score, interest }] of rerank(answer).slice(0, SHOWN).entries())
    console.log([rank + 1, itemId, score.toFixed(6), interest].join('\t'));
} catch (error) {
  const kind = error instanceof ProofError ? error.code : ((error as IsthmusError).reason ?? '');
  console.error(`${kind}: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  client.close();
}
