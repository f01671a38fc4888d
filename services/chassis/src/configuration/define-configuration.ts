import { baseOptions } from './base-options.js';
import { isOption, leavesOf, type Option, type OptionTree, type ValuesOf } from './option.js';

/** Values of the options that every program has. */
export type BaseConfiguration = ValuesOf<typeof baseOptions>;

/** A program's options, ready to be read with `loadConfiguration`. */
export interface ConfigurationSpec<T> {
  readonly options: OptionTree;
  /** Default values that replace those of the options, by path. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Conditions over several options; each returns what is wrong and what to do, or nothing. */
  readonly conditions: readonly Condition<T>[];
}

/** A condition over several options: returns the problem in words, or `undefined` where there is none. */
export type Condition<T> = (configuration: T) => string | undefined;

/** What a program may add beside its own options. */
export interface ConfigurationExtras<T> {
  /** Other defaults for base options, for example `{'server.address': '127.0.0.1:7401'}`. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly conditions?: readonly Condition<T>[];
}

/**
 * Declares the configuration of a program: the options that every program has, and its own.
 *
 * ```ts
 * const configuration = defineConfiguration({
 *   index: { flushRows: option(z.number().int().min(1).default(4096), { description: '…', unit: 'rows' }) },
 * });
 * ```
 */
export function defineConfiguration<Own extends OptionTree>(
  own: Own,
  extras: ConfigurationExtras<BaseConfiguration & ValuesOf<Own>> = {},
): ConfigurationSpec<BaseConfiguration & ValuesOf<Own>> {
  const options = merge(baseOptions, own);
  const known = new Set([...leavesOf(options)].map(([path]) => path));
  for (const path of Object.keys(extras.defaults ?? {})) {
    if (!known.has(path)) throw new Error(`There is no option ${path} to give a default to.`);
  }
  return {
    options,
    defaults: extras.defaults ?? {},
    conditions: [keepaliveOutlastsGrace, ...(extras.conditions ?? [])],
  };
}

/** grpc-js drops calls whose keepalive probe meets a closing server: see `keepaliveTimeMs` in server/limits.ts. */
function keepaliveOutlastsGrace({ client, server }: BaseConfiguration): string | undefined {
  const graceMs = Math.max(server.shutdownGraceMs, server.maxConnectionAgeGraceMs);
  if (client.keepaliveTimeMs > graceMs) return undefined;
  return `client.keepaliveTimeMs (${client.keepaliveTimeMs}) must be above server.shutdownGraceMs and server.maxConnectionAgeGraceMs (${graceMs}), or calls are lost while a server drains. Raise the first or lower the others.`;
}

function merge(base: OptionTree, own: OptionTree): OptionTree {
  const merged: Record<string, Option<unknown> | OptionTree> = { ...base };
  for (const [name, node] of Object.entries(own)) {
    const present = merged[name];
    if (present === undefined) merged[name] = node;
    else if (isOption(present) || isOption(node)) throw new Error(`The option ${name} is declared twice.`);
    else merged[name] = merge(present, node);
  }
  return merged;
}
