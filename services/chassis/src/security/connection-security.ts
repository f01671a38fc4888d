import { type ChannelCredentials, credentials } from '@grpc/grpc-js';
import { readTlsMaterial, type TlsFiles } from './tls-material.js';

/** How a tool that only calls, such as the trainer, protects its connections: by files, or knowingly not at all. */
export type ConnectionSecurity = TlsFiles | 'off';

/** What a command line says of it. */
export interface SecurityFlags {
  readonly tlsAuthority?: string | undefined;
  readonly tlsCertificate?: string | undefined;
  readonly tlsKey?: string | undefined;
  readonly insecure?: boolean | undefined;
}

/**
 * Credentials of connections.
 *
 * @param nowMs Unix time in milliseconds
 * @throws Error with every problem of the files
 */
export function channelCredentialsOf(security: ConnectionSecurity, nowMs: number): ChannelCredentials {
  if (security === 'off') return credentials.createInsecure();
  const material = readTlsMaterial(security, nowMs);
  if (!('key' in material)) throw new Error(material.join(' '));
  return credentials.createSsl(material.authority, material.key, material.certificate);
}

/**
 * What flags say, and where they are silent the environment: `ISTHMUS_TLS_AUTHORITY`, `ISTHMUS_TLS_CERTIFICATE`,
 * `ISTHMUS_TLS_KEY`, or `ISTHMUS_TLS_MODE=off`. Undefined where nothing is said.
 */
export function readConnectionSecurity(
  flags: SecurityFlags,
  env: Readonly<Record<string, string | undefined>>,
): ConnectionSecurity | undefined {
  if (flags.insecure) return 'off';
  const authorityFile = flags.tlsAuthority ?? env.ISTHMUS_TLS_AUTHORITY ?? '';
  const certificateFile = flags.tlsCertificate ?? env.ISTHMUS_TLS_CERTIFICATE ?? '';
  const keyFile = flags.tlsKey ?? env.ISTHMUS_TLS_KEY ?? '';
  if (authorityFile || certificateFile || keyFile) return { authorityFile, certificateFile, keyFile };
  return env.ISTHMUS_TLS_MODE === 'off' ? 'off' : undefined;
}
