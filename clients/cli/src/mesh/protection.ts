import { existsSync } from 'node:fs';
import {
  type ConnectionSecurity,
  type MeshIdentity,
  meshTlsFiles,
  readConnectionSecurity,
  type SecurityFlags,
} from '@isthmus/chassis';
import type { ProtectionOptions } from '@isthmus/client';
import { UsageError } from '../usage-error.js';

/** The protection of connections as the client takes it. */
export function protectionOf(security: ConnectionSecurity): ProtectionOptions {
  if (security === 'off') return { insecure: true };
  const { authorityFile: ca, certificateFile: cert, keyFile: key } = security;
  return { tls: { ca, cert, key } };
}

/**
 * How a command protects its connections: as its flags or the environment say, otherwise with the certificate that
 * `isthmus serve` and `isthmus certificates` wrote for this purpose.
 * @param certificatesDirectory where such certificates would be
 * @param identity the one that the command acts as
 * @throws UsageError where there is neither
 */
export function commandSecurity(
  flags: SecurityFlags,
  certificatesDirectory: string,
  identity: MeshIdentity,
): ConnectionSecurity {
  const said = readConnectionSecurity(flags, process.env);
  if (said !== undefined) return said;
  const files = meshTlsFiles(certificatesDirectory, identity);
  if (existsSync(files.certificateFile)) return files;
  throw new UsageError(
    `there is no certificate ${files.certificateFile}: say --tls-authority, --tls-certificate and --tls-key, or --insecure for programs with --tls.mode=off`,
  );
}
