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
 * One elementary function over an array, for `npm run check:ulp` and its tests alone. `op` is the place of the function in
 * `src/math/elementary-functions.ts`; `count` is a multiple of four.
 */
export function apply(op: i32, input: usize, output: usize, count: i32): void {
  const end = input + (<usize>count << 2);
  const offset = output - input;
  switch (op) {
    case 0:
      for (let at = input; at < end; at += 16) v128.store(at + offset, expF32x4(v128.load(at)));
      break;
    case 1:
      for (let at = input; at < end; at += 16) v128.store(at + offset, expm1F32x4(v128.load(at)));
      break;
    case 2:
      for (let at = input; at < end; at += 16) v128.store(at + offset, logF32x4(v128.load(at)));
      break;
    case 3:
      for (let at = input; at < end; at += 16) v128.store(at + offset, log1pF32x4(v128.load(at)));
      break;
    case 4:
      for (let at = input; at < end; at += 16) v128.store(at + offset, tanhF32x4(v128.load(at)));
      break;
    case 5:
      for (let at = input; at < end; at += 16) v128.store(at + offset, sigmoidF32x4(v128.load(at)));
      break;
    case 6:
      for (let at = input; at < end; at += 16) v128.store(at + offset, softplusF32x4(v128.load(at)));
      break;
    case 7:
      for (let at = input; at < end; at += 16) v128.store(at + offset, erfF32x4(v128.load(at)));
      break;
    case 8:
      for (let at = input; at < end; at += 16) v128.store(at + offset, rsqrtF32x4(v128.load(at)));
      break;
    case 9:
      for (let at = input; at < end; at += 16) v128.store(at + offset, siluF32x4(v128.load(at)));
      break;
    case 10:
      for (let at = input; at < end; at += 16) v128.store(at + offset, geluF32x4(v128.load(at)));
      break;
    case 11:
      for (let at = input; at < end; at += 16) v128.store(at + offset, geluDerivativeF32x4(v128.load(at)));
      break;
    default:
      unreachable();
  }
}
