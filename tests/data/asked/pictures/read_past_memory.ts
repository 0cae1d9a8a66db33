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
const stop = () => {
  throw new Error("Cannot go on");
};
const { instance } = await WebAssembly.instantiate(await Deno.readFile(file), {
  env: { setjmp: () => 0, longjmp: stop },
  wasi_snapshot_preview1: {
    environ_sizes_get: () => 0,
    environ_get: stop,
    proc_exit: stop,
    fd_close: stop,
    fd_seek: stop,
    fd_write: stop,
  },
});
const { memory, tjDestroy } = instance.exports as unknown as {
  readonly memory: WebAssembly.Memory;
  tjDestroy(decoder: number): number;
};
const answer = tjDestroy(memory.buffer.byteLength + past);
await Deno.stdout.write(new TextEncoder().encode(`${answer}`));
