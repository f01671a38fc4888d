import { resolve } from 'node:path';
import { meshRoles, roleNames, writeMeshCertificates } from '@isthmus/chassis';
import { exitCode } from '../exit-code.js';
import { textTable } from '../text-table.js';
import type { Command } from './command-context.js';

/** Options of `isthmus certificates`. */
export interface CertificatesOptions {
  readonly directory: string;
  /** Names and addresses that the programs are reached under. */
  readonly host?: readonly string[];
}

/** Writes an authority and certificates for trying the mesh out, and says which roles go with them. */
export const certificates: Command<CertificatesOptions> = async ({ directory, host = [] }, { output }) => {
  const folder = resolve(directory);
  await writeMeshCertificates(folder, host, Date.now());
  output.line(`certificates for 30 days are in ${folder}; the key of their authority was thrown away`);
  output.line('each program takes:');
  output.line(
    `  --tls.authorityFile=${folder}/ca.crt --tls.certificateFile=${folder}/PROGRAM.crt --tls.keyFile=${folder}/PROGRAM.key`,
  );
  output.line('and gives roles, as far as it offers what they are for:');
  for (const line of textTable(roleNames.map((role) => [`--roles.${role}=${meshRoles[role].join(',')}`])))
    output.line(`  ${line}`);
  output.result({ directory: folder, roles: meshRoles });
  return exitCode.ok;
};
