/**
 * Tests that share an isolate. `deno test` gives every file one of its own,
 * which loads all modules again: for some 600 files that took as long as the
 * tests themselves.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { filesBelow } from "./files_below.ts";
import { forgetTemporaryCode } from "./forget_temporary_code.ts";
import { isFull } from "./full.ts";

const TESTS = new URL(".", import.meta.url);
const registered = Deno.test;

/**
 * Beginnings of the paths below `tests/` whose tests share an isolate, by the
 * module in `tests/groups/` that registers them; of two that fit, the longer
 * one counts. Modules begin in the order of their names, the longest group
 * first: at the end no lane waits for it alone.
 */
const GROUPS = {
  asked: [
    "cli/ask/",
    "cli/commands/ask_",
    "data/asked/",
    "models/asked/",
    "pipelines/asked/",
    "stats/asked/",
    "tasks/asked/",
  ],
  bench: ["bench/"],
  cli: ["cli/"],
  data: ["data/", "types/"],
  engine: ["engine/"],
  house: ["fuzz/", "provenance/", "publishing/", "templates/", "tools/"],
  // What lets kernels of either kind compute on the GPU that others train on.
  kernels: [
    "models/kernels/",
    "models/ops/",
    "models/training/moving_average_test.ts",
    "models/training/optimizer_test.ts",
  ],
  models: ["models/"],
  pipelines: ["pipelines/", "shifts/"],
  reports: ["reports/"],
  slurm: ["slurm/"],
  stats: ["stats/"],
  tasks: ["tasks/"],
  // Tests of what is registered in a process are alone in theirs.
  fused_kernel: ["models/ops/fused_kernel_test.ts"],
  r8_training: ["models/kernels/r8_training_test.ts"],
  wasm_register: ["models/kernels/wasm/register_test.ts"],
  winograd: ["models/kernels/wasm/winograd_test.ts"],
} as const satisfies Record<string, readonly string[]>;

export type Group = keyof typeof GROUPS;

/** Names of all groups. */
export const GROUP_NAMES = Object.keys(GROUPS) as readonly Group[];

/** The group of the longest place that a path is in. */
function groupOf(path: string): Group | undefined {
  return GROUP_NAMES
    .flatMap((group) => GROUPS[group].map((place) => ({ group, place })))
    .filter(({ place }) => path.startsWith(place))
    .sort((a, b) => b.place.length - a.place.length)[0]?.group;
}

/** What a test imports that leaves something to `deno task test:full`. */
const LEAVES =
  /import \{[^}]*\b(inFull|isFull|fewOf|test|devicesOf)\b[^}]*\} from "/;

/** What imports `test` alone leaves whole tests; all others of that file are tried by `deno task test`. */
const LEAVES_WHOLE = /import \{ test \} from "[^"]*\/full\.ts"/;

const textOf = (path: string) => Deno.readTextFileSync(new URL(path, TESTS));
const leaves = (path: string) => LEAVES.test(textOf(path));

/** Paths of the tests of a group below `tests/`, in order. */
export function testsOf(
  group: Group,
  { full }: { readonly full: boolean },
): readonly string[] {
  return filesBelow(fileURLToPath(TESTS)).filter((path) =>
    groupOf(path) === group &&
    (path.endsWith("_test.ts")
      ? !full || leaves(path)
      : full && path.endsWith("_full.ts"))
  );
}

/**
 * Words of a command that are parts of no path of a test, in whichever group.
 *
 * @param words parts of paths, or after a "!" of those that are not tried
 */
export function fitNoTest(
  words: readonly string[],
  { full }: { readonly full: boolean },
): readonly string[] {
  const paths = GROUP_NAMES.flatMap((group) => testsOf(group, { full }));
  return words.filter((word) =>
    !paths.some((path) => `tests/${path}`.includes(word.replace(/^!/, "")))
  );
}

/**
 * Registers the tests of a group as those of the module that calls it. Words
 * of the command are parts of paths: of those that are tried, or, after a
 * "!", of those that are not.
 *
 * @throws {Error} in the first group, if a word is a part of no path
 */
export async function register(group: Group): Promise<void> {
  globalThis.addEventListener("unload", forgetTemporaryCode);
  const words = Deno.args.filter((word) => !word.startsWith("--"));
  // Said once: each group has a module of its own.
  const [unfit] = group === GROUP_NAMES[0]
    ? fitNoTest(words, { full: isFull })
    : [];
  if (unfit !== undefined) {
    throw new Error(
      `Cannot run tests "${unfit}": no path of a test that ${
        isFull ? "test:full" : "test"
      } runs has that in it; name a part of one, such as cli/commands`,
    );
  }
  const wanted = words.filter((word) => !word.startsWith("!"));
  const others = words.filter((word) => word.startsWith("!"));
  const isAsked = (path: string) =>
    (wanted.length === 0 || wanted.some((word) => path.includes(word))) &&
    !others.some((word) => path.includes(word.slice(1)));
  for (const path of testsOf(group, { full: isFull })) {
    if (!isAsked(`tests/${path}`)) continue;
    const test = isFull && LEAVES_WHOLE.test(textOf(path))
      ? new Proxy(registered, { apply: () => {} })
      : registered;
    Object.assign(Deno, { test });
    await import(new URL(path, TESTS).href);
  }
}
