import type { Random } from '@isthmus/learning';
import { exp, log } from '@isthmus/learning';
import type { Json, JsonObject } from '@isthmus/proof';

/** Values of a field: a list to choose from, or a range. */
export type SpaceField =
  | { readonly choices: readonly Json[] }
  | { readonly min: number; readonly max: number; readonly logarithmic: boolean; readonly integer: boolean };

/** What is searched: fields of a specification by name. */
export type SearchSpace = ReadonlyMap<string, SpaceField>;

/** Most configurations of a grid. */
const largestGrid = 10_000;

/**
 * Reads a space: `{"dropout": [0.2, 0.5], "learningRate": {"min": 1e-4, "max": 1e-2, "logarithmic": true}}`. Throws an Error that
 * names the field that is wrong.
 */
export function parseSearchSpace(json: JsonObject): SearchSpace {
  const entries = Object.entries(json);
  if (entries.length === 0) throw new Error('the space has no field');
  return new Map(entries.map(([name, value]) => [name, parseField(name, value)]));
}

function parseField(name: string, value: Json): SpaceField {
  if (Array.isArray(value)) {
    if (value.length === 0) throw new Error(`the space of '${name}' has no value`);
    return { choices: value };
  }
  const { min, max, logarithmic = false, integer = false } = (value ?? {}) as JsonObject;
  if (typeof min !== 'number' || typeof max !== 'number' || !(min <= max))
    throw new Error(`the space of '${name}' is neither a list nor {"min": ..., "max": ...}`);
  if (typeof logarithmic !== 'boolean' || typeof integer !== 'boolean' || (logarithmic && min <= 0))
    throw new Error(`the range of '${name}' is logarithmic from above 0, or not`);
  return { min, max, logarithmic, integer };
}

/** A configuration drawn from the space, field by field in ascending order of their names. */
export function drawConfiguration(space: SearchSpace, random: Random): JsonObject {
  const drawn: { [name: string]: Json } = {};
  for (const [name, field] of sorted(space)) drawn[name] = drawValue(field, random);
  return drawn;
}

function drawValue(field: SpaceField, random: Random): Json {
  if ('choices' in field) return field.choices[random.below(field.choices.length)]!;
  const { min, max, logarithmic, integer } = field;
  const share = random.float();
  const value = logarithmic ? exp(log(min) + share * (log(max) - log(min))) : min + share * (max - min);
  if (integer) return Math.min(Math.floor(max), Math.max(Math.ceil(min), Math.round(value)));
  // Three digits say all that a trial can tell, and can be written down.
  return Math.min(max, Math.max(min, Number(value.toPrecision(3))));
}

/** Every configuration of a space of lists, the last field changing first. Throws an Error on a range or too many. */
export function gridConfigurations(space: SearchSpace): JsonObject[] {
  let grid: JsonObject[] = [{}];
  for (const [name, field] of sorted(space)) {
    if (!('choices' in field)) throw new Error(`a grid needs a list of values for '${name}', not a range`);
    if (grid.length * field.choices.length > largestGrid)
      throw new Error(`the grid has more than ${largestGrid} configurations: search it at random`);
    grid = grid.flatMap((before) => field.choices.map((value) => ({ ...before, [name]: value })));
  }
  return grid;
}

function sorted(space: SearchSpace): (readonly [string, SpaceField])[] {
  return [...space].sort(([a], [b]) => (a < b ? -1 : 1));
}
