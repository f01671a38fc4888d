import { registerGradient } from '../tensors.js';
import { arithmeticGradients } from './arithmetic.js';
import { elementwiseGradients } from './elementwise.js';
import { shapeGradients } from './shapes.js';

let registered = false;

/**
 * Makes the gradients of the operations of this package known to tfjs, once a process. They are written here because the
 * package of tfjs-core that Node loads registers none, and because the formulation of a gradient is part of the arithmetic
 * that a proof rests on.
 */
export function registerGradients(): void {
  if (registered) return;
  registered = true;
  for (const config of [...arithmeticGradients, ...elementwiseGradients, ...shapeGradients]) {
    registerGradient(config);
  }
}
