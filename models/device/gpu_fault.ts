/** A GPU reported an error, or was lost: what it computed since is void. */
export class GpuFault extends Error {
  override readonly name = "GpuFault";
}

/** Whether a GPU fault is the error, or its cause, also when it crossed from a worker. */
export function isGpuFault(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (one.name === "GpuFault") return true;
  }
  return false;
}
