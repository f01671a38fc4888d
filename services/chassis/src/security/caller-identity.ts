/** The certificate of a peer as Node describes it, as far as an identity needs it. It has been verified by then. */
export interface CallerCertificate {
  readonly subject?: { readonly CN?: string | string[] };
  /** `URI:…, DNS:…`; what could be mistaken for a separator is quoted as JSON by Node. */
  readonly subjectaltname?: string;
}

/** Who calls without a certificate, where `tls.mode` allows it. */
export const anonymous = 'anonymous';

/**
 * The identity that a verified certificate names, in this order (docs/adr/0009):
 *
 * - `spiffe://TRUST-DOMAIN/PATH`, its URI name, where there is exactly one URI (SPIFFE X.509-SVID, section 2)
 * - `dns:NAME`, its first DNS name
 * - `cn:NAME`, the common name of its subject
 *
 * The prefixes keep a name of one kind from passing for another's. Undefined where it names nobody, or several URIs.
 */
export function callerIdentity({ subject, subjectaltname }: CallerCertificate): string | undefined {
  const names = alternativeNames(subjectaltname ?? '');
  const uris = names.filter(({ kind }) => kind === 'URI').map(({ value }) => value);
  if (uris.length > 1) return undefined;
  if (uris[0]?.startsWith('spiffe://')) return uris[0];
  const dns = names.find(({ kind }) => kind === 'DNS');
  if (dns) return `dns:${dns.value.toLowerCase()}`;
  const commonName = subject?.CN;
  return typeof commonName === 'string' && commonName !== '' ? `cn:${commonName}` : undefined;
}

/** Names in quotes hold characters that no name here needs: they are kept apart, quotes and all, and match nothing. */
function alternativeNames(text: string): { kind: string; value: string }[] {
  return [...text.matchAll(/([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/g)].map(
    ([, kind = '', value = '']) => ({ kind, value }),
  );
}
