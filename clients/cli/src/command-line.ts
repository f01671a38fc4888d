import { splitKinds } from '@isthmus/trainer';
import { Command, InvalidArgumentError, Option } from 'commander';
import { certificates } from './commands/certificates.js';
import type { Command as Action } from './commands/command-context.js';
import { inspect, prepare } from './commands/data.js';
import { demo } from './commands/demo.js';
import { doctor } from './commands/doctor.js';
import { evaluateRetrieval } from './commands/evaluate.js';
import { label } from './commands/label.js';
import { models } from './commands/models.js';
import { publish } from './commands/publish.js';
import { reportRetrieval } from './commands/report.js';
import { retrieve } from './commands/retrieve.js';
import { defaultPorts, serve } from './commands/serve.js';
import { train } from './commands/train.js';
import { verify } from './commands/verify.js';
import { defaultDirectory } from './mesh/layout.js';

/** Runs a command with its options; exit codes and errors are the caller's. */
// biome-ignore lint/suspicious/noExplicitAny: every command has options of its own
export type RunAction = (action: Action<any>, options: any) => Promise<void>;

const exitCodes = `
Exit codes: 0 done · 1 failed, the message says what to do · 2 called wrongly · 3 a proof, a signature or a model does not hold`;

/** The commands of `isthmus` with their options and help. */
export function commandLine(run: RunAction): Command {
  const program = new Command('isthmus')
    .description('Candidates for a user, traced to an interest, to its causes, and to a proof of training.')
    .showHelpAfterError('(add --help to see how it is called)')
    .exitOverride()
    .addHelpText('after', `\nBegin with: isthmus demo${exitCodes}`);
  addDemo(program, run);
  addData(program, run);
  addTrain(program, run);
  addEvaluate(program, run);
  addReport(program, run);
  addModelCommands(program, run);
  addServe(program, run);
  addRetrieve(program, run);
  addVerify(program, run);
  addCertificates(program, run);
  addDoctor(program, run);
  return program;
}

function addDemo(program: Command, run: RunAction): void {
  command(program, 'demo', 'trains, proves, serves, asks, explains: the whole mesh in a few minutes', [
    'isthmus demo',
    'isthmus demo --data FOLDER --keep',
  ])
    .option('--data <path>', 'folder or file of events of two domains; without it they are simulated')
    .option('--source <domain>', 'domain whose events may cause interest; chosen by size if not given')
    .option('--target <domain>', 'domain that items are recommended from')
    .option('--seed <n>', 'draws the held-out users and seeds what is not attested', wholeNumber, 1)
    .option('--keep', 'leaves the mesh running until Ctrl-C, and its folder after that')
    .option('--report <file>', `where the HTML report goes; ${defaultDirectory}/demo.html if not given`)
    .option(
      '--results <name>',
      'also writes the figures to docs/results/<name>.json and .md of this checkout',
    )
    .option('--directory <path>', 'folder of the mesh; a temporary one if not given')
    .action((options) => run(demo, options));
}

function addData(program: Command, run: RunAction): void {
  const data = program
    .command('data')
    .description('looks at events, and prepares them for training')
    .exitOverride()
    .showHelpAfterError('(add --help to see how it is called)');
  const source = (name: string, description: string, examples: string[]) =>
    command(data, name, description, examples)
      .argument('[paths...]', 'folders or files: RecBole atomic files, CSV, Parquet, plain or gzip')
      .option('--simulator', 'the simulated world instead of files')
      .option('--directory <path>', 'folder of the mesh', defaultDirectory);
  source('inspect', 'counts users, items and events of each domain, and names rows that cannot be read', [
    'isthmus data inspect shop.inter.gz shop.item.gz',
  ]).action((paths, options) => run(inspect, { ...options, paths }));
  source('prepare', 'cuts held-out events off and commits the rest as Merkle trees', [
    'isthmus data prepare FOLDER --source food --target kitchen',
  ])
    .option(
      '--source <domain>',
      'domain whose events may cause interest; chosen by size if not given; none leaves all but the target out',
    )
    .option('--target <domain>', 'domain that items are recommended from')
    .addOption(
      new Option(
        '--split <kind>',
        'what is held out: the last event of known users and all of some others (mesh), what came after a moment (time), or one of the protocols of retrieval and transfer',
      )
        .choices([...splitKinds])
        .default('mesh'),
    )
    .option('--first-only', 'of leave-last-out and warm: targets are items that the user had not had before')
    .option('--seed <n>', 'draws the held-out users; 1 if not given, 2024 for comirec', wholeNumber)
    .option('--skip-bad-rows', 'leaves rows out that cannot be read instead of giving up')
    .action((paths, options) => run(prepare, { ...options, paths }));
}

function addTrain(program: Command, run: RunAction): void {
  protectedConnections(
    command(
      program,
      'train',
      'trains a program on prepared data, has the run proved, and publishes the model',
      [
        `isthmus train ce-cdr --attestation localhost:${defaultPorts.attestation}`,
        'isthmus train gemirec --seed 7 --spec spec.json',
      ],
    )
      .argument('<program>', 'ce-cdr, gemirec, two-tower or popularity')
      .option(
        '--attestation <host:port>',
        'attestation service that draws the seed, replays the run and signs',
      )
      .option(
        '--seed <n>',
        'a seed of your own: no proof, or with --attestation one that says POSTHOC',
        wholeNumber,
      )
      .option('--data <file>', 'what `isthmus data prepare` wrote; data.json of the folder if not given')
      .option('--spec <file>', 'JSON file with choices of the program, for example {"epochs": 2}')
      .option(
        '--artefact <name=digest[@attestation]>',
        'model that the run reads; for gemirec the representation model published last if not given',
        collected,
      )
      .option('--out <file>', 'the result with curves and digests, for `isthmus evaluate`')
      .option('--restart', 'forgets a run that was interrupted instead of going on with it')
      .option('--directory <path>', 'folder of the mesh', defaultDirectory),
  ).action((name, options) => run(train, { ...options, program: name }));
}

function addEvaluate(program: Command, run: RunAction): void {
  const evaluate = program
    .command('evaluate')
    .description('measures models on what was held out')
    .exitOverride()
    .showHelpAfterError('(add --help to see how it is called)');
  command(evaluate, 'retrieval', 'compares models of retrieval, and ranked lists of others', [
    'isthmus evaluate retrieval --model gemirec=g1.json --model gemirec=g2.json --model sasrec=s1.json --baseline sasrec',
    'isthmus evaluate retrieval --model gemirec=g1.json --lists theirs=lists.tsv.gz',
  ])
    .option(
      '--model <[name=]file>',
      'what train wrote with --out; seeds of one name are one model',
      collected,
    )
    .option(
      '--lists <[name=]file>',
      'ranked lists: TSV lines (user, then items, best first) or JSON lines {"user", "items"}',
      collected,
    )
    .option('--baseline <name>', 'the model that the others are compared with')
    .option('--data <file>', 'what `isthmus data prepare` wrote; data.json of the folder if not given')
    .option('--seed <n>', 'seed of the intervals', wholeNumber, 1)
    .option('--out <file>', 'the comparison as JSON')
    .option('--directory <path>', 'folder of the mesh', defaultDirectory)
    .action((options) => run(evaluateRetrieval, options));
}

function addReport(program: Command, run: RunAction): void {
  const report = program
    .command('report')
    .description('writes pages about models')
    .exitOverride()
    .showHelpAfterError('(add --help to see how it is called)');
  command(
    report,
    'retrieval',
    'one HTML page: training, dictionary of interests, figures, a user explained',
    [
      'isthmus report retrieval --model gemirec.json',
      'isthmus report retrieval --model gemirec.json --evaluation comparison.json --out gemirec.html',
    ],
  )
    .requiredOption('--model <file>', 'what train wrote with --out')
    .option('--evaluation <file>', 'what evaluate retrieval wrote with --out: the model beside its peers')
    .option('--user <record>', 'the user to explain; one with a varied history if not given', wholeNumber)
    .option('--data <file>', 'what `isthmus data prepare` wrote; data.json of the folder if not given')
    .option('--out <file>', 'file of the page', 'retrieval-report.html')
    .option('--directory <path>', 'folder of the mesh', defaultDirectory)
    .action((options) => run(reportRetrieval, options));
}

function addModelCommands(program: Command, run: RunAction): void {
  const admin = `localhost:${defaultPorts.retrieval + 10}`;
  const atAdminPorts = (command: Command) =>
    protectedConnections(
      command
        .addOption(
          new Option('--to <host:port>', 'admin port of the program; several with commas, or repeated')
            .env('ISTHMUS_ADMIN')
            .argParser(collected),
        )
        .option('--directory <path>', 'folder of the mesh', defaultDirectory),
    );
  const patience = (command: Command) =>
    command.option('--deadline-ms <n>', 'longest wait for the replicas, milliseconds', wholeNumber, 300_000);
  atAdminPorts(
    patience(
      command(
        program,
        'publish',
        'brings a trained model to every replica: stored, registered, verified, warmed, labelled',
        [
          `isthmus publish gemirec --to ${admin} --label canary`,
          `isthmus publish ${defaultDirectory}/models/gemirec/0a1b2c3d4e5f --to ${admin} --objects 's3://models/mesh?region=eu-west-1'`,
        ],
      )
        .argument('[model]', 'a model folder, NAME@VERSION, or NAME for the newest of the mesh’s folder')
        .option('--objects <url>', 'store that the programs read; that of the mesh’s folder if not given')
        .option('--label <name>', 'label to point at it in the end; may be repeated', collected)
        .option('--as <name@version>', 'name and version to have it served under, if not its own')
        .option('--trust <file>', 'keys to check it with before; trust.json of the folder if not given'),
    ),
  ).action((model, options) => run(publish, { ...options, model }));
  atAdminPorts(
    patience(
      command(program, 'label', 'points a label at a version that every replica has ready', [
        `isthmus label gemirec stable 0a1b2c3d4e5f --to ${admin} --wait`,
      ])
        .argument('<name>', 'name of the model')
        .argument('<label>', 'the label; `stable` is what requests mean that name none')
        .argument('<version>', 'the version, as `isthmus models` lists it')
        .option('--wait', 'ends when every replica answers the label with the version'),
    ),
  ).action((name, labelName, version, options) =>
    run(label, { ...options, name, label: labelName, version }),
  );
  atAdminPorts(
    command(program, 'models', 'lists versions with labels, assurance and replicas', [
      `isthmus models --to ${admin}`,
    ]),
  ).action((options) => run(models, options));
}

function addServe(program: Command, run: RunAction): void {
  command(program, 'serve', 'starts the three services of a folder and loads its published models', [
    'isthmus serve',
    'isthmus serve --directory /srv/isthmus --admission warn',
  ])
    .option('--directory <path>', 'folder of the mesh', defaultDirectory)
    .option('--host <address>', 'interface to listen on', '127.0.0.1')
    .option('--retrieval-port <n>', 'port of retrieval; 0 takes a free one', port, defaultPorts.retrieval)
    .option('--representation-port <n>', 'port of representation', port, defaultPorts.representation)
    .option('--attestation-port <n>', 'port of attestation', port, defaultPorts.attestation)
    .addOption(
      new Option('--admission <mode>', 'what becomes of a model without a valid attestation')
        .choices(['off', 'warn', 'enforce'])
        .default('enforce'),
    )
    .option('--insecure', 'plain text for everybody who reaches a port, instead of certificates and roles')
    .option('--otlp-endpoint <url>', 'where traces go, for example http://127.0.0.1:4318')
    .action((options) => run(serve, options));
}

function addRetrieve(program: Command, run: RunAction): void {
  const commands = [
    { name: 'retrieve', explain: false, description: 'asks for candidates for a user' },
    { name: 'explain', explain: true, description: 'the same, with the source events that caused each' },
  ];
  for (const { name, explain, description } of commands)
    protectedConnections(
      command(program, name, description, [
        `isthmus ${name} --event food:1842 --event food:977:1355529600000`,
        `isthmus ${name} --user user.json --k 5 --json`,
      ])
        .option(
          '--event <domain:item[:unixMs]>',
          'what the user did, oldest first; may be repeated',
          collected,
        )
        .option('--user <file>', 'JSON file {"userId": ..., "events": [{"domain", "itemId", "timestampMs"}]}')
        .option('--k <n>', 'candidates', wholeNumber, 10)
        .option('--interests <n>', 'interests to search with; 0 leaves it to the model', wholeNumber, 0)
        .option('--model <name>', 'name of the model', 'gemirec')
        .option('--label <label>', 'which of its versions; `stable` if not given')
        .option('--without-cross-domain', 'answers from the target domain alone')
        .addOption(
          new Option('--retrieval <host:port>', 'retrieval service')
            .env('ISTHMUS_RETRIEVAL')
            .default(`localhost:${defaultPorts.retrieval}`),
        )
        .option('--deadline-ms <n>', 'longest wait, milliseconds', wholeNumber, 5_000)
        .option('--directory <path>', 'folder of the mesh, for its certificates', defaultDirectory),
    ).action((options) => run(retrieve, { ...options, explain }));
}

function addVerify(program: Command, run: RunAction): void {
  command(program, 'verify', 'checks offline that a model folder is what was attested', [
    `isthmus verify ${defaultDirectory}/models/gemirec/0a1b2c3d4e5f`,
  ])
    .argument('<folder>', 'the model files with attestation.sigstore.json beside them')
    .option(
      '--trust <file>',
      'public keys and policy, as the attestation service writes them',
      `${defaultDirectory}/trust.json`,
    )
    .option('--bundle <file>', 'another bundle than the one in the folder')
    .option('--log-proof <file>', 'another proof of inclusion than the one in the folder')
    .action((folder, options) => run(verify, { ...options, model: folder }));
}

function addCertificates(program: Command, run: RunAction): void {
  command(
    program,
    'certificates',
    'writes throw-away certificates for every program and caller of a mesh, to try TLS with',
    ['isthmus certificates certs --host mesh.example.com'],
  )
    .argument('<directory>', 'folder to write to')
    .option('--host <name>', 'name or address that programs are reached under; may be repeated', collected)
    .action((directory, options) => run(certificates, { ...options, directory }));
}

/** Options that say how connections are protected. */
function protectedConnections(command: Command): Command {
  return command
    .option('--tls-authority <file>', 'authorities that the service’s certificate must come from')
    .option('--tls-certificate <file>', 'certificate to call with; that of the mesh’s folder if not given')
    .option('--tls-key <file>', 'private key of that certificate')
    .option('--insecure', 'plain text, for services with --tls.mode=off');
}

function addDoctor(program: Command, run: RunAction): void {
  command(
    program,
    'doctor',
    'checks whether this machine can run a mesh, and says what to do where it cannot',
    ['isthmus doctor'],
  )
    .option('--directory <path>', 'folder of the mesh', defaultDirectory)
    .action((options) => run(doctor, options));
}

function command(parent: Command, name: string, description: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  ${example}`).join('\n');
  return parent
    .command(name)
    .description(description)
    .option('--json', 'prints one JSON line at the end, for programs')
    .exitOverride()
    .showHelpAfterError('(add --help to see how it is called)')
    .addHelpText('after', `\nExamples:\n${lines}\n${exitCodes}`);
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('it must be a whole number from 0.');
  return Number(text);
}

function port(text: string): number {
  const number = wholeNumber(text);
  if (number > 65_535) throw new InvalidArgumentError('a port is at most 65535.');
  return number;
}

function collected(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
