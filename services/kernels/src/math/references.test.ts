import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { elementaryFunctions } from './elementary-functions.js';

/** Made by make-reference-vectors.py with 60 digits. */
const vectors = JSON.parse(
  readFileSync(new URL('./references.vectors.json', import.meta.url), 'utf8'),
) as Record<string, [x: number, y: number][]>;

describe('references of the elementary functions', () => {
  it.each(elementaryFunctions)('$name agrees with 60 digits to 2^-40', ({ name, reference }) => {
    const worst = Math.max(...vectors[name]!.map(([x, y]) => Math.abs(reference(x) - y) / Math.abs(y)));
    expect(vectors[name]!.length).toBeGreaterThan(40);
    expect(worst).toBeLessThan(2 ** -40);
  });
});
