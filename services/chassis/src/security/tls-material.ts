import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

/** Files of a program's own certificate and of the authorities that it trusts, all PEM. */
export interface TlsFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly authorityFile: string;
}

/** What the files hold. */
export interface TlsMaterial {
  /** Own certificate, and after it the chain up to an authority. */
  readonly certificate: Buffer;
  readonly key: Buffer;
  /** Authorities of the other side's certificates, in both directions. */
  readonly authority: Buffer;
}

/**
 * Reads the files and checks that they fit each other.
 *
 * @param nowMs Unix time in milliseconds
 * @returns the material, or every problem in words
 */
export function readTlsMaterial(files: TlsFiles, nowMs: number): TlsMaterial | readonly string[] {
  const problems: string[] = [];
  const read = (option: keyof TlsFiles): Buffer => {
    if (files[option] === '') problems.push(`tls.${option} is not given.`);
    else {
      try {
        return readFileSync(files[option]);
      } catch (error) {
        problems.push(
          `tls.${option}: ${files[option]} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
        );
      }
    }
    return Buffer.alloc(0);
  };
  const material = {
    certificate: read('certificateFile'),
    key: read('keyFile'),
    authority: read('authorityFile'),
  };
  if (problems.length > 0) return problems;
  const unfit = problemOf(material, files, nowMs);
  return unfit ? [unfit] : material;
}

function problemOf(
  { certificate, key, authority }: TlsMaterial,
  files: TlsFiles,
  nowMs: number,
): string | undefined {
  try {
    const { validFrom, validTo } = new X509Certificate(certificate);
    if (Date.parse(validTo) < nowMs)
      return `tls.certificateFile: ${files.certificateFile} expired on ${validTo}. Give a new certificate.`;
    if (Date.parse(validFrom) > nowMs)
      return `tls.certificateFile: ${files.certificateFile} is not valid before ${validFrom}. Is the clock right?`;
  } catch {
    return `tls.certificateFile: ${files.certificateFile} holds no certificate in PEM.`;
  }
  try {
    new X509Certificate(authority);
  } catch {
    return `tls.authorityFile: ${files.authorityFile} holds no certificate in PEM.`;
  }
  try {
    createSecureContext({ cert: certificate, key, ca: authority });
    return undefined;
  } catch (error) {
    return `tls.keyFile: ${files.keyFile} is not the key of ${files.certificateFile} (${(error as Error).message}).`;
  }
}
