import * as tf from "@tensorflow/tfjs-core";

/** What a process holds, garbage collected before. */
export interface Held {
  /** MiB. */
  readonly resident: number;
  /** Most that was resident so far, MiB. */
  readonly peak: number;
  /** Mappings of memory; a driver that computes on the CPU holds one for each live bind group. */
  readonly mappings: number;
  /** Bytes of tfjs's buffers on the GPU, free ones too. */
  readonly bufferBytes: number;
}

/** What this process holds. Needs `--v8-flags=--expose-gc`, and Linux. */
export function heldNow(): Held {
  (globalThis as { gc?: () => void }).gc?.();
  const status = Deno.readTextFileSync("/proc/self/status");
  const kilobytes = (name: string) =>
    Number(status.match(new RegExp(`^${name}:\\s*(\\d+)`, "m"))?.[1]);
  const { bufferManager } = tf.backend() as unknown as {
    readonly bufferManager: { readonly numBytesAllocated: number };
  };
  return {
    resident: Math.round(kilobytes("VmRSS") / 1024),
    peak: Math.round(kilobytes("VmHWM") / 1024),
    mappings: Deno.readTextFileSync("/proc/self/maps").split("\n").length - 1,
    bufferBytes: bufferManager.numBytesAllocated,
  };
}
