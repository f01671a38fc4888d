#!/usr/bin/env node
import { runProgram } from '@isthmus/chassis';
import { representationConfiguration } from './configuration.js';
import { startRepresentation } from './start-representation.js';

await runProgram({
  name: 'representation',
  configuration: representationConfiguration,
  start: startRepresentation,
});
