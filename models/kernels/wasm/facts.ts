/**
 * What the wasm kernels are and do on this machine, found without tfjs.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { readKernels, startKernels } from "./kernel_exports.ts";

/** What results of the wasm kernels depend on besides their inputs. */
export interface WasmFacts extends Readonly<Record<string, string>> {
  /** Whether the processor rounds a relaxed multiply-add once or twice. */
  readonly multiplyAdd: "fused" | "separate";
  /** SHA-256 of the compiled kernels, which no import names. */
  readonly kernels: string;
}

/** Reads and asks the kernels, in a memory of their own. */
export async function wasmFacts(): Promise<WasmFacts> {
  const binary = await readKernels();
  const { fusedProbe } = await startKernels(
    binary,
    new WebAssembly.Memory({ initial: 1 }),
  );
  return {
    kernels: createHash("sha256").update(binary).digest("hex"),
    multiplyAdd: fusedProbe(1 + 2 ** -12) === 1 ? "fused" : "separate",
  };
}
