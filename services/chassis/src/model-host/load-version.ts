import { Assurance } from '@isthmus/proto/isthmus/model/v1/model.js';
import type { Admitted } from '../admission/admission.js';
import { fetchModel } from '../admission/fetch-model.js';
import { failure, IsthmusError } from '../errors/isthmus-error.js';
import type { Clock } from '../lifecycle/clock.js';
import type { HostedVersion } from './hosted-version.js';
import type { ModelHostOptions } from './model-kind.js';
import type { Progress } from './operations.js';

/**
 * Brings a version from its digest to readiness: fetch, verify, open, warm. Nothing is opened before every byte and the
 * attestation have been checked. Throws an {@link IsthmusError}.
 */
export async function loadVersion<M>(
  hosted: HostedVersion<M>,
  options: ModelHostOptions<M>,
  clock: Clock,
  progress: Progress,
): Promise<void> {
  const { telemetry } = options;
  const startedAt = clock.monotonic();
  const about = { 'isthmus.model.name': hosted.name, 'isthmus.model.version': hosted.version };
  const measure = (outcome: string) => {
    telemetry.count('isthmus.model.loads', 1, { 'isthmus.outcome': outcome });
    telemetry.record('isthmus.model.load.duration', (clock.monotonic() - startedAt) / 1000, {
      'isthmus.outcome': outcome,
    });
  };
  try {
    await telemetry.span('load', { ...about, 'isthmus.model.digest': hosted.digest }, () =>
      runStages(hosted, options, clock, progress),
    );
    measure('ok');
  } catch (error) {
    measure('failed');
    throw error;
  }
}

async function runStages<M>(
  hosted: HostedVersion<M>,
  options: ModelHostOptions<M>,
  clock: Clock,
  progress: Progress,
): Promise<void> {
  const { telemetry, admission, objects, logger } = options;
  progress('fetch');
  const fetched = await telemetry.span('load.fetch', {}, async (span) => {
    const model = await fetchModel(objects, hosted.digest, (completed, total) =>
      progress('fetch', completed, total),
    );
    span.setAttribute('isthmus.model.bytes', model.sizeBytes);
    return model;
  });
  hosted.files = fetched.entries;
  progress('verify');
  const { name, version, bundleDigest, logProofDigest } = hosted;
  const admitted = await telemetry.span('load.verify', {}, () =>
    admission.admit({ name, version, bundleDigest, logProofDigest, entries: fetched.entries }),
  );
  hosted.identity = {
    ...hosted.identity,
    attestationId: admitted.attestationId,
    assurance: assuranceOf(admitted),
  };
  progress('open');
  const model = await telemetry.span('load.open', {}, () =>
    options.open(fetched.files, hosted.identity).catch((error) => {
      throw asIncompatible(hosted, error);
    }),
  );
  try {
    progress('warm');
    hosted.warm();
    await telemetry.span('load.warm', {}, async () => options.warm?.(model));
  } catch (error) {
    options.close?.(model);
    throw error;
  }
  hosted.serve(model, clock.now());
  const { attestationId, assurance } = admitted;
  logger.info({ model: name, version, digest: hosted.digest, attestationId, assurance }, 'a model is ready');
}

function assuranceOf({ assurance }: Admitted): Assurance {
  return Assurance[`ASSURANCE_${assurance}`];
}

function asIncompatible({ name, version }: { name: string; version: string }, error: unknown): IsthmusError {
  if (error instanceof IsthmusError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return failure(
    'MODEL_INCOMPATIBLE',
    `The files of ${name} ${version} are no model that this program can read: ${why}`,
    { metadata: { name, version }, cause: error },
  );
}
