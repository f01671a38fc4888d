import { splitKinds } from '@isthmus/trainer';
import { type Command, Option } from 'commander';
import { collected, command, protectedConnections, type RunAction, wholeNumber } from './command-parts.js';
import { inspect, prepare } from './commands/data.js';
import { evaluateRetrieval } from './commands/evaluate.js';
import { reportRetrieval } from './commands/report.js';
import { defaultPorts } from './commands/serve.js';
import { train } from './commands/train.js';
import { tune } from './commands/tune.js';
import { defaultDirectory } from './mesh/layout.js';

/** The commands for data, training and measuring. */
export function addLearningCommands(program: Command, run: RunAction): void {
  addData(program, run);
  addTrain(program, run);
  addTune(program, run);
  addEvaluate(program, run);
  addReport(program, run);
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

function addTune(program: Command, run: RunAction): void {
  command(
    program,
    'tune',
    'tries configurations of a program, and names the one that does best on validation',
    [
      `isthmus tune item-knn --space '{"targetExponent":[0.1,0.3,0.5],"shrinkage":[1,5,20]}' --search grid`,
      'isthmus tune sasrec --space @space.json --trials 20 --out best.json',
    ],
  )
    .argument('<program>', 'name of a program, for example sasrec')
    .option('--space <json>', 'values or range of each field, or @FILE')
    .option('--spec <file>', 'JSON file with what every configuration has')
    .addOption(new Option('--search <kind>', 'how').choices(['random', 'grid']).default('random'))
    .option('--trials <n>', 'configurations of a random search', wholeNumber, 20)
    .option('--figure <name>', 'figure on validation, the higher the better', 'ndcg@20')
    .option('--seed <n>', 'draws the configurations, and is the seed of every training', wholeNumber, 1)
    .option('--data <file>', 'what `isthmus data prepare` wrote; data.json of the folder if not given')
    .option('--log <file>', 'log of the trials; trials.jsonl of the folder if not given')
    .option('--out <file>', 'the best configuration as JSON, for train --spec')
    .option('--directory <path>', 'folder of the mesh', defaultDirectory)
    .action((name, options) => run(tune, { ...options, program: name }));
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
