import { type ConnectionSecurity, readConnectionSecurity } from '@isthmus/chassis';
import type { CommandFlags } from './command-flags.js';
import { UsageError } from './usage-error.js';

/** Flags that say how connections are protected. */
export const securityFlags = {
  'tls-authority': { type: 'string' },
  'tls-certificate': { type: 'string' },
  'tls-key': { type: 'string' },
  insecure: { type: 'boolean' },
} as const;

/**
 * What these flags, or the environment, say.
 * @param wanting the flag that brings connections with it, for the message
 * @throws UsageError where nothing is said
 */
export function securityOf(flags: CommandFlags, wanting: string): ConnectionSecurity {
  const security = readConnectionSecurity(
    {
      tlsAuthority: flags.text('tls-authority'),
      tlsCertificate: flags.text('tls-certificate'),
      tlsKey: flags.text('tls-key'),
      insecure: flags.isSet('insecure'),
    },
    process.env,
  );
  if (security !== undefined) return security;
  throw new UsageError(
    `${wanting} needs --tls-authority, --tls-certificate and --tls-key, or --insecure for a service with --tls.mode=off`,
  );
}
