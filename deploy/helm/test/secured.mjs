/**
 * What the embedded profile configures, run for real on this machine: its configuration files, certificates and roles, as `helm template`
 * writes them, are given to the three programs; two models are trained and proved, loaded and asked, and who has no role is refused.
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

const small = {
  'ce-cdr': {
    ...{
      dim: 8,
      contentDim: 8,
      rank: 8,
      contentSteps: 20,
      graphSweeps: 2,
      refreshSweeps: 1,
      thresholdPairs: 2000,
    },
    ...{ epochs: 1, batch: 256, prototypes: 8, maxCuts: 20, segmentSteps: 10 },
  },
  gemirec: {
    ...{
      dim: 16,
      maxLength: 10,
      hidden: 16,
      uniformNegatives: 64,
      batchNegatives: 64,
      batchSize: 32,
      dropout: 0,
    },
    ...{
      learningRate: 0.01,
      warmUpSteps: 40,
      maxEpochs: 10,
      codes: [4, 4],
      interests: 4,
      dictionarySteps: 3,
      segments: 8,
    },
  },
};
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
        `--out=${join(folder, `${program}.json`)}`,
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
  await train('gemirec', trainer, `--artefact=representation=@${join(folder, 'ce-cdr.json')}`);
  ok('the training of the release proves two models');

  const tls = (who) => ({ ca: `${who}/ca.crt`, cert: `${who}/tls.crt`, key: `${who}/tls.key` });
  for (const [program, { adminAddress }] of [
    ['ce-cdr', representation],
    ['gemirec', retrieval],
  ]) {
    const { modelDigest: digest, attestation: proof } = JSON.parse(
      readFileSync(join(folder, `${program}.json`), 'utf8'),
    );
    const { bundleDigest, logProofDigest } = proof;
    const model = { name: program, version: '1', digest, bundleDigest, logProofDigest, labels: ['stable'] };
    const load = (who) =>
      using({ admin: adminAddress, tls: tls(who) }, (client) => client.models.loadModel(model));
    await refused(`the training loads no ${program}`, /operator/, () => load(trainer));
    await load(caller);
  }
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
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)));
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
