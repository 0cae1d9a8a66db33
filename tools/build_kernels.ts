/**
 * Compiles the AssemblyScript kernels. `deno task build:kernels`
 * writes the binary that is committed beside their source.
 *
 * @module
 */
import asc from "assemblyscript/asc";
import { runTool } from "./run_tool.ts";

const FOLDER = new URL("../models/kernels/wasm/", import.meta.url);

/** Where the compiled kernels lie. */
export const BINARY: URL = new URL("kernels.wasm", FOLDER);

const OPTIONS = [
  "assembly/index.ts",
  "--outFile",
  "kernels.wasm",
  "-O3",
  "--noAssert",
  "--runtime",
  "stub",
  // The module works in the memory of tfjs's own module.
  "--importMemory",
  "--noExportMemory",
  "--initialMemory",
  "1",
  "--enable",
  "simd",
  "--enable",
  "relaxed-simd",
];

/**
 * Compiles models/kernels/wasm/assembly/ in memory.
 *
 * @throws {Error} with the compiler's diagnostics
 */
export async function compileKernels(): Promise<Uint8Array<ArrayBuffer>> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(OPTIONS, {
    async readFile(name) {
      // Imports name their file, as everywhere here; asc appends ".ts" once more.
      const file = name.replace(/\.ts\.ts$/, ".ts");
      if (!/^assembly\/\w+\.ts$/.test(file)) return null;
      return await Deno.readTextFile(new URL(file, FOLDER));
    },
    writeFile(name, contents) {
      if (name === "kernels.wasm" && typeof contents !== "string") {
        binary = contents;
      }
    },
    listFiles: () => [],
  });
  if (error !== null || binary === undefined) {
    throw new Error(`Cannot compile the kernels: ${stderr.toString()}`, {
      cause: error,
    });
  }
  return new Uint8Array(binary);
}

if (import.meta.main) {
  const tool = {
    name: "build:kernels",
    summary: "Compiles the WebAssembly kernels from their source.",
    words: {},
    work: async () => await Deno.writeFile(BINARY, await compileKernels()),
  };
  Deno.exit(await runTool(tool, Deno.args));
}
