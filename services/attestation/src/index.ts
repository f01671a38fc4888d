export {
  type AttestationConfiguration,
  attestationConfiguration,
  type WorkerConfiguration,
  workerConfiguration,
} from './configuration.js';
