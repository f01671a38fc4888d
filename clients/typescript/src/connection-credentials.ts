import { readFileSync } from 'node:fs';
import { type ChannelCredentials, credentials } from '@grpc/grpc-js';

/** PEM, or the path of a file that holds it. Text that begins with `-----BEGIN` is PEM. */
export type Pem = string | Uint8Array;

/** Whom to trust, and who one is. */
export interface TlsOptions {
  /** Authorities that the servers' certificates come from. Default: those that Node trusts. */
  readonly ca?: Pem;
  /** Certificate of this caller with its chain; servers give roles to the identity that it names. */
  readonly cert?: Pem;
  /** Private key of that certificate. */
  readonly key?: Pem;
}

/** How connections are protected. One of the three must be said. */
export interface ProtectionOptions {
  /** TLS, with a certificate of one's own where the servers ask for one, as they do by default. */
  readonly tls?: TlsOptions;
  /** Plain text, for servers that run with `--tls.mode=off`: everybody on the way can read and change everything. */
  readonly insecure?: boolean;
  /** Credentials of grpc-js, for whatever the others do not cover. */
  readonly credentials?: ChannelCredentials;
}

/**
 * The credentials that the options ask for.
 * @throws TypeError where they say nothing, or several things at once
 */
export function connectionCredentials({
  tls,
  insecure,
  credentials: own,
}: ProtectionOptions): ChannelCredentials {
  const said = [tls !== undefined, insecure === true, own !== undefined].filter(Boolean).length;
  if (said !== 1)
    throw new TypeError(
      `say how connections are protected: ${said === 0 ? '' : 'only one of '}\`tls: { ca, cert, key }\`, or \`insecure: true\` for servers with --tls.mode=off`,
    );
  if (own !== undefined) return own;
  if (tls === undefined) return credentials.createInsecure();
  if ((tls.cert === undefined) !== (tls.key === undefined))
    throw new TypeError('`tls.cert` and `tls.key` belong together: give both or neither');
  return credentials.createSsl(pemOf(tls.ca), pemOf(tls.key), pemOf(tls.cert));
}

function pemOf(pem: Pem | undefined): Buffer | null {
  if (pem === undefined) return null;
  if (typeof pem !== 'string') return Buffer.from(pem);
  return pem.startsWith('-----BEGIN') ? Buffer.from(pem) : readFileSync(pem);
}
