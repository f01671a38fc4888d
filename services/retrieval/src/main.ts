#!/usr/bin/env node
import { runProgram } from '@isthmus/chassis';
import { retrievalConfiguration } from './configuration.js';
import { startRetrieval } from './start-retrieval.js';

await runProgram({ name: 'retrieval', configuration: retrievalConfiguration, start: startRetrieval });
