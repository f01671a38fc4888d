import type { z } from 'zod';

/** What `--help`, the documentation and the redaction need to know of an option. */
export interface OptionNotes {
  /** One sentence. */
  readonly description: string;
  /** Unit of a number, for example `ms` or `bytes`. */
  readonly unit?: string;
  /** Whether the value must not be shown: `--print-config` writes `[redacted]` instead. */
  readonly secret?: boolean;
}

/** One setting of a program: a schema with a default, and its notes. */
export interface Option<T> extends OptionNotes {
  readonly kind: 'option';
  readonly schema: z.ZodType<T>;
}

/** A tree of options: the path to a leaf is its name, for example `server.address`. */
export interface OptionTree {
  readonly [name: string]: Option<unknown> | OptionTree;
}

/** The values that a tree of options yields. */
export type ValuesOf<Tree> = {
  readonly [Name in keyof Tree]: Tree[Name] extends Option<infer Value>
    ? Value
    : Tree[Name] extends OptionTree
      ? ValuesOf<Tree[Name]>
      : never;
};

/**
 * Declares an option. The schema must have a default, unless the option is required.
 *
 * ```ts
 * option(z.number().int().min(1).default(64), { description: 'Most interests of an answer.' })
 * ```
 */
export function option<T>(schema: z.ZodType<T>, notes: OptionNotes): Option<T> {
  return { kind: 'option', schema, ...notes };
}

/** Whether a node of the tree is a leaf. */
export function isOption(node: unknown): node is Option<unknown> {
  return typeof node === 'object' && node !== null && (node as { kind?: unknown }).kind === 'option';
}

/** The leaves of a tree with their paths, in the order in which they were declared. */
export function* leavesOf(tree: OptionTree, prefix = ''): Generator<[path: string, option: Option<unknown>]> {
  for (const [name, node] of Object.entries(tree)) {
    if (isOption(node)) yield [prefix + name, node];
    else yield* leavesOf(node, `${prefix}${name}.`);
  }
}
