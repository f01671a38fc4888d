import { describe, expect, it } from '@jest/globals';
import { textTable } from './text-table.js';

describe('textTable', () => {
  it('aligns columns, numbers to the right, and leaves no spaces at the end', () => {
    expect(
      textTable([
        ['item', 'n', 'note'],
        ['a', 5, 'long'],
        ['bcdef', 1234, ''],
      ]),
    ).toEqual(['item   n     note', 'a         5  long', 'bcdef  1234']);
  });
});
