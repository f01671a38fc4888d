/** How the results of a float32 function stand to exact values. */
export interface UlpError {
  /** Inputs compared. */
  inputs: number;
  /** Results that are the float32 nearest to the exact value; every NaN for a NaN counts. */
  correctlyRounded: number;
  /** Most float32 steps between a result and the correctly rounded one; infinite for a NaN or a zero's sign in the wrong place. */
  largestSteps: number;
  /** Input at which it occurs. */
  stepsInput: number;
  /** Largest distance of a finite result from the exact value, in ulp of the correctly rounded one. */
  largestUlp: number;
  /** Input at which it occurs. */
  ulpInput: number;
}

/** The error over no input. */
export function noError(): UlpError {
  return {
    inputs: 0,
    correctlyRounded: 0,
    largestSteps: 0,
    stepsInput: 0,
    largestUlp: 0,
    ulpInput: 0,
  };
}

/** The error over the inputs of both. */
export function joinErrors(a: UlpError, b: UlpError): UlpError {
  const steps = b.largestSteps > a.largestSteps ? b : a;
  const ulp = b.largestUlp > a.largestUlp ? b : a;
  return {
    inputs: a.inputs + b.inputs,
    correctlyRounded: a.correctlyRounded + b.correctlyRounded,
    largestSteps: steps.largestSteps,
    stepsInput: steps.stepsInput,
    largestUlp: ulp.largestUlp,
    ulpInput: ulp.ulpInput,
  };
}

/** 1 / ulp by the exponent bits of a float32: 2^149 for subnormal numbers, and the ulp of the largest numbers for infinity. */
const inverseUlp = Float64Array.from(
  { length: 256 },
  (_, bits) => 2 ** (150 - Math.min(Math.max(bits, 1), 254)),
);

const rounded = new Float32Array(1);
const roundedBits = new Int32Array(rounded.buffer);

/**
 * Compares `outputs` with `reference` of `inputs` and adds what it finds to `error`. Correctly rounded is the float32 nearest to
 * the reference; an exact value within the reference's own error of the middle of two float32 may go either way.
 */
export function addErrors(
  error: UlpError,
  inputs: Float32Array,
  outputs: Float32Array,
  reference: (x: number) => number,
): void {
  const outputBits = new Int32Array(outputs.buffer, outputs.byteOffset, outputs.length);
  let correct = 0;
  for (let i = 0; i < inputs.length; i++) {
    const x = inputs[i]!;
    const exact = reference(x);
    rounded[0] = exact;
    const wantedBits = roundedBits[0]!;
    const gotBits = outputBits[i]!;
    if (wantedBits === gotBits) correct++;
    else if (Number.isNaN(exact) || Number.isNaN(outputs[i]!)) {
      if (Number.isNaN(exact) && Number.isNaN(outputs[i]!)) correct++;
      else takeSteps(error, Number.POSITIVE_INFINITY, x);
      continue;
    } else takeSteps(error, steps(wantedBits, gotBits), x);
    const distance = Math.abs(outputs[i]! - exact) * inverseUlp[(wantedBits >>> 23) & 255]!;
    if (distance > error.largestUlp && distance !== Number.POSITIVE_INFINITY) {
      error.largestUlp = distance;
      error.ulpInput = x;
    }
  }
  error.inputs += inputs.length;
  error.correctlyRounded += correct;
}

function takeSteps(error: UlpError, steps: number, x: number): void {
  if (steps <= error.largestSteps) return;
  error.largestSteps = steps;
  error.stepsInput = x;
}

/** Float32 steps between two values that are no NaN; infinite between +0 and -0, whose signs the functions define. */
function steps(a: number, b: number): number {
  const left = a < 0 ? -(a & 0x7fffffff) : a;
  const right = b < 0 ? -(b & 0x7fffffff) : b;
  return left === right ? Number.POSITIVE_INFINITY : Math.abs(left - right);
}
