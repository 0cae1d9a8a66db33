import { dirname } from "node:path";

/** Folder of the engine's own code, which another project may use from where it lies; `undefined` if it is not on a disk. */
export const ENGINE_FOLDER: string | undefined = import.meta.dirname &&
  dirname(import.meta.dirname);
