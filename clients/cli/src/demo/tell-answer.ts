import type { RetrieveResponse } from '@isthmus/proto/isthmus/retrieval/v1/retrieval.js';
import { textTable } from '../text-table.js';
import type { DemoUser } from './choose-users.js';
import type { ItemNotes } from './item-notes.js';

/** Rows of an answer that are shown. */
export const SHOWN_HITS = 8;
const SHOWN_EVENTS = 6;
const SHOWN_INTERESTS = 5;
const SHOWN_CAUSES = 2;

/** An answer for people: who asked, which interests were found, which items, and what caused each. */
export function answerStory(
  { history, nextItemIds }: DemoUser,
  response: RetrieveResponse,
  targetDomain: string,
  note: ItemNotes,
): string[] {
  const named = (domain: string, itemId: string) => {
    const about = note(domain, itemId);
    return about === '' ? itemId : `${itemId} (${about})`;
  };
  const latest = history.slice(-SHOWN_EVENTS);
  const interests = textTable(
    response.interests.slice(0, SHOWN_INTERESTS).map((interest) => [
      interest.id,
      `${(100 * interest.probability).toFixed(0)} %`,
      interest.inHistory ? 'seen' : 'new',
      interest.exampleItemIds
        .slice(0, 3)
        .map((itemId) => named(targetDomain, itemId))
        .join(', '),
    ]),
  );
  const hits = textTable([
    ['', 'item', 'found by', 'because of'],
    ...response.hits.slice(0, SHOWN_HITS).map((hit, rank) => [
      rank + 1,
      `${named(targetDomain, hit.itemId)}${nextItemIds.has(hit.itemId) ? ' *' : ''}`,
      response.interests[hit.interest]?.id ?? '?',
      hit.causes
        .slice(0, SHOWN_CAUSES)
        .map((cause) => `${named(cause.domain, cause.itemId)} ${cause.probability.toFixed(2)}`)
        .join(', ') || '-',
    ]),
  ]);
  return [
    `history    ${history.length} events, the latest:`,
    ...rowsOf(latest.map(({ domain, itemId }) => named(domain, itemId))).map((line) => `  ${line}`),
    'interests',
    ...interests.map((line) => `  ${line}`),
    'candidates (* what this user really took next; nobody had been told)',
    ...hits.map((line) => `  ${line}`),
    foundLine(nextItemIds, response),
  ];
}

/** Names three to a row. */
function rowsOf(names: readonly string[]): string[] {
  const rows = [];
  for (let from = 0; from < names.length; from += 3) rows.push(names.slice(from, from + 3).join(', '));
  return rows;
}

function foundLine(nextItemIds: ReadonlySet<string>, { hits }: RetrieveResponse): string {
  const found = hits.filter(({ itemId }) => nextItemIds.has(itemId)).length;
  if (nextItemIds.size === 1)
    return `the one held-out item is ${found === 1 ? '' : 'not '}among the ${hits.length} candidates`;
  return `of the ${nextItemIds.size} held-out items, ${found} ${found === 1 ? 'is' : 'are'} among the ${hits.length} candidates`;
}
