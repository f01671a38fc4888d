import { erfF32x4 } from './math/erf';
import { expF32x4 } from './math/exp';
import { expm1F32x4 } from './math/expm1';
import { geluF32x4 } from './math/gelu';
import { geluDerivativeF32x4 } from './math/gelu-derivative';
import { logF32x4 } from './math/log';
import { log1pF32x4 } from './math/log1p';
import { rsqrtF32x4 } from './math/rsqrt';
import { sigmoidF32x4 } from './math/sigmoid';
import { siluF32x4 } from './math/silu';
import { softplusF32x4 } from './math/softplus';
import { tanhF32x4 } from './math/tanh';

/**
 * The elementary functions over arrays, for `npm run check:ulp` and its tests alone. `count` is a multiple of eight. Two vectors
 * a turn share the function's constants, which V8 makes anew in every turn of a loop.
 */

export function exp(input: usize, output: usize, count: i32): void {
  for (const end = input + (<usize>count << 2); input < end; input += 32, output += 32) {
    const a = expF32x4(v128.load(input));
    const b = expF32x4(v128.load(input, 16));
    v128.store(output, a);
    v128.store(output, b, 16);
  }
}

export function expm1(input: usize, output: usize, count: i32): void {
  for (const end = input + (<usize>count << 2); input < end; input += 32, output += 32) {
    const a = expm1F32x4(v128.load(input));
    const b = expm1F32x4(v128.load(input, 16));
    v128.store(output, a);
    v128.store(output, b, 16);
  }
}

export function log(input: usize, output: usize, count: i32): void {
  for (const end = input + (<usize>count << 2); input < end; input += 32, output += 32) {
    const a = logF32x4(v128.load(input));
    const b = logF32x4(v128.load(input, 16));
    v128.store(output, a);
    v128.store(output, b, 16);
  }
}

export function log1p(input: usize, output: usize, count: i32): void {
  for (const end = input + (<usize>count << 2); input < end; input += 32, output += 32) {
    const a = log1pF32x4(v128.load(input));
    const b = log1pF32x4(v128.load(input, 16));
    v128.store(output, a);
    v128.store(output, b, 16);
  }
}

export function tanh(input: usize, output: usize, count: i32): void {
  for (const end = input + (<usize>count << 2); input < end; input += 32, output += 32) {
    const a = tanhF32x4(v128.load(input));
    const b = tanhF32x4(v128.load(input, 16));
    v128.store(output, a);
    v128.store(output, b, 16);
  }
}

export function sigmoid(input: usize, output: usize, count: i32): void {
  for (const end = input + (<usize>count << 2); input < end; input += 32, output += 32) {
    const a = sigmoidF32x4(v128.load(input));
    const b = sigmoidF32x4(v128.load(input, 16));
    v128.store(output, a);
    v128.store(output, b, 16);
  }
}

export function softplus(input: usize, output: usize, count: i32): void {
  for (const end = input + (<usize>count << 2); input < end; input += 32, output += 32) {
    const a = softplusF32x4(v128.load(input));
    const b = softplusF32x4(v128.load(input, 16));
    v128.store(output, a);
    v128.store(output, b, 16);
  }
}

export function erf(input: usize, output: usize, count: i32): void {
  for (const end = input + (<usize>count << 2); input < end; input += 32, output += 32) {
    const a = erfF32x4(v128.load(input));
    const b = erfF32x4(v128.load(input, 16));
    v128.store(output, a);
    v128.store(output, b, 16);
  }
}

export function rsqrt(input: usize, output: usize, count: i32): void {
  for (const end = input + (<usize>count << 2); input < end; input += 32, output += 32) {
    const a = rsqrtF32x4(v128.load(input));
    const b = rsqrtF32x4(v128.load(input, 16));
    v128.store(output, a);
    v128.store(output, b, 16);
  }
}

export function silu(input: usize, output: usize, count: i32): void {
  for (const end = input + (<usize>count << 2); input < end; input += 32, output += 32) {
    const a = siluF32x4(v128.load(input));
    const b = siluF32x4(v128.load(input, 16));
    v128.store(output, a);
    v128.store(output, b, 16);
  }
}

export function gelu(input: usize, output: usize, count: i32): void {
  for (const end = input + (<usize>count << 2); input < end; input += 32, output += 32) {
    const a = geluF32x4(v128.load(input));
    const b = geluF32x4(v128.load(input, 16));
    v128.store(output, a);
    v128.store(output, b, 16);
  }
}

export function geluDerivative(input: usize, output: usize, count: i32): void {
  for (const end = input + (<usize>count << 2); input < end; input += 32, output += 32) {
    const a = geluDerivativeF32x4(v128.load(input));
    const b = geluDerivativeF32x4(v128.load(input, 16));
    v128.store(output, a);
    v128.store(output, b, 16);
  }
}
