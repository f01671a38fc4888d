import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { ParameterArray } from '@isthmus/kernels';
import { type TransformerSize, transformerParameters } from './transformer.js';

/** Element types of ONNX (onnx.proto, TensorProto.DataType). */
const floatType = 1;
const int64Type = 7;

type Attribute = { readonly name: string } & (
  | { readonly ints: readonly number[] }
  | { readonly i: number }
  | { readonly f: number }
);

/**
 * The encoder of `transformer.ts` as an ONNX model (onnx.proto, operator set 17): input `items`, int64 `[sequences, length]`,
 * output `states`, float32 `[sequences, length, width]`. The whole graph, without what an exporter might prune.
 */
export function onnxEncoder(size: TransformerSize, sequences: number): Uint8Array {
  const graph = new GraphWriter();
  for (const [name, array] of Object.entries(transformerParameters(size))) graph.floats(name, array);
  const { length, width, heads } = size;
  const split = [sequences, length, heads, width / heads];
  graph.integers('split', split);
  graph.integers('joined', [sequences, length, width]);
  graph.floats('scale', { shape: [], data: Float32Array.of(1 / Math.sqrt(width / heads)) });
  graph.floats('mask', { shape: [1, 1, length, length], data: causalMask(length) });
  let x = graph.node('Add', [graph.node('Gather', ['table', 'items']), 'position']);
  const norm = (input: string, name: string) =>
    graph.node(
      'LayerNormalization',
      [input, `${name.replace('*', 'gain')}`, `${name.replace('*', 'bias')}`],
      [
        { name: 'axis', i: -1 },
        { name: 'epsilon', f: 1e-5 },
      ],
    );
  for (let layer = 0; layer < size.layers; layer++) {
    const seen = norm(x, `attention-*-${layer}`);
    const part = (name: string, order: readonly number[]) =>
      graph.node(
        'Transpose',
        [graph.node('Reshape', [graph.node('MatMul', [seen, `${name}-${layer}`]), 'split'])],
        [{ name: 'perm', ints: order }],
      );
    const scores = graph.node('MatMul', [part('query', [0, 2, 1, 3]), part('key', [0, 2, 3, 1])]);
    const masked = graph.node('Add', [graph.node('Mul', [scores, 'scale']), 'mask']);
    const shares = graph.node('Softmax', [masked], [{ name: 'axis', i: -1 }]);
    const mixed = graph.node('MatMul', [shares, part('value', [0, 2, 1, 3])]);
    const joined = graph.node('Reshape', [
      graph.node('Transpose', [mixed], [{ name: 'perm', ints: [0, 2, 1, 3] }]),
      'joined',
    ]);
    x = graph.node('Add', [x, graph.node('MatMul', [joined, `out-${layer}`])]);
    const inner = norm(x, `forward-*-${layer}`);
    const hidden = graph.node('Relu', [
      graph.node('Add', [graph.node('MatMul', [inner, `in-${layer}`]), `in-bias-${layer}`]),
    ]);
    x = graph.node('Add', [
      x,
      graph.node('Add', [graph.node('MatMul', [hidden, `back-${layer}`]), `back-bias-${layer}`]),
    ]);
  }
  graph.node(
    'LayerNormalization',
    [x, 'final-gain', 'final-bias'],
    [
      { name: 'axis', i: -1 },
      { name: 'epsilon', f: 1e-5 },
    ],
    'states',
  );
  return graph.model([sequences, length], [sequences, length, width]);
}

function causalMask(length: number): Float32Array {
  const mask = new Float32Array(length * length);
  for (let i = 0; i < length; i++) mask.fill(-1e9, i * length + i + 1, (i + 1) * length);
  return mask;
}

/** Collects the messages of a GraphProto. Field numbers are those of onnx.proto. */
class GraphWriter {
  readonly #nodes: Uint8Array[] = [];
  readonly #constants: Uint8Array[] = [];

  floats(name: string, { shape, data }: ParameterArray): void {
    this.#constant(name, floatType, shape, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  integers(name: string, values: readonly number[]): void {
    const data = BigInt64Array.from(values, BigInt);
    this.#constant(name, int64Type, [values.length], new Uint8Array(data.buffer));
  }

  /** Adds an operation and returns the name of its result. */
  node(
    operation: string,
    inputs: readonly string[],
    attributes: readonly Attribute[] = [],
    output = `v${this.#nodes.length}`,
  ): string {
    const writer = new BinaryWriter();
    for (const input of inputs) writer.tag(1, WireType.LengthDelimited).string(input);
    writer.tag(2, WireType.LengthDelimited).string(output);
    writer.tag(4, WireType.LengthDelimited).string(operation);
    for (const attribute of attributes)
      writer.tag(5, WireType.LengthDelimited).bytes(attributeBytes(attribute));
    this.#nodes.push(writer.finish());
    return output;
  }

  model(inputShape: readonly number[], outputShape: readonly number[]): Uint8Array {
    const graph = new BinaryWriter();
    for (const node of this.#nodes) graph.tag(1, WireType.LengthDelimited).bytes(node);
    graph.tag(2, WireType.LengthDelimited).string('encoder');
    for (const constant of this.#constants) graph.tag(5, WireType.LengthDelimited).bytes(constant);
    graph.tag(11, WireType.LengthDelimited).bytes(valueInfo('items', int64Type, inputShape));
    graph.tag(12, WireType.LengthDelimited).bytes(valueInfo('states', floatType, outputShape));
    const opset = new BinaryWriter()
      .tag(1, WireType.LengthDelimited)
      .string('')
      .tag(2, WireType.Varint)
      .int64(17)
      .finish();
    return new BinaryWriter()
      .tag(1, WireType.Varint)
      .int64(8)
      .tag(7, WireType.LengthDelimited)
      .bytes(graph.finish())
      .tag(8, WireType.LengthDelimited)
      .bytes(opset)
      .finish();
  }

  #constant(name: string, type: number, shape: readonly number[], raw: Uint8Array): void {
    const writer = new BinaryWriter();
    for (const side of shape) writer.tag(1, WireType.Varint).int64(side);
    writer.tag(2, WireType.Varint).int32(type).tag(8, WireType.LengthDelimited).string(name);
    this.#constants.push(writer.tag(9, WireType.LengthDelimited).bytes(raw).finish());
  }
}

function attributeBytes(attribute: Attribute): Uint8Array {
  const writer = new BinaryWriter().tag(1, WireType.LengthDelimited).string(attribute.name);
  if ('f' in attribute)
    return writer.tag(2, WireType.Bit32).float(attribute.f).tag(20, WireType.Varint).int32(1).finish();
  if ('i' in attribute)
    return writer.tag(3, WireType.Varint).int64(attribute.i).tag(20, WireType.Varint).int32(2).finish();
  for (const value of attribute.ints) writer.tag(8, WireType.Varint).int64(value);
  return writer.tag(20, WireType.Varint).int32(7).finish();
}

function valueInfo(name: string, type: number, shape: readonly number[]): Uint8Array {
  const dimensions = new BinaryWriter();
  for (const side of shape) {
    const dimension = new BinaryWriter().tag(1, WireType.Varint).int64(side).finish();
    dimensions.tag(1, WireType.LengthDelimited).bytes(dimension);
  }
  const tensor = new BinaryWriter()
    .tag(1, WireType.Varint)
    .int32(type)
    .tag(2, WireType.LengthDelimited)
    .bytes(dimensions.finish())
    .finish();
  const typed = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(tensor).finish();
  return new BinaryWriter()
    .tag(1, WireType.LengthDelimited)
    .string(name)
    .tag(2, WireType.LengthDelimited)
    .bytes(typed)
    .finish();
}
