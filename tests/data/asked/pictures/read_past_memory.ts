/**
 * Has libjpeg-turbo read what lies so many bytes past its memory, and prints
 * what it answers: read_past_memory.ts BYTES.
 *
 * @module
 */
const past = Number(Deno.args[0]);
const file = new URL(
  import.meta.resolve("@cwasm/jpeg-turbo/jpeg-turbo.wasm"),
);
const module = await WebAssembly.compile(await Deno.readFile(file));
const imports: WebAssembly.Imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  imports[from] = { ...imports[from], [name]: () => 0 };
}
const instance = await WebAssembly.instantiate(module, imports);
const { memory, tjDestroy } = instance.exports as unknown as {
  readonly memory: WebAssembly.Memory;
  tjDestroy(decoder: number): number;
};
const answer = tjDestroy(memory.buffer.byteLength + past);
await Deno.stdout.write(new TextEncoder().encode(`${answer}`));
