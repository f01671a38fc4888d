/** A WebAssembly file as esbuild's `binary` loader gives it to a bundle. */
declare module '*.wasm' {
  const bytes: Uint8Array;
  // biome-ignore lint/style/noDefaultExport: the shape that the loader gives
  export default bytes;
}
