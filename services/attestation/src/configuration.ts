import {
  type BaseConfiguration,
  type ConfigurationSpec,
  defineConfiguration,
  option,
  type ValuesOf,
} from '@isthmus/chassis';
import { z } from 'zod';

const count = (otherwise: number, most: number) => z.number().int().min(1).max(most).default(otherwise);

const replayOptions = {
  workers: option(z.number().int().min(0).max(64).default(2), {
    description: 'Replayer processes that this program runs; 0 where other machines run the workers.',
    unit: 'processes',
  }),
  spanSegments: option(count(1, 10_000), {
    description: 'Segments that a worker replays in one go.',
    unit: 'segments',
  }),
  deadlineMs: option(count(1_800_000, 86_400_000), {
    description: 'Longest replay of one span; after it the replayer is ended and the span is tried again.',
    unit: 'ms',
  }),
  attempts: option(count(5, 100), {
    description: 'Attempts at a span before the service abstains.',
    unit: 'attempts',
  }),
  heartbeatMs: option(z.number().int().min(100).max(60_000).default(2_000), {
    description:
      'How often a worker says that it is alive. After five beats of silence its span goes to another.',
    unit: 'ms',
  }),
};

const stateLimit = {
  maxStateBytes: option(count(268_435_456, 1_073_741_824), {
    description: 'Largest encoded state of a run.',
    unit: 'bytes',
  }),
};

const ownOptions = {
  programs: {
    allow: option(
      z.array(z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal')).default([]),
      {
        description: 'SHA-256 of training programs that may be run here.',
      },
    ),
    directories: option(z.array(z.string().min(1)).default([]), {
      description: 'Folders whose *.mjs files may be run here too, also those that appear later.',
    }),
  },
  limits: {
    ...stateLimit,
    maxSteps: option(count(10_000_000, 1_000_000_000), {
      description: 'Most steps of a run.',
      unit: 'steps',
    }),
    maxSegments: option(count(10_000, 1_000_000), {
      description: 'Most segments of a run.',
      unit: 'segments',
    }),
    maxObjectBytes: option(count(1_073_741_824, 17_179_869_184), {
      description: 'Largest object that may be uploaded.',
      unit: 'bytes',
    }),
    maxInputBytes: option(count(2_147_483_648, 68_719_476_736), {
      description: 'Most bytes of all inputs of a run together. A replayer holds them in memory.',
      unit: 'bytes',
    }),
    openRunsPerProver: option(count(8, 10_000), {
      description: 'Runs of one prover that may be neither decided nor expired.',
      unit: 'runs',
    }),
    window: option(count(8, 1_000), {
      description: 'Segments that a prover may send ahead of their acknowledgement.',
      unit: 'segments',
    }),
    idleTimeoutMs: option(count(86_400_000, 2_147_483_647), {
      description: 'Time without a commitment after which a run expires.',
      unit: 'ms',
    }),
  },
  replay: replayOptions,
  transparencyLog: {
    origin: option(
      z
        .string()
        .regex(/^[^\s+]{1,128}$/, 'must hold no spaces and no plus')
        .default('isthmus.local/attestation'),
      {
        description: 'Identity of the log, and name of its key. Never change it for a log that has entries.',
      },
    ),
    directory: option(z.string().default(''), {
      description:
        'Folder for the tiles of the log (C2SP tlog-tiles), to be served as files; empty for one in data.directory.',
    }),
  },
  keys: {
    attestationFile: option(z.string().default(''), {
      description:
        'Private key of attestations, PKCS #8 PEM, P-256; empty for one that is made in data.directory.',
    }),
    logFile: option(z.string().default(''), {
      description:
        'Private key of the log, PKCS #8 PEM, Ed25519; empty for one that is made in data.directory.',
    }),
  },
  verifier: {
    id: option(z.string().url().default('https://isthmus.dev/attestation/verifier'), {
      description: 'URI by which attestations name this verifier.',
    }),
  },
};

/** Configuration of the attestation program. */
export type AttestationConfiguration = BaseConfiguration & ValuesOf<typeof ownOptions>;

/** Options of the attestation program. */
export const attestationConfiguration: ConfigurationSpec<AttestationConfiguration> =
  defineConfiguration(ownOptions);

const workerOptions = { limits: stateLimit, replay: replayOptions };

/** Configuration of a worker that runs alone. */
export type WorkerConfiguration = BaseConfiguration & ValuesOf<typeof workerOptions>;

/** Options of a worker that runs alone. */
export const workerConfiguration: ConfigurationSpec<WorkerConfiguration> = defineConfiguration(workerOptions);
