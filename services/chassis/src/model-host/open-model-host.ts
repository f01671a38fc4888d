import { join } from 'node:path';
import { z } from 'zod';
import { Admission } from '../admission/admission.js';
import type { BaseConfiguration } from '../configuration/define-configuration.js';
import { option } from '../configuration/option.js';
import type { ProgramContext } from '../program/program-definition.js';
import { ModelRegistry } from '../registry/model-registry.js';
import { RequestLog } from '../registry/request-log.js';
import type { ServiceBinding } from '../server/bind-service.js';
import { ModelHost } from './model-host.js';
import type { ModelKind } from './model-kind.js';
import { modelServiceBinding } from './model-service.js';

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256, 64 hexadecimal digits');

const modelSchema = z.object({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{0,127}$/, 'must be lower-case letters, digits, dots and dashes'),
  version: z.string().min(1).max(128),
  digest,
  bundleDigest: digest.or(z.literal('')).default(''),
  logProofDigest: digest.or(z.literal('')).default(''),
  labels: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/))
    .max(16)
    .default(['stable']),
});

/** In the environment and in flags the list is JSON; in a file it is written as it is. */
const modelListText = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'must be a list in JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.array(modelSchema));

/** The option `models`: what a program loads before it says SERVING. */
export const modelsOption = option(z.union([z.array(modelSchema), modelListText]).default([]), {
  description:
    'Models to load before serving, a list (JSON in a flag) of {name, version, digest, bundleDigest, logProofDigest, labels}; labels are stable where left out.',
});

/** A host with the service that manages it. */
export interface OpenedModelHost<M> {
  readonly host: ModelHost<M>;
  /** `isthmus.model.v1.ModelService`, for the admin port. */
  readonly binding: ServiceBinding;
}

/**
 * Opens a host on what a program stands on: its database, its objects and its admission policy. The models are loaded by
 * `host.start(configuration.models)`, which is what a program gives as `ready`.
 * @param kind of the models: replicas of one kind share the registry
 */
export async function openModelHost<M>(
  context: ProgramContext<BaseConfiguration>,
  kind: string,
  model: ModelKind<M>,
): Promise<OpenedModelHost<M>> {
  const { telemetry, logger, clock, dataDirectory } = context;
  const { mode, trustFile, minimumAssurance, requireOnline, requireLogProof } =
    context.configuration.admission;
  const database = await context.database();
  const objects = context.objects();
  const registry = new ModelRegistry(database, kind);
  const requests = new RequestLog(database);
  await registry.open();
  await requests.open();
  const admission = new Admission(
    {
      mode,
      trustFile: trustFile || join(dataDirectory, 'trust.json'),
      minimumAssurance,
      requireOnline,
      requireLogProof,
    },
    { objects, logger, telemetry },
  );
  const host = new ModelHost<M>({ ...model, registry, objects, admission, telemetry, logger, clock });
  context.lifecycle.onStop('models', () => host.stop());
  return { host, binding: modelServiceBinding(host, requests) };
}
