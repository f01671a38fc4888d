/**
 * What the embedded profile configures, run for real on this machine: its configuration files, certificates and roles, as `helm template`
 * writes them, are given to the three programs; two models are trained and proved, published as the training of the chart does it, and
 * asked; who has no role is refused.
 * usage: node secured.mjs RENDERED.yaml (the repository has to be built)
 */
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { IsthmusClient } from '@isthmus/client';
import { parse, parseAllDocuments, stringify } from 'yaml';

const small = JSON.parse(
  readFileSync(new URL('../../../test/support/small-specifications.json', import.meta.url), 'utf8'),
);
const services = { 'ce-cdr': 'representation', gemirec: 'retrieval' };
const folder = mkdtempSync(join(tmpdir(), 'isthmus-secured-'));
const programs = [];
let passed = 0;
try {
  await main(process.argv[2]);
  console.log(`${passed} passed, 0 failed`);
} catch (error) {
  console.error(error);
  console.log(`${passed} passed, 1 failed`);
  process.exitCode = 1;
} finally {
  for (const { child, ended } of programs) {
    child.kill('SIGTERM');
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}

async function main(rendered) {
  const objects = parseAllDocuments(readFileSync(rendered, 'utf8')).flatMap(
    (document) => document.toJS() ?? [],
  );
  const caller = unpack(objects, 'isthmus-caller-tls');
  const trainer = unpack(objects, 'isthmus-training-tls');
  const own = unpack(objects, 'isthmus-embedded-tls');
  const { data } = objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === 'isthmus-embedded',
  );
  const attestation = await start('attestation', data, own, {});
  const representation = await start('representation', data, own, {});
  const retrieval = await start('retrieval', data, own, {
    representation: { address: representation.address },
  });
  ok('three programs serve with the configuration and the certificates of the chart');

  const prepared = join(folder, 'data.json');
  const store = `--objects=file://${join(folder, 'trainer-objects')}`;
  await run(
    'prepare',
    '--simulator',
    '--users=300',
    `--salt-file=${join(folder, 'salt')}`,
    `--out=${prepared}`,
    store,
  );
  const train = (program, who, ...more) =>
    run(
      ...[
        'train',
        `--program=${program}`,
        `--spec=${JSON.stringify(small[program])}`,
        `--data=${prepared}`,
        '--upload',
        store,
      ],
      ...[
        `--attestation=${attestation.address}`,
        `--key=${join(folder, 'prover.pem')}`,
        `--out=${join(folder, `${services[program]}.json`)}`,
      ],
      ...[
        `--tls-authority=${who}/ca.crt`,
        `--tls-certificate=${who}/tls.crt`,
        `--tls-key=${who}/tls.key`,
        ...more,
      ],
    );
  await refused('the caller proves nothing', /isthmus-caller may not call .* prover/, () =>
    train('ce-cdr', caller),
  );
  await train('ce-cdr', trainer);
  await train('gemirec', trainer, `--artefact=representation=@${join(folder, 'representation.json')}`);
  ok('the training of the release proves two models');

  const tls = (who) => ({ ca: `${who}/ca.crt`, cert: `${who}/tls.crt`, key: `${who}/tls.key` });
  const admin = { representation: representation.adminAddress, retrieval: retrieval.adminAddress };
  for (const service of Object.keys(admin)) {
    const publish = (who) => run(...publishing(objects, service, who, admin[service]));
    await refused(`a program publishes no ${service}`, /isthmus-embedded may not call .*operator/, () =>
      publish(own),
    );
    await publish(trainer);
    await publish(trainer);
  }
  ok('the training of the release publishes both, and once more without any effect');
  const request = {
    model: { name: 'gemirec' },
    user: { events: [{ domain: 'books', itemId: 'book-0001', timestampMs: 1_700_000_000_000n }] },
    k: 5,
  };
  const ask = (options) =>
    using({ retrieval: retrieval.address, ...options }, (client) => client.retrieval.retrieve(request));
  const answer = await eventually(() => ask({ tls: tls(caller) }));
  if (answer.hits.length !== 5) throw new Error(`${answer.hits.length} candidates`);
  if (answer.crossDomain?.status !== 1) throw new Error('retrieval could not use representation');
  ok('a Retrieve is answered, and retrieval was let into representation');
  await refused('the training asks nothing', /caller/, () => ask({ tls: tls(trainer) }));
  await refused('nobody asks in plain text', /UNAVAILABLE|No connection/, () => ask({ insecure: true }));
}

/** Writes a Secret of the rendered chart to files, as a kubelet would. */
function unpack(objects, name) {
  const secret = objects.find((object) => object.kind === 'Secret' && object.metadata.name === name);
  const path = join(folder, name);
  mkdirSync(path);
  for (const [file, text] of Object.entries(secret.data))
    writeFileSync(join(path, file), Buffer.from(text, 'base64'));
  return path;
}

/** What a container of the chart's Job is started with; only folders and the port are this machine's. */
function publishing(objects, service, who, address) {
  const { initContainers, containers } = objects.find(({ kind }) => kind === 'Job').spec.template.spec;
  const { args } = [...initContainers, ...containers].find(({ name }) => name === `publish-${service}`);
  return args.map((flag) =>
    flag.startsWith('--to=')
      ? `--to=${address}`
      : flag.replace('/etc/isthmus/tls', who).replace('=/work', `=${folder}`),
  );
}

/** Starts a program with the chart's configuration; only folders and ports are this machine's. */
async function start(name, files, certificates, changes) {
  const text = files[`${name}.yaml`]
    .replaceAll('/etc/isthmus/tls', certificates)
    .replaceAll('/var/lib/isthmus', join(folder, 'data'));
  const configuration = { ...parse(text), ...changes };
  for (const part of ['server', 'admin', 'health'])
    configuration[part] = { ...configuration[part], address: `127.0.0.1:${await freePort()}` };
  if (name === 'attestation')
    configuration.programs = {
      directories: ['services/representation/dist/programs', 'services/retrieval/dist/programs'],
    };
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, stringify(configuration));
  const main = `services/${name}/dist/main.js`;
  const child = spawn(process.execPath, [main, '--config', path], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  programs.unshift({ child, ended });
  let log = '';
  child.stderr.on('data', (chunk) => {
    log = `${log}${chunk}`.slice(-4000);
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) =>
      // By name: an IP address is no server name (RFC 6066, section 3).
      resolve(JSON.parse(line.replaceAll('127.0.0.1', 'localhost'))),
    );
    void ended.then((code) => reject(new Error(`${name} ended with ${code}:\n${log}`)));
  });
}

function run(...argv) {
  return promisify(execFile)(process.execPath, ['services/trainer/dist/main.js', ...argv]);
}

async function using(options, call) {
  const client = new IsthmusClient(options);
  try {
    return await call(client);
  } finally {
    client.close();
  }
}

async function eventually(call) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function refused(name, words, call) {
  const error = await call().then(
    () => undefined,
    (reason) => reason,
  );
  const said = `${error?.code} ${error?.message} ${error?.stderr ?? ''}`;
  if (error === undefined || !words.test(said)) throw new Error(`not refused as expected: ${name}: ${said}`);
  ok(`refused: ${name}`);
}

function ok(name) {
  passed += 1;
  console.log(`ok      ${name}`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
