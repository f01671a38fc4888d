export { type AttestationConfiguration, attestationConfiguration } from './configuration.js';
