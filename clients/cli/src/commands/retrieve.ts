import type { SecurityFlags } from '@isthmus/chassis';
import { IsthmusClient } from '@isthmus/client';
import type { RetrieveResponse } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { CrossDomainMode, CrossDomainStatus } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { exitCode } from '../exit-code.js';
import { meshLayout } from '../mesh/layout.js';
import { commandSecurity, protectionOf } from '../mesh/protection.js';
import { textTable } from '../text-table.js';
import { type UserOptions, userFromOptions } from '../user-events.js';
import type { Command } from './command-context.js';

/** Options of `isthmus retrieve` and `isthmus explain`. */
export interface RetrieveOptions extends UserOptions, SecurityFlags {
  /** Folder of the mesh, whose certificates are used where no others are named. */
  readonly directory: string;
  readonly retrieval: string;
  readonly model: string;
  readonly label?: string;
  readonly k: number;
  readonly interests: number;
  readonly deadlineMs: number;
  /** Whether each item should name the source events that caused it. */
  readonly explain: boolean;
  readonly withoutCrossDomain?: boolean;
}

/** Asks the retrieval service for candidates and prints them with the interest that found each. */
export const retrieve: Command<RetrieveOptions> = async (options, { output, signal }) => {
  const { certificatesDirectory } = meshLayout(options.directory);
  const security = commandSecurity(options, certificatesDirectory, 'ranker');
  const { retrieval, deadlineMs } = options;
  const client = new IsthmusClient({ retrieval, deadlineMs, ...protectionOf(security) });
  try {
    const answer = await client.retrieval.retrieve(
      {
        model: {
          name: options.model,
          ...(options.label === undefined
            ? {}
            : { choice: { $case: 'label' as const, value: options.label } }),
        },
        user: await userFromOptions(options),
        k: options.k,
        interests: options.interests,
        explain: options.explain,
        crossDomain: options.withoutCrossDomain
          ? CrossDomainMode.CROSS_DOMAIN_MODE_OFF
          : CrossDomainMode.CROSS_DOMAIN_MODE_AUTO,
      },
      { signal },
    );
    for (const line of answerLines(answer, options.explain)) output.line(line);
    output.result(answer);
    return exitCode.ok;
  } finally {
    client.close();
  }
};

/** An answer as lines for people: the interests, then the hits, then what stands behind them. */
export function answerLines(answer: RetrieveResponse, explained: boolean): string[] {
  const interests = textTable([
    ['interest', 'probability', 'items', 'from'],
    ...answer.interests.map((interest) => [
      interest.id,
      interest.probability.toFixed(3),
      interest.itemCount,
      interest.inHistory ? 'history' : 'generated',
    ]),
  ]);
  const hits = textTable([
    ['rank', 'item', 'score', 'interest', ...(explained ? ['caused by'] : [])],
    ...answer.hits.map((hit, rank) => [
      rank + 1,
      hit.itemId,
      hit.score.toFixed(3),
      answer.interests[hit.interest]?.id ?? '?',
      ...(explained ? [causesText(hit.causes)] : []),
    ]),
  ]);
  return ['Interests', ...indented(interests), 'Items', ...indented(hits), behindLine(answer)];
}

function causesText(causes: RetrieveResponse['hits'][number]['causes']): string {
  if (causes.length === 0) return '-';
  return causes
    .slice(0, 3)
    .map((cause) => `${cause.domain}:${cause.itemId} (${cause.probability.toFixed(2)})`)
    .join(', ');
}

function behindLine({ model, crossDomain, plan, sequence }: RetrieveResponse): string {
  const status =
    CrossDomainStatus[crossDomain?.status ?? CrossDomainStatus.CROSS_DOMAIN_STATUS_UNSPECIFIED] ?? '';
  const other = status.replace('CROSS_DOMAIN_STATUS_', '').toLowerCase().replaceAll('_', ' ');
  const attested = model?.attestationId
    ? `attestation ${model.attestationId.slice(0, 12)}`
    : 'no attestation';
  return (
    `Answered by ${model?.name} ${model?.version} (${attested}); other domains: ${other}` +
    `; ${plan?.name}, ${plan?.rowsScanned ?? 0} rows, catalogue at ${sequence}`
  );
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
