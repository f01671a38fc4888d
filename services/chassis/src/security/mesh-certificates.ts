import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { RoleBindings } from './authoriser.js';
import { createThrowAwayAuthority } from './certificate-authority.js';
import type { TlsFiles } from './tls-material.js';

/** Programs of a mesh that serve, and so need names to be reached under. */
export const servingIdentities = [
  'attestation',
  'attestation-worker',
  'representation',
  'retrieval',
] as const;
/** Those who only call, each with the role of its name. */
export const callingIdentities = ['ranker', 'catalogue-writer', 'prover', 'operator'] as const;

/** Somebody with a certificate. */
export type MeshIdentity = (typeof servingIdentities)[number] | (typeof callingIdentities)[number];

/** Trust domain of throw-away certificates. */
const trustDomain = 'isthmus.local';

/** How long throw-away certificates are valid. */
const validDays = 30;

/** Who may do what in a mesh on one machine. */
export const meshRoles: RoleBindings = {
  caller: [spiffeIdOf('ranker')],
  catalogueWriter: [spiffeIdOf('catalogue-writer')],
  prover: [spiffeIdOf('prover')],
  operator: [spiffeIdOf('operator')],
  peer: [spiffeIdOf('retrieval')],
};

/** Identity of a throw-away certificate. */
export function spiffeIdOf(identity: MeshIdentity): string {
  return `spiffe://${trustDomain}/${identity}`;
}

/** The files of an identity in a folder that {@link writeMeshCertificates} filled. */
export function meshTlsFiles(directory: string, identity: MeshIdentity): TlsFiles {
  return {
    certificateFile: join(directory, `${identity}.crt`),
    keyFile: join(directory, `${identity}.key`),
    authorityFile: join(directory, 'ca.crt'),
  };
}

/**
 * Makes an authority, a certificate for every identity of a mesh, and forgets the authority's key.
 *
 * @param hosts DNS names and IP addresses, besides loopback and the programs' own names, that programs are reached under
 */
export async function writeMeshCertificates(
  directory: string,
  hosts: readonly string[],
  nowMs: number,
): Promise<void> {
  const authority = await createThrowAwayAuthority(validDays, nowMs);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const identity of [...servingIdentities, ...callingIdentities]) {
    const serves = (servingIdentities as readonly string[]).includes(identity);
    const { certificatePem, keyPem } = await authority.issue({
      name: identity,
      spiffeId: spiffeIdOf(identity),
      ...(serves ? { hosts: [...new Set(['localhost', '127.0.0.1', '::1', identity, ...hosts])] } : {}),
    });
    const files = meshTlsFiles(directory, identity);
    await writeFile(files.keyFile, keyPem, { mode: 0o600 });
    await writeFile(files.certificateFile, certificatePem);
  }
  // Last: with it the set is complete.
  await writeFile(join(directory, 'ca.crt'), authority.certificatePem);
}

/** As {@link writeMeshCertificates}, unless the folder has a set that is valid for another day and covers the hosts. */
export async function ensureMeshCertificates(
  directory: string,
  hosts: readonly string[],
  nowMs: number,
): Promise<void> {
  if (await isUsable(directory, hosts, nowMs)) return;
  await writeMeshCertificates(directory, hosts, nowMs);
}

async function isUsable(directory: string, hosts: readonly string[], nowMs: number): Promise<boolean> {
  try {
    await readFile(join(directory, 'ca.crt'));
    const { certificateFile } = meshTlsFiles(directory, 'retrieval');
    const certificate = new X509Certificate(await readFile(certificateFile));
    const isCovered = (host: string) =>
      isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host);
    return Date.parse(certificate.validTo) - nowMs > 86_400_000 && hosts.every((host) => isCovered(host));
  } catch {
    return false;
  }
}
