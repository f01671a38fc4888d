import { z } from 'zod';
import {
  defaultDeadlineMs,
  keepaliveTimeMs,
  keepaliveTimeoutMs,
  maxConnectionAgeGraceMs,
  maxConnectionAgeMs,
  maxMessageBytes,
} from '../server/limits.js';
import { option } from './option.js';

const milliseconds = () => z.number().int().min(0).max(2_147_483_647);
const hostAndPort = '(\\[[0-9a-fA-F:.]+\\]|[^:\\s[\\]]+):\\d{1,5}';
const address = () =>
  z.string().regex(new RegExp(`^${hostAndPort}$`), 'must be HOST:PORT, for example 127.0.0.1:7401');

const identities = (who: string) =>
  option(z.array(z.string()).default([]), {
    description: `Identities ${who}: spiffe://…, dns:NAME or cn:NAME of a certificate, with * for any part of a segment.`,
  });

/** The options that every program has. */
export const baseOptions = {
  server: {
    address: option(address().default('127.0.0.1:0'), {
      description:
        'Where the services listen. Port 0 takes a free one; the loopback interface is the default on purpose.',
    }),
    maxMessageBytes: option(z.number().int().min(1024).max(1_073_741_824).default(maxMessageBytes), {
      description: 'Largest message that is received or sent.',
      unit: 'bytes',
    }),
    maxConcurrentStreams: option(z.number().int().min(1).max(1_000_000).default(1000), {
      description: 'Most calls at a time on one connection.',
    }),
    requireDeadline: option(z.boolean().default(true), {
      description: 'Refuse unary calls that carry no deadline.',
    }),
    maxConnectionAgeMs: option(milliseconds().default(maxConnectionAgeMs), {
      description:
        'Age at which a connection is closed gracefully, so that clients spread again over the replicas; 0 for never.',
      unit: 'ms',
    }),
    maxConnectionAgeGraceMs: option(milliseconds().default(maxConnectionAgeGraceMs), {
      description: 'How long the calls of such a connection may still take.',
      unit: 'ms',
    }),
    drainDelayMs: option(milliseconds().default(500), {
      description:
        'How long a program that stops says NOT_SERVING before it refuses calls. Give load balancers time to notice.',
      unit: 'ms',
    }),
    shutdownGraceMs: option(milliseconds().default(20_000), {
      description: 'How long the calls in flight may still take when a program stops.',
      unit: 'ms',
    }),
  },
  admin: {
    address: option(address().default('127.0.0.1:0'), {
      description: 'Where the admin services, health and reflection listen. Port 0 takes a free one.',
    }),
  },
  health: {
    address: option(
      z
        .string()
        .regex(new RegExp(`^(${hostAndPort})?$`), 'must be HOST:PORT or empty')
        .default(''),
      {
        description:
          'Where health alone is told in plain text, for probes that bring no certificate, as the kubelet’s do; empty for nowhere.',
      },
    ),
  },
  tls: {
    mode: option(z.enum(['mutual', 'server', 'off']).default('mutual'), {
      description:
        'Whether callers must bring a certificate (mutual), need none (server: they are the identity anonymous), or speak plain text and may do everything (off: warned of at every start).',
    }),
    certificateFile: option(z.string().default(''), {
      description:
        'PEM certificate of this program with its chain, shown to callers and to the programs that it calls.',
    }),
    keyFile: option(z.string().default(''), { description: 'PEM private key of that certificate.' }),
    authorityFile: option(z.string().default(''), {
      description: 'PEM authorities that the certificates of callers and of called programs must come from.',
    }),
  },
  roles: {
    caller: identities('that ask and read: rankers'),
    catalogueWriter: identities('that change the catalogue'),
    prover: identities('that announce and commit training runs'),
    operator: identities('that load models and move labels'),
    peer: identities('of other programs of the mesh that call this one, as retrieval calls representation'),
  },
  client: {
    defaultDeadlineMs: option(milliseconds().min(1).default(defaultDeadlineMs), {
      description: 'Deadline of a unary call to another service that sets none.',
      unit: 'ms',
    }),
    keepaliveTimeMs: option(milliseconds().min(1000).default(keepaliveTimeMs), {
      description:
        'Quiet time after which a connection with calls is probed. Longer than any shutdown grace of a server.',
      unit: 'ms',
    }),
    keepaliveTimeoutMs: option(milliseconds().min(100).default(keepaliveTimeoutMs), {
      description: 'How long a probe may go unanswered before the connection counts as broken.',
      unit: 'ms',
    }),
  },
  data: {
    directory: option(z.string().min(1).default('.isthmus'), {
      description: 'Folder for everything that the program keeps on this machine.',
    }),
  },
  database: {
    url: option(z.string().default(''), {
      description:
        'PostgreSQL to use, postgres://…; empty for one that is started beside the program in data.directory.',
      secret: true,
    }),
    poolSize: option(z.number().int().min(1).max(1000).default(8), {
      description: 'Most connections to the database.',
      unit: 'connections',
    }),
  },
  objects: {
    url: option(z.string().default(''), {
      description:
        'Content-addressed store, file:///… or s3://BUCKET/PREFIX; empty for a folder in data.directory.',
      secret: true,
    }),
  },
  telemetry: {
    otlpEndpoint: option(z.string().default(''), {
      description:
        'Base address of an OTLP/HTTP receiver, for example http://127.0.0.1:4318; empty for none.',
    }),
    sampling: option(z.number().min(0).max(1).default(1), {
      description: 'Share of the traces that start here which are recorded.',
    }),
    metricIntervalMs: option(milliseconds().min(100).default(10_000), {
      description: 'How often metrics are sent.',
      unit: 'ms',
    }),
  },
  log: {
    level: option(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'), {
      description: 'Least severe log lines that are written, to the standard error stream.',
    }),
    requests: option(z.enum(['all', 'errors', 'off']).default('all'), {
      description: 'Which calls get a log line.',
    }),
  },
  admission: {
    mode: option(z.enum(['off', 'warn', 'enforce']).default('enforce'), {
      description:
        'What becomes of a model without a valid attestation: loaded, loaded with a warning, or refused.',
    }),
    trustFile: option(z.string().default(''), {
      description: 'File with the keys to trust; empty for trust.json in data.directory.',
    }),
    minimumAssurance: option(
      z
        .enum(['L0_INTEGRITY', 'L1_LEGACY_TOLERANCE', 'L2_SAMPLED', 'L3_FULL', 'L4_FULL_QUORUM'])
        .default('L3_FULL'),
      { description: 'Least assurance of an attestation that admits a model.' },
    ),
    requireOnline: option(z.boolean().default(true), {
      description: 'Whether only runs whose nonce came before the training are admitted.',
    }),
    requireLogProof: option(z.boolean().default(true), {
      description:
        'Whether only attestations with a proof that the transparency log holds them are admitted.',
    }),
  },
};
