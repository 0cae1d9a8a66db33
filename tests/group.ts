/**
 * Tests that share an isolate. `deno test` gives every file one of its own,
 * which loads all modules again: for some 550 files that took as long as the
 * tests themselves.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { filesBelow } from "./files_below.ts";
import { forgetTemporaryCode } from "./forget_temporary_code.ts";

const TESTS = new URL(".", import.meta.url);

/** Tests that let kernels of either kind compute on the GPU that others train on. */
const KERNELS = [
  "models/kernels",
  "models/ops",
  "models/training/moving_average_test.ts",
  "models/training/optimizer_test.ts",
];

/** Folders and files of `tests/` whose tests share an isolate, by the module in `tests/groups/` that registers them. */
const GROUPS = {
  cli: ["cli"],
  data: ["data", "types"],
  engine: ["engine"],
  house: ["fuzz", "provenance", "publishing", "templates", "tools"],
  kernels: KERNELS,
  models: ["models"],
  pipelines: ["pipelines", "shifts"],
  reports: ["reports"],
  stats: ["stats"],
  tasks: ["tasks"],
} as const satisfies Record<string, readonly string[]>;

export type Group = keyof typeof GROUPS;

/** Names of all groups. */
export const GROUP_NAMES = Object.keys(GROUPS) as readonly Group[];

/** Tests of what is registered in a process; `deno.json` names each, so that it has an isolate of its own. */
export const ALONE: readonly string[] = [
  "models/kernels/r8_training_test.ts",
  "models/kernels/wasm/register_test.ts",
  "models/kernels/wasm/winograd_test.ts",
  "models/ops/fused_kernel_test.ts",
];

/** Paths of the tests of a group below `tests/`, in order. */
export function testsOf(group: Group): readonly string[] {
  const isIn = (path: string, places: readonly string[]) =>
    places.some((place) => path === place || path.startsWith(`${place}/`));
  const others = group === "models" ? [...KERNELS, ...ALONE] : ALONE;
  return filesBelow(fileURLToPath(TESTS)).filter((path) =>
    path.endsWith("_test.ts") && isIn(path, GROUPS[group]) &&
    !isIn(path, others)
  );
}

/** Registers the tests of a group as those of the module that calls it. */
export async function register(group: Group): Promise<void> {
  globalThis.addEventListener("unload", forgetTemporaryCode);
  for (const path of testsOf(group)) await import(new URL(path, TESTS).href);
}
