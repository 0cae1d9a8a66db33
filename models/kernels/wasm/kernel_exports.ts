/**
 * The compiled kernels, and what they are and do on this machine, found
 * without tfjs.
 *
 * @module
 */
import { createHash } from "node:crypto";

type Numbers = (...numbers: number[]) => void;

/** The compiled kernels; assembly/ documents the arguments of each. */
export interface KernelExports {
  readonly convolve: Numbers;
  readonly filterGradient: Numbers;
  readonly winogradFilter: Numbers;
  readonly winograd: Numbers;
  readonly winogradFilterFour: Numbers;
  readonly winogradFilterGradient: Numbers;
  readonly winogradFilterGradientEnd: Numbers;
  readonly winogradFourFilterGradientEnd: Numbers;
  readonly clearUnseenTaps: Numbers;
  readonly clear: Numbers;
  readonly copyRows: Numbers;
  readonly pack: Numbers;
  readonly place: Numbers;
  readonly permute: Numbers;
  readonly transpose: Numbers;
  readonly binary: Numbers;
  readonly unary: Numbers;
  readonly reluGradient: Numbers;
  readonly addRelu: Numbers;
  readonly segmentSum: Numbers;
  readonly sumMiddle: Numbers;
  readonly statistics: Numbers;
  readonly normalise: Numbers;
  readonly normaliseGradientSums: Numbers;
  readonly normaliseGradientParameters: Numbers;
  readonly normaliseGradient: Numbers;
  readonly adamW: Numbers;
  readonly sgd: Numbers;
  readonly average: Numbers;
  readonly softmaxCrossEntropy: Numbers;
  readonly gelu: Numbers;
  readonly geluGradient: Numbers;
  readonly pool: Numbers;
  readonly poolGradient: Numbers;
  readonly averagePoolTwo: Numbers;
  readonly averagePoolTwoGradient: Numbers;
  readonly depthwise: Numbers;
  readonly depthwiseFilterGradient: Numbers;
  readonly fusedProbe: (a: number) => number;
}

/** The compiled kernels, as WebAssembly. */
export function readKernels(): Promise<Uint8Array<ArrayBuffer>> {
  return Deno.readFile(new URL("./kernels.wasm", import.meta.url));
}

/** Starts the kernels of `binary` in `memory`; with that of tfjs they work on its tensors. */
export async function startKernels(
  binary: BufferSource,
  memory: WebAssembly.Memory,
): Promise<KernelExports> {
  const { instance } = await WebAssembly.instantiate(binary, {
    env: { memory },
  });
  // The committed binary is what assembly/index.ts compiles to; a test proves it.
  return instance.exports as unknown as KernelExports;
}

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
