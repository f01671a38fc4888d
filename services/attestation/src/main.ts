#!/usr/bin/env node
import { runProgram } from '@isthmus/chassis';
import { attestationConfiguration } from './configuration.js';
import { startAttestation } from './start-attestation.js';

await runProgram({ name: 'attestation', configuration: attestationConfiguration, start: startAttestation });
