import type { PreparedItem, PreparedReader } from '@isthmus/trainer';

/** Words of a note at most. */
const MOST_WORDS = 2;

/** What an item is about in a word or two: its category, then its first words; empty where the data says nothing. */
export function itemNote({ category, tokens }: Pick<PreparedItem, 'category' | 'tokens'>): string {
  // Numbers at the end tell variants of a word apart.
  const words = [category, ...tokens.map((token) => token.replace(/-\d+$/, ''))];
  return [...new Set(words)]
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
    .join(', ');
}

/** Notes by domain and item id. */
export type ItemNotes = (domain: string, itemId: string) => string;

/** Notes of all items of a data set. Unknown items have none. */
export function itemNotes(reader: PreparedReader): ItemNotes {
  const notes = new Map<string, string>();
  for (let index = 0; index < reader.items; index += 1) {
    const item = reader.item(index);
    notes.set(`${item.domain}\n${item.itemId}`, itemNote(item));
  }
  return (domain, itemId) => notes.get(`${domain}\n${itemId}`) ?? '';
}
