import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs podman and resolves with its standard output. Rejects with what it said where it fails. */
export async function podman(...argv: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('podman', argv, { maxBuffer: 64 * 1024 * 1024 }).catch(
    ({ code, stdout, stderr }) => {
      throw new Error(`podman ${argv[0]} ended with ${code}:\n${`${stdout}${stderr}`.slice(-4_000)}`);
    },
  );
  return stdout.trim();
}

/** How every container runs: nobody's rights, nothing to write to but what is mounted. */
export const confined = [
  '--read-only',
  '--read-only-tmpfs=false',
  '--tmpfs=/tmp:rw,size=64m',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  '--no-healthcheck',
  '--stop-timeout=40',
];
