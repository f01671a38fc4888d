import { describe, expect, it } from '@jest/globals';

import {
  booleanField,
  choiceField,
  integerField,
  integersField,
  numberField,
  parseSpecification,
} from './specification.js';

const fields = {
  width: integerField(64, { min: 1, max: 512 }),
  dropout: numberField(0.1, { min: 0, max: 0.9 }),
  mode: choiceField('sum', ['sum', 'concat']),
  shuffle: booleanField(true),
  sizes: integersField([64, 64], { min: 2, max: 256, minLength: 1, maxLength: 3 }),
};

describe('parseSpecification', () => {
  it('fills in defaults and keeps what is given', () => {
    expect(parseSpecification('toy', fields, {})).toEqual({
      width: 64,
      dropout: 0.1,
      mode: 'sum',
      shuffle: true,
      sizes: [64, 64],
    });
    const given = { width: 8, dropout: 0, mode: 'concat', shuffle: false, sizes: [2] };
    expect(parseSpecification('toy', fields, given)).toEqual(given);
  });

  it.each([
    [{ width: 0 }, "'width' is outside of 1 to 512, it is 0"],
    [{ width: 1.5 }, "'width' is not an integer, it is 1.5"],
    [{ dropout: '0.5' }, "'dropout' is not a number"],
    [{ mode: 'mean' }, "'mode' is not one of sum, concat"],
    [{ shuffle: 1 }, "'shuffle' is neither true nor false"],
    [{ sizes: [] }, "'sizes' is not a list of 1 to 3 integers"],
    [{ sizes: [1] }, "'sizes' has an entry that is no integer from 2 to 256"],
    [{ with: 3 }, "'with' is not known; the fields are width, dropout, mode, shuffle, sizes"],
    [{ constructor: 3 }, "'constructor' is not known"],
  ])('refuses %j', (spec, message) => {
    expect(() => parseSpecification('toy', fields, spec)).toThrow(message);
  });

  it('lists all problems at once', () => {
    const act = () => parseSpecification('toy', fields, { width: 0, dropout: 2 });
    expect(act).toThrow(/specification for toy.*'width'.*'dropout'/);
  });
});
