#!/usr/bin/env node
/** `npm run check:ulp`: compares the elementary functions with float64 references over all inputs, and times them. */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { checkFunctions } from './check-functions.js';
import { allInputs } from './check-span.js';
import { elementaryFunctions } from './elementary-functions.js';
import { buildMathCheck, loadMathCheck } from './math-check-module.js';
import { timeFunction } from './time-function.js';
import { type FunctionResult, writeFunctionResults } from './write-function-results.js';

const help = `npm run check:ulp -- [--sample N] [--functions exp,log] [--threads 2]
  --sample N      compare about N inputs of each function in place of all 2^32; nothing is written then
  --functions     compare these alone; nothing is written then
  --threads N     threads that compare (2)
`;
const positiveOnly = ['log', 'log1p', 'rsqrt'];

const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    functions: { type: 'string' },
    threads: { type: 'string', default: '2' },
    help: { type: 'boolean' },
  },
});
if (values.help) process.stdout.write(help);
else await main();

async function main(): Promise<void> {
  const chosen = values.functions?.split(',');
  const places = elementaryFunctions.flatMap(({ name }, place) =>
    chosen === undefined || chosen.includes(name) ? [place] : [],
  );
  const sample = wholeNumber(values.sample ?? String(allInputs));
  const threads = wholeNumber(values.threads);
  const unknown = chosen?.find((name) => elementaryFunctions.every((known) => known.name !== name));
  if (unknown !== undefined || sample === undefined || threads === undefined) {
    process.stderr.write(unknown === undefined ? help : `There is no function '${unknown}'\n${help}`);
    process.exitCode = 2;
    return;
  }

  const stride = Math.max(1, Math.floor(allInputs / sample));
  const moduleSha256 = await buildMathCheck();
  const check = await loadMathCheck();
  const times = places.map((place) => {
    const { name } = elementaryFunctions[place]!;
    return timeFunction(check, name, !positiveOnly.includes(name), () => performance.now());
  });
  const results: FunctionResult[] = [];
  await checkFunctions(places, stride, threads, (place, error) => {
    const { name, ulpBound } = elementaryFunctions[place]!;
    const result = { name, ulpBound, error, nanosecondsAnElement: times[places.indexOf(place)]! };
    results.push(result);
    process.stdout.write(`${describe(result)}\n`);
  });
  if (stride === 1 && chosen === undefined) await writeFunctionResults(results, moduleSha256);
  const failed = results.filter(
    ({ error, ulpBound }) => !(error.largestSteps <= 2 && error.largestUlp <= ulpBound),
  );
  for (const { name, ulpBound } of failed) process.stdout.write(`${name} is not within ${ulpBound} ulp\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function describe({ name, error, nanosecondsAnElement }: FunctionResult): string {
  return [
    name.padEnd(14),
    `${error.largestUlp.toFixed(4)} ulp at ${error.ulpInput}`.padEnd(44),
    `${error.largestSteps} from the correctly rounded at ${error.stepsInput}`.padEnd(60),
    `${((100 * error.correctlyRounded) / error.inputs).toFixed(3)} % of ${error.inputs} correctly rounded`,
    `${nanosecondsAnElement.toFixed(2)} ns an element`,
  ].join('  ');
}

function wholeNumber(text: string): number | undefined {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
