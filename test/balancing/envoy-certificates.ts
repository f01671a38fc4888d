import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createThrowAwayAuthority } from '@isthmus/chassis';

/** Who has a certificate: the replicas, Envoy, and two callers of Envoy. */
const subjects = {
  retrieval: ['isthmus-retrieval'],
  envoy: ['127.0.0.1', 'localhost'],
  ranker: [],
  'catalogue-writer': [],
} as const;

/** Somebody with a certificate. */
export type EnvoyTestIdentity = keyof typeof subjects;

/** What a certificate names its owner. */
export function identityOf(name: EnvoyTestIdentity): string {
  return `spiffe://isthmus.local/${name}`;
}

/** Writes `NAME/tls.crt`, `NAME/tls.key` and `NAME/ca.crt` for everybody, as Kubernetes mounts a Secret of certificates. */
export async function writeEnvoyCertificates(folder: string): Promise<void> {
  const authority = await createThrowAwayAuthority(1, Date.now());
  for (const [name, hosts] of Object.entries(subjects)) {
    const spiffeId = identityOf(name as EnvoyTestIdentity);
    const { certificatePem, keyPem } = await authority.issue({ name, spiffeId, hosts });
    const own = join(folder, name);
    await mkdir(own, { recursive: true, mode: 0o700 });
    await writeFile(join(own, 'tls.crt'), certificatePem);
    await writeFile(join(own, 'tls.key'), keyPem, { mode: 0o600 });
    await writeFile(join(own, 'ca.crt'), authority.certificatePem);
  }
}
