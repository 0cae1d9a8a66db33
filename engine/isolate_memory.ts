/**
 * How much memory an isolate holds.
 *
 * @module
 */

/**
 * Starts to watch this isolate. V8 counts its own heap and array buffers, but
 * not WebAssembly memories, which never shrink: those are noted when a module
 * that exports one is instantiated. To be called once, before any other code.
 *
 * @returns a function that gives the bytes held now
 */
export function watchIsolateMemory(): () => number {
  const memories: WeakRef<WebAssembly.Memory>[] = [];
  WebAssembly.instantiate = new Proxy(WebAssembly.instantiate, {
    async apply(instantiate, self, args) {
      const made = await Reflect.apply(instantiate, self, args);
      const { exports } = made instanceof WebAssembly.Instance
        ? made
        : made.instance;
      for (const value of Object.values(exports)) {
        if (!(value instanceof WebAssembly.Memory)) continue;
        memories.push(new WeakRef(value));
      }
      return made;
    },
  });
  return () => {
    const { heapUsed, external } = Deno.memoryUsage();
    const wasm = new Set(memories.map((memory) => memory.deref()));
    return [...wasm].reduce(
      (sum, memory) => sum + (memory?.buffer.byteLength ?? 0),
      heapUsed + external,
    );
  };
}
