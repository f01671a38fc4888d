import { join } from 'node:path';

/** Where a program's source is and where its bundle goes, both relative to the root of the checkout. */
export interface ProgramSource {
  readonly name: string;
  readonly entry: string;
  readonly outFile: string;
}

/** The programs of this repository: name and the service that it belongs to. */
const programs: readonly (readonly [name: string, service: string])[] = [
  ['ce-cdr', 'representation'],
  ['gemirec', 'retrieval'],
  ['two-tower', 'retrieval'],
  ['sasrec', 'retrieval'],
  ['mind', 'retrieval'],
  ['comirec-sa', 'retrieval'],
  ['comirec-dr', 'retrieval'],
  ['remi', 'retrieval'],
  ['popularity', 'retrieval'],
  ['recent-popularity', 'retrieval'],
  ['item-knn', 'retrieval'],
  ['markov', 'retrieval'],
  ['sequence-rules', 'retrieval'],
];

/** Names of the programs of this repository. */
export const programNames: readonly string[] = programs.map(([name]) => name);

/** The programs of this repository, in a checkout at `root`. */
export function programSources(root: string): ProgramSource[] {
  return programs.map(([name, service]) => ({
    name,
    entry: join(root, 'services', service, 'src', 'programs', `${name}.ts`),
    outFile: join(root, 'services', service, 'dist', 'programs', `${name}.mjs`),
  }));
}
