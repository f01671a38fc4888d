import { Command, Option } from 'commander';
import {
  collected,
  command,
  exitCodes,
  port,
  protectedConnections,
  type RunAction,
  wholeNumber,
} from './command-parts.js';
import { certificates } from './commands/certificates.js';
import { demo } from './commands/demo.js';
import { doctor } from './commands/doctor.js';
import { label } from './commands/label.js';
import { models } from './commands/models.js';
import { publish } from './commands/publish.js';
import { retrieve } from './commands/retrieve.js';
import { defaultPorts, serve } from './commands/serve.js';
import { verify } from './commands/verify.js';
import { addLearningCommands } from './learning-commands.js';
import { defaultDirectory } from './mesh/layout.js';

/** The commands of `isthmus` with their options and help. */
export function commandLine(run: RunAction): Command {
  const program = new Command('isthmus')
    .description('Candidates for a user, traced to an interest, to its causes, and to a proof of training.')
    .showHelpAfterError('(add --help to see how it is called)')
    .exitOverride()
    .addHelpText('after', `\nBegin with: isthmus demo${exitCodes}`);
  addDemo(program, run);
  addLearningCommands(program, run);
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
