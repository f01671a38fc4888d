import { checkDirectory, checkDisk } from './check-directory.js';
import { checkKernels } from './check-kernels.js';
import { checkNode } from './check-node.js';
import { checkPorts } from './check-ports.js';
import { checkPostgres } from './check-postgres.js';
import { checkPrograms } from './check-programs.js';
import type { Finding } from './finding.js';

/** Checks everything that a mesh on this machine needs, in the order in which people would repair it. */
export async function runChecks(directory: string): Promise<Finding[]> {
  const checks: readonly (() => Promise<Finding>)[] = [
    checkNode,
    checkPrograms,
    checkKernels,
    checkPostgres,
    checkPorts,
    () => checkDirectory(directory),
    () => checkDisk(directory),
  ];
  const findings = [];
  for (const check of checks) findings.push(await check());
  return findings;
}
