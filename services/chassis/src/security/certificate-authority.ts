import { isIP } from 'node:net';

/** Whom a certificate names, and where it may serve. */
export interface CertificateSubject {
  /** Common name, for people. */
  readonly name: string;
  /** SPIFFE id: what roles are given to. */
  readonly spiffeId?: string;
  /** DNS names and IP addresses that it may be served under; none for one that only calls. */
  readonly hosts?: readonly string[];
}

/** A certificate with its private key, both PEM. */
export interface IssuedCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** An authority whose private key lives in this process only and ends with it. */
export interface ThrowAwayAuthority {
  /** The authority's own certificate, PEM. */
  readonly certificatePem: string;
  issue(subject: CertificateSubject): Promise<IssuedCertificate>;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const day = 86_400_000;

/**
 * Makes an authority for trying things out: P-256, SHA-256, a path of length 0. What it has issued cannot be added to
 * later, because nobody keeps its key.
 *
 * @param nowMs Unix time in milliseconds; the certificates are valid from a minute before, for clocks that differ
 */
export async function createThrowAwayAuthority(
  validDays: number,
  nowMs: number,
): Promise<ThrowAwayAuthority> {
  const x509 = await certificateMaker();
  const notBefore = new Date(nowMs - 60_000);
  const notAfter = new Date(nowMs + validDays * day);
  const generate = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const keys = await generate();
  const validity = { notBefore, notAfter, signingAlgorithm: algorithm };
  const keyUsage = x509.KeyUsageFlags;
  const extendedUsage = x509.ExtendedKeyUsage;
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: [{ CN: ['Isthmus throw-away authority'] }],
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(keyUsage.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificatePem: `${authority.toString('pem')}\n`,
    async issue({ name, spiffeId, hosts = [] }) {
      const own = await generate();
      const alternatives = [
        ...(spiffeId === undefined ? [] : [{ type: 'url' as const, value: spiffeId }]),
        ...hosts.map((host) => ({ type: isIP(host) ? ('ip' as const) : ('dns' as const), value: host })),
      ];
      const certificate = await x509.X509CertificateGenerator.create({
        ...validity,
        subject: [{ CN: [name] }],
        issuer: authority.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(keyUsage.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([
            extendedUsage.clientAuth,
            ...(hosts.length > 0 ? [extendedUsage.serverAuth] : []),
          ]),
          ...(alternatives.length > 0 ? [new x509.SubjectAlternativeNameExtension(alternatives)] : []),
          await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
          await x509.SubjectKeyIdentifierExtension.create(own.publicKey),
        ],
      });
      const key = await crypto.subtle.exportKey('pkcs8', own.privateKey);
      return {
        certificatePem: `${certificate.toString('pem')}\n`,
        keyPem: `${x509.PemConverter.encode(key, 'PRIVATE KEY')}\n`,
      };
    },
  };
}

/** The library that writes certificates, loaded by those who make some: servers never do. */
async function certificateMaker() {
  await import('reflect-metadata'); // which it asks of whoever loads it
  return await import('@peculiar/x509');
}
