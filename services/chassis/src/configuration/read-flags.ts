import type { SourceReading } from './assignment.js';

/** What a command line says beside its assignments. */
export interface FlagsReading extends SourceReading {
  readonly help: boolean;
  readonly printConfig: boolean;
  /** `--config FILE`. */
  readonly file: string | undefined;
}

/**
 * Reads `--a.b=c`, `--a.b c` and, for switches, `--a.b` alone. The arguments are those after the program's name.
 */
export function readFlags(argv: readonly string[], isBoolean: (path: string) => boolean): FlagsReading {
  const reading = { assignments: [], problems: [], help: false, printConfig: false, file: undefined } as {
    -readonly [K in keyof FlagsReading]: FlagsReading[K];
  };
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i]!;
    if (!argument.startsWith('--') || argument === '--') {
      reading.problems.push(
        `The argument "${argument}" is not an option. Options look like --server.address=127.0.0.1:0.`,
      );
      continue;
    }
    const [name, inline] = split(argument.slice(2));
    if (name === 'help') reading.help = true;
    else if (name === 'print-config') reading.printConfig = true;
    else {
      const following = argv[i + 1];
      const takesNext =
        inline === undefined && !isBoolean(name) && following !== undefined && !following.startsWith('--');
      const value = inline ?? (takesNext ? following : isBoolean(name) ? 'true' : undefined);
      if (takesNext) i++;
      if (value === undefined)
        reading.problems.push(`The flag --${name} has no value. Write --${name}=VALUE.`);
      else if (name === 'config') reading.file = value;
      else reading.assignments.push({ path: name, value, text: true, where: `flag --${name}` });
    }
  }
  return reading;
}

function split(flag: string): [name: string, value: string | undefined] {
  const at = flag.indexOf('=');
  return at < 0 ? [flag, undefined] : [flag.slice(0, at), flag.slice(at + 1)];
}
