import type { SegmentReads } from './chain.js';
import type { Inputs, RecordInput } from './program.js';

/** The inputs of a run, with every read of a record written down in its order. */
export class ReadLog {
  /** What the program is given. */
  readonly inputs: Inputs;
  #reads = new Map<string, IndexList>();

  constructor(inputs: Inputs) {
    const logged = new Map<string, RecordInput>();
    this.inputs = {
      records: (name) => {
        const known = logged.get(name);
        if (known !== undefined) return known;
        const wrapped = this.#log(name, inputs.records(name));
        logged.set(name, wrapped);
        return wrapped;
      },
      artefact: (name) => inputs.artefact(name),
    };
  }

  /** The reads since the last call, by name of the data set. Begins anew. */
  take(): SegmentReads {
    const reads = new Map([...this.#reads].map(([name, list]) => [name, list.indices()]));
    this.#reads = new Map();
    return reads;
  }

  #log(name: string, records: RecordInput): RecordInput {
    return {
      size: records.size,
      description: records.description,
      read: (index) => {
        const content = records.read(index);
        let list = this.#reads.get(name);
        if (list === undefined) {
          list = new IndexList();
          this.#reads.set(name, list);
        }
        list.push(index);
        return content;
      },
    };
  }
}

/** A list of u32 that grows without boxing its elements. */
class IndexList {
  #values = new Uint32Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Uint32Array(this.#length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  indices(): Uint32Array {
    return this.#values.slice(0, this.#length);
  }
}
