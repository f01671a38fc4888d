#!/usr/bin/env node
/** `isthmus`: the command line of the mesh. */
import { runCommandLine } from './run-command-line.js';

process.exitCode = await runCommandLine(process.argv.slice(2));
