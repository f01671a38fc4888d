#!/usr/bin/env node
/** `npm run results:check`: compares the results in `docs/results` with the bars; exits 1 where one fails or is missing. */
import { fileURLToPath } from 'node:url';
import { checkResults, describeCheck } from './results/check-results.js';

const check = await checkResults(fileURLToPath(new URL('../../..', import.meta.url)));
process.stdout.write(`${describeCheck(check).join('\n')}\n`);
process.exitCode = check.ok ? 0 : 1;
