/**
 * How much memory an isolate holds.
 *
 * @module
 */
import { collectGarbage } from "../../define/collect_garbage.ts";

/** Tells how much an isolate holds. */
export interface IsolateMemory {
  /**
   * Bytes held now; more than `limit` only if that much is in use, since
   * garbage is collected before more is told.
   */
  held(options: { readonly limit: number }): number;
}

/**
 * Starts to watch this isolate. V8 counts its own heap and array buffers, but
 * not WebAssembly memories, which never shrink: those are noted when a module
 * that exports one is instantiated. To be called once, before anything else is
 * loaded.
 */
export function watchIsolateMemory(): IsolateMemory {
  // Stages have neither.
  const { memoryUsage } = Deno;
  const Weak = WeakRef;
  const memories: WeakRef<WebAssembly.Memory>[] = [];
  WebAssembly.instantiate = new Proxy(WebAssembly.instantiate, {
    async apply(instantiate, self, args) {
      const made = await Reflect.apply(instantiate, self, args);
      const { exports } = made instanceof WebAssembly.Instance
        ? made
        : made.instance;
      for (const value of Object.values(exports)) {
        if (!(value instanceof WebAssembly.Memory)) continue;
        memories.push(new Weak(value));
      }
      return made;
    },
  });

  function held(): number {
    const { heapUsed, external } = memoryUsage();
    const live = new Set(memories.map((memory) => memory.deref()));
    const wasm = [...live].map((memory) => memory?.buffer.byteLength ?? 0);
    return wasm.reduce((sum, bytes) => sum + bytes, heapUsed + external);
  }

  return {
    held({ limit }) {
      if (held() > limit) collectGarbage();
      return held();
    },
  };
}
