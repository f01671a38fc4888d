import type { SourceReading } from './assignment.js';
import { suggest } from './suggest.js';

/** The variable that sets an option: `server.maxMessageBytes` of retrieval is `ISTHMUS_RETRIEVAL_SERVER_MAX_MESSAGE_BYTES`. */
export function variableOf(programName: string, path: string): string {
  const words = path.replaceAll('.', '_').replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return `${prefixOf(programName)}${words.toUpperCase()}`;
}

/** The variable that names the configuration file. */
export function fileVariableOf(programName: string): string {
  return `${prefixOf(programName)}CONFIG`;
}

/** Reads the variables of a program. One that starts with its prefix and names no option is a problem. */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  programName: string,
  paths: readonly string[],
): SourceReading {
  const pathOfVariable = new Map(paths.map((path) => [variableOf(programName, path), path]));
  const reading: SourceReading = { assignments: [], problems: [] };
  for (const [name, value] of Object.entries(env)) {
    if (
      value === undefined ||
      !name.startsWith(prefixOf(programName)) ||
      name === fileVariableOf(programName)
    )
      continue;
    const path = pathOfVariable.get(name);
    if (path !== undefined) {
      reading.assignments.push({ path, value, text: true, where: `environment ${name}` });
      continue;
    }
    const near = suggest(name, pathOfVariable.keys());
    reading.problems.push(
      `environment ${name}: there is no such option.${near ? ` Did you mean ${near}?` : ' See --help.'}`,
    );
  }
  return reading;
}

function prefixOf(programName: string): string {
  return `ISTHMUS_${programName.replaceAll('-', '_').toUpperCase()}_`;
}
