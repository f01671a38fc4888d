import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type ObjectStore, openObjectStore } from '@isthmus/chassis';
import type { JsonObject } from '@isthmus/proof';
import { UsageError } from './usage-error.js';

/** Flags of a command by name, each with a value, or with several, or without one. */
export interface CommandFlags {
  text(name: string): string | undefined;
  /** Throws a {@link UsageError} where the flag is absent. */
  requiredText(name: string): string;
  texts(name: string): readonly string[];
  isSet(name: string): boolean;
  /** A whole number from 0. Throws a {@link UsageError} on anything else. */
  wholeNumber(name: string): number | undefined;
  /** The JSON object that the flag holds, or the file behind an `@`. Throws a {@link UsageError} on anything else. */
  json(name: string): JsonObject | undefined;
  /** The JSON value in the file that the flag names. */
  jsonFile<T>(name: string): T;
  /** Words that belong to no flag. */
  readonly words: readonly string[];
}

/** Reads the flags of a command. Throws a {@link UsageError} on an unknown one. */
export function readFlags(
  argv: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
): CommandFlags {
  const { values, positionals } = parse(argv, options);
  const text = (name: string): string | undefined => values[name] as string | undefined;
  const requiredText = (name: string): string => {
    const value = text(name);
    if (value === undefined) throw new UsageError(`--${name} is needed`);
    return value;
  };
  return {
    text,
    requiredText,
    texts: (name) => (values[name] as string[] | undefined) ?? [],
    isSet: (name) => values[name] === true,
    wholeNumber(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (!/^\d{1,15}$/.test(value))
        throw new UsageError(`--${name} must be a whole number from 0, not '${value}'`);
      return Number(value);
    },
    json(name) {
      const value = text(name);
      return value === undefined ? undefined : parseObject(name, value);
    },
    jsonFile<T>(name: string): T {
      const path = requiredText(name);
      try {
        return JSON.parse(readFileSync(path, 'utf8')) as T;
      } catch (cause) {
        throw new UsageError(`--${name}: ${path} cannot be read as JSON`, { cause });
      }
    },
    words: positionals,
  };
}

/** Where objects are kept if nothing is said: a folder that git does not see. */
const DEFAULT_OBJECTS = '.isthmus/objects';

/** The store that `--objects` names. */
export function objectsOf(flags: CommandFlags): ObjectStore {
  return openObjectStore(objectsUrlOf(flags));
}

/** URL of the store that `--objects` names. */
export function objectsUrlOf(flags: CommandFlags): string {
  return flags.text('objects') ?? pathToFileURL(resolve(DEFAULT_OBJECTS)).href;
}

function parseObject(name: string, text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text);
  } catch (cause) {
    throw new UsageError(`--${name} cannot be read as JSON`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`--${name} must be a JSON object`);
  return value as JsonObject;
}

function parse(argv: readonly string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
