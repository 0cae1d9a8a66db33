/**
 * WebGPU adapters: what the platform offers to compute on, before tfjs is
 * loaded.
 *
 * @module
 */

/** How to ask for an adapter: `"software"` asks for a driver that computes on the CPU. */
export type AdapterKind = "any" | "software";

/** The adapter that the platform offers, or `null` when it offers none. */
export async function findAdapter(
  kind: AdapterKind,
): Promise<GPUAdapter | null> {
  const gpu: GPU | undefined = navigator.gpu;
  if (gpu === undefined) return null;
  return await gpu.requestAdapter(
    kind === "software"
      ? { forceFallbackAdapter: true }
      : { powerPreference: "high-performance" },
  );
}

/** Whether an adapter computes on the CPU (llvmpipe, SwiftShader, WARP). */
export function isSoftware({ info }: Pick<GPUAdapter, "info">): boolean {
  return info.isFallbackAdapter ||
    /llvmpipe|lavapipe|softpipe|swiftshader|software|basic render/i.test(
      info.description,
    );
}

/** What results computed on an adapter may depend on. */
export function adapterFacts(
  { info }: Pick<GPUAdapter, "info">,
): Readonly<Record<string, string>> {
  return {
    adapter: info.description,
    vendor: info.vendor,
    architecture: info.architecture,
  };
}
