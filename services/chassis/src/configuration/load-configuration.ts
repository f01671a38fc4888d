import type { Assignment } from './assignment.js';
import { ConfigurationError } from './configuration-error.js';
import type { ConfigurationSpec } from './define-configuration.js';
import { helpText } from './help-text.js';
import { leavesOf, type Option } from './option.js';
import { describeType, optionType, parseText } from './option-type.js';
import { printConfiguration } from './print-configuration.js';
import { fileVariableOf, readEnvironment } from './read-environment.js';
import { readFile } from './read-file.js';
import { readFlags } from './read-flags.js';
import { suggest } from './suggest.js';

/** Where a configuration is read from. */
export interface ConfigurationSources {
  /** Arguments after the program's name, `process.argv.slice(2)`. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Name of the program, for example `retrieval`: the variables start with `ISTHMUS_RETRIEVAL_`. */
  readonly programName: string;
}

/** What a command line asks for: to run, or to print a text and end. */
export type ConfigurationReading<T> =
  | { readonly kind: 'run'; readonly configuration: T }
  | { readonly kind: 'print'; readonly text: string };

/**
 * Reads the configuration: defaults, then the YAML file, then the environment, then the flags, the later one winning.
 *
 * @throws ConfigurationError with every problem of every source.
 */
export function loadConfiguration<T>(spec: ConfigurationSpec<T>, sources: ConfigurationSources): T {
  const reading = readConfiguration(spec, { ...sources, argv: sources.argv });
  if (reading.kind === 'run') return reading.configuration;
  throw new ConfigurationError(sources.programName, [
    '--help and --print-config are for programs on a command line.',
  ]);
}

/**
 * As {@link loadConfiguration}, and answers `--help` and `--print-config` with the text to print.
 *
 * @throws ConfigurationError with every problem of every source.
 */
export function readConfiguration<T>(
  spec: ConfigurationSpec<T>,
  { argv, env, programName }: ConfigurationSources,
): ConfigurationReading<T> {
  const leaves = new Map(leavesOf(spec.options));
  const paths = [...leaves.keys()];
  const types = new Map([...leaves].map(([path, { schema }]) => [path, optionType(schema)]));
  const isGroup = (path: string) => paths.some((known) => known.startsWith(`${path}.`));

  const flags = readFlags(argv, (path) => types.get(path)?.kind === 'boolean');
  if (flags.help) return { kind: 'print', text: helpText(spec, programName) };
  const file = flags.file ?? env[fileVariableOf(programName)];
  const layers = [
    ...(file === undefined ? [] : [readFile(file, isGroup)]),
    readEnvironment(env, programName, paths),
    flags,
  ];

  const problems = layers.flatMap((layer) => layer.problems);
  const chosen = new Map<string, Assignment>();
  for (const assignment of layers.flatMap((layer) => layer.assignments)) {
    if (leaves.has(assignment.path)) chosen.set(assignment.path, assignment);
    else problems.push(unknownOption(assignment, paths));
  }

  const values: Record<string, unknown> = {};
  for (const [path, option] of leaves) {
    const assignment = chosen.get(path);
    const type = types.get(path)!;
    const raw = assignment?.text ? parseText(String(assignment.value), type) : assignment?.value;
    const result = option.schema.safeParse(assignment ? raw : spec.defaults[path]);
    if (result.success) place(values, path, result.data);
    else problems.push(badValue(path, option, assignment, result.error.issues[0]?.message ?? 'is not valid'));
  }
  if (problems.length > 0) throw new ConfigurationError(programName, problems);

  const configuration = values as T;
  const unmet = spec.conditions.flatMap((condition) => condition(configuration) ?? []);
  if (unmet.length > 0) throw new ConfigurationError(programName, unmet);
  if (flags.printConfig) return { kind: 'print', text: printConfiguration(spec, configuration) };
  return { kind: 'run', configuration };

  function badValue(
    path: string,
    option: Option<unknown>,
    assignment: Assignment | undefined,
    message: string,
  ): string {
    const unit = option.unit ? ` (${option.unit})` : '';
    const type = types.get(path)!;
    const article = type.kind === 'boolean' || type.kind === 'enum' ? '' : 'a ';
    const remedy = `Give ${article}${describeType(type)}${unit}.`;
    if (assignment === undefined)
      return `${path} must be given, for example with --${path}=VALUE. ${option.description}`;
    const shown = option.secret ? '[redacted]' : JSON.stringify(assignment.value);
    return `${assignment.where}: ${path} cannot be ${shown}: ${message}. ${remedy}`;
  }
}

function unknownOption({ path, where }: Assignment, paths: readonly string[]): string {
  const near = suggest(path, paths);
  return `${where}: there is no option ${path}.${near ? ` Did you mean ${near}?` : ' See --help.'}`;
}

function place(values: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.');
  let group = values;
  for (const name of names.slice(0, -1)) {
    group[name] ??= {};
    group = group[name] as Record<string, unknown>;
  }
  group[names.at(-1)!] = value;
}
