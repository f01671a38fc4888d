import type { SecurityFlags } from '@isthmus/chassis';
import { assuranceToJSON, ModelState } from '@isthmus/proto/isthmus/model/v1/model.js';
import { atPlaces, type ListedVersion, listVersions, replicaName, stateName } from '@isthmus/trainer';
import { exitCode } from '../exit-code.js';
import { type AdminOptions, adminAddresses } from '../mesh/admin-addresses.js';
import { meshLayout } from '../mesh/layout.js';
import { commandSecurity } from '../mesh/protection.js';
import { textTable } from '../text-table.js';
import type { Command } from './command-context.js';

/** Options of `isthmus models`. */
export interface ModelsOptions extends SecurityFlags, AdminOptions {
  /** Folder of the mesh, for its certificates. */
  readonly directory: string;
}

/** Lists the versions that programs know: labels, assurance, and on how many replicas they are ready. */
export const models: Command<ModelsOptions> = async (options, { output, signal }) => {
  const addresses = adminAddresses(options);
  const { certificatesDirectory } = meshLayout(options.directory);
  const security = commandSecurity(options, certificatesDirectory, 'operator');
  const versions = await atPlaces(addresses, security, (places) => listVersions(places, signal));
  for (const line of versionLines(versions)) output.line(line);
  output.result({ models: versions.map(plainVersion) });
  return exitCode.ok;
};

/** The versions as a table for people, and below it what is not well. */
export function versionLines(versions: readonly ListedVersion[]): string[] {
  if (versions.length === 0) return ['no version is registered: see `isthmus publish --help`'];
  const rows = versions.map(({ model, replicas }) => {
    const { name = '', version = '', digest = '' } = model.identity ?? {};
    const ready = replicas.filter(({ state }) => state === ModelState.MODEL_STATE_READY).length;
    return [
      name,
      version,
      labelsOf(replicas).join(' ') || '-',
      assuranceOf(model),
      `${ready} of ${replicas.length}`,
      `${(Number(model.sizeBytes) / 1e6).toFixed(1)} MB`,
      digest.slice(0, 12),
    ];
  });
  const problems = versions.flatMap(({ model, replicas }) =>
    replicas
      .filter(({ state }) => state !== ModelState.MODEL_STATE_READY)
      .map((replica) => {
        const why = replica.failure === '' ? '' : `: ${replica.failureReason} ${replica.failure}`;
        return `${model.identity?.name} ${model.identity?.version} is ${stateName(replica.state)} on ${replicaName(replica)}${why}`;
      }),
  );
  const head = ['model', 'version', 'labels', 'assurance', 'ready', 'size', 'digest'];
  return [...textTable([head, ...rows]), ...problems];
}

/** The labels, each with the number of replicas that answer with it where those are not all. */
function labelsOf(replicas: ListedVersion['replicas']): string[] {
  const counts = new Map<string, number>();
  for (const label of replicas.flatMap(({ labels }) => labels))
    counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, count]) =>
      count === replicas.length ? label : `${label} (${count} of ${replicas.length})`,
    );
}

function assuranceOf({ identity }: ListedVersion['model']): string {
  return identity === undefined ? '-' : assuranceToJSON(identity.assurance).replace('ASSURANCE_', '');
}

function plainVersion({ model, replicas }: ListedVersion) {
  const { name, version, digest, attestationId } = model.identity ?? {};
  return {
    name,
    version,
    digest,
    attestationId,
    assurance: assuranceOf(model),
    labels: model.labels,
    sizeBytes: model.sizeBytes,
    replicas: replicas.map((replica) => ({ ...replica, state: stateName(replica.state) })),
  };
}
