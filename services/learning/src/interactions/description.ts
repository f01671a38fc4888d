import type { JsonObject } from '@isthmus/proof';

import { countEvents, domainIndex, type InteractionData } from './interaction-data.js';

/** What a committed data set says of itself; the record sets `interactions` and `items` carry the same. */
export interface InteractionDescription {
  /** Names of the domains; the index is the domain number in the records. */
  readonly domains: readonly string[];
  readonly users: number;
  readonly items: number;
  /** Items of the target domain; undefined in descriptions from before it was counted. */
  readonly targetItems?: number;
  readonly events: number;
  /** Domains whose events may cause interest in the target domain. */
  readonly sourceDomains: readonly string[];
  /** The domain that items are recommended from. */
  readonly targetDomain: string;
  /** How the training part was cut off, with every parameter of it. */
  readonly split: JsonObject;
}

/** The description of a data set, to be committed beside its roots. */
export function describeInteractions(
  data: InteractionData,
  roles: { readonly targetDomain: string; readonly split: JsonObject },
): InteractionDescription & JsonObject {
  const { domains, items } = data.catalogue;
  const target = domainIndex(domains, roles.targetDomain);
  return {
    domains,
    users: data.users.length,
    items: items.length,
    targetItems: items.filter(({ domain }) => domain === target).length,
    events: countEvents(data),
    sourceDomains: domains.filter((name) => name !== roles.targetDomain),
    targetDomain: roles.targetDomain,
    split: roles.split,
  };
}

/** Reads a description from a manifest. Throws an Error that names the field that is wrong. */
export function parseDescription(json: JsonObject): InteractionDescription {
  const domains = names(json, 'domains');
  const targetDomain = json.targetDomain;
  if (typeof targetDomain !== 'string' || !domains.includes(targetDomain)) throw wrong('targetDomain');
  const sourceDomains = names(json, 'sourceDomains');
  if (sourceDomains.some((name) => !domains.includes(name))) throw wrong('sourceDomains');
  const split = json.split;
  if (typeof split !== 'object' || split === null || Array.isArray(split)) throw wrong('split');
  return {
    domains,
    users: count(json, 'users'),
    items: count(json, 'items'),
    ...(json.targetItems !== undefined && { targetItems: count(json, 'targetItems') }),
    events: count(json, 'events'),
    sourceDomains,
    targetDomain,
    split: split as JsonObject,
  };
}

function names(json: JsonObject, field: string): readonly string[] {
  const value = json[field];
  if (!Array.isArray(value) || value.length > 256) throw wrong(field);
  if (!value.every((name): name is string => typeof name === 'string' && name !== '')) throw wrong(field);
  return value;
}

function count(json: JsonObject, field: string): number {
  const value = json[field];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw wrong(field);
  return value;
}

function wrong(field: string): Error {
  return new Error(`the description of the data set has no valid '${field}'`);
}
