import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { remedies } from './remedies.js';

describe('remedies', () => {
  it('are those of the contract, reason by reason', () => {
    const path = new URL('../../../proto/isthmus/model/v1/errors.proto', import.meta.url);
    const contract = [
      ...readFileSync(path, 'utf8').matchAll(/Remedy: (.*)\n {2}ERROR_REASON_([A-Z_]+) =/g),
    ].map(([, remedy, reason]) => [reason, remedy]);
    expect(contract.length).toBeGreaterThan(30);
    expect(remedies).toEqual(Object.fromEntries(contract));
  });
});
