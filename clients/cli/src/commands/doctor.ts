import { runChecks } from '../doctor/run-checks.js';
import { exitCode } from '../exit-code.js';
import type { Command } from './command-context.js';

/** Options of `isthmus doctor`. */
export interface DoctorOptions {
  readonly directory: string;
}

/** Checks the machine, a line for each thing. Exit code 1 where something is missing. */
export const doctor: Command<DoctorOptions> = async ({ directory }, { output }) => {
  const findings = await runChecks(directory);
  for (const { name, ok, found, remedy } of findings) {
    output.line(`${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(16)} ${found}`);
    if (!ok && remedy !== '') output.line(`${' '.repeat(23)}→ ${remedy}`);
  }
  const ok = findings.every((finding) => finding.ok);
  output.line(
    ok ? 'this machine can run a mesh: try `isthmus demo`' : 'something is missing, see the arrows',
  );
  output.result({ ok, checks: findings });
  return ok ? exitCode.ok : exitCode.failure;
};
