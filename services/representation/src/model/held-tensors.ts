import { dispose, keep, type Tensor, tensor } from '@isthmus/kernels';
import type { ItemRows } from './item-rows.js';

/** Tensors that stay until they are given back together. */
export class HeldTensors {
  readonly #held: Tensor[] = [];

  /** Keeps a tensor beyond the scope that it was made in. */
  hold(x: Tensor): Tensor {
    this.#held.push(keep(x));
    return x;
  }

  /** Keeps values. */
  read(data: Float32Array, extents: number[]): Tensor {
    return this.hold(tensor(data, extents));
  }

  /** Keeps the tensors of rows. */
  holdRows({ projections, directions, content }: ItemRows): ItemRows {
    return {
      projections: this.hold(projections),
      directions: this.hold(directions),
      content: content && this.hold(content),
    };
  }

  /** Gives all of them back. */
  dispose(): void {
    dispose(this.#held);
  }
}
