import { readFileSync } from 'node:fs';
import type { JsonObject } from '@isthmus/proof';

/** The specifications that tests of every kind train with, those of `deploy/` too. */
const specifications = JSON.parse(
  readFileSync(new URL('./small-specifications.json', import.meta.url), 'utf8'),
) as { readonly 'ce-cdr': JsonObject; readonly gemirec: JsonObject };

/** A representation model that trains in a second or two and still has every phase, in a handful of segments. */
export const ceCdrSpec = specifications['ce-cdr'];

/** A retrieval model of the same kind. */
export const gemirecSpec = specifications.gemirec;
