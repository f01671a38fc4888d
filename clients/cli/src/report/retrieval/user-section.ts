import type { RetrievalReportData } from '@isthmus/trainer';
import { html, type Markup } from '../html.js';

type ExplainedUser = NonNullable<RetrievalReportData['user']>;
type Item = ExplainedUser['targets'][number];

/** One user: the history, what each interest finds, the answer with the interest behind each item, and what came. */
export function userSection({ group, record, history, targets, interests, answer }: ExplainedUser): Markup {
  return html`<section><h2>One user, explained</h2>
<p>Record ${record}, of ${group}. Numbers are the interest of an item in the dictionary, coarse to fine.</p>
<div class="columns"><div><h3>History, oldest first</h3><ol>${history.map(
    (event) => html`<li><b>${event.domain}</b> ${item(event)}</li>`,
  )}</ol></div>
<div><h3>What came after</h3><ol>${targets.map((target) => html`<li>${item(target)}</li>`)}</ol>
<h3>Answer</h3><table><tr><th></th><th>item</th><th>interest that finds it</th><th>came</th></tr>${answer.map(
    (found, place) =>
      html`<tr><td class="number">${place + 1}</td><td>${item(found)}</td><td>${found.interest === undefined ? '–' : found.interest + 1}</td><td>${found.isTarget ? 'yes' : ''}</td></tr>`,
  )}</table></div></div>
${
  interests.length === 0
    ? ''
    : html`<h3>What each interest finds by itself</h3><table><tr><th>interests</th><th>items, best first</th></tr>${distinct(
        interests,
      ).map(
        ({ list, places }) =>
          html`<tr><td>${places.map((place) => place + 1).join(', ')}</td><td>${list.map((found) => html`<span class="cause">${item(found)}</span> `)}</td></tr>`,
      )}</table>`
}</section>`;
}

/** Lists with the interests that find them: those that find the same share a row. */
function distinct(interests: readonly (readonly Item[])[]): { list: readonly Item[]; places: number[] }[] {
  const rows = new Map<string, { list: readonly Item[]; places: number[] }>();
  interests.forEach((list, place) => {
    const key = JSON.stringify(list.map(({ itemId }) => itemId));
    const row = rows.get(key) ?? { list, places: [] };
    row.places.push(place);
    rows.set(key, row);
  });
  return [...rows.values()];
}

function item({ itemId, category, code }: Item): Markup {
  return html`${itemId} <i>${[category, code].filter((part) => part !== '').join(' · ')}</i>`;
}
