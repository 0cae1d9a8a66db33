/**
 * The shift that a new pipeline measures under.
 *
 * @module
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDefinition, sourceOf } from "../../engine/define/definition.ts";
import { listed } from "../../engine/define/listed.ts";
import { suggestion } from "../arguments/nearest.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { namesOf } from "./names.ts";

/** A shift as a pipeline names it. */
export interface NamedShift {
  /** Of its export. */
  readonly shift: string;
  /** Of its file, without the ending. */
  readonly snake: string;
  /** A value for each of its options, as code. */
  readonly options: Readonly<Record<string, string>>;
}

/** What an option is given at first: the first that passes its check. */
const VALUES = [0.5, 1, "test", true] as const;

/** Beside shifts, what they have in common. */
const NO_SHIFTS = ["shift", "mixture"];

/** Shifts by which the reference images are made as well, and an experiment that does so. */
const OF_BOTH_SETS: ReadonlyMap<string, string> = new Map([
  ["label-shift", "label_shift.ts"],
  ["mark", "interventions/"],
  ["tint", "spurious_tint.ts"],
]);

/**
 * The shift of a name, from its file.
 *
 * @param root folder of the project
 * @throws {UsageError} if there is none, or an option has no plain value
 */
export async function shiftNamed(
  name: string,
  { root }: { readonly root: string },
): Promise<NamedShift> {
  const { snake } = namesOf(name);
  const known: string[] = [];
  for await (const file of Deno.readDir(join(root, "shifts"))) {
    const [, other] = /^(.*)\.ts$/.exec(file.name) ?? [];
    if (other !== undefined && !NO_SHIFTS.includes(other)) {
      known.push(other.replaceAll("_", "-"));
    }
  }
  if (!known.includes(name)) {
    throw new UsageError(
      `Cannot make a pipeline under shift "${name}": there is none; "deno task new shift ${name}" makes it, --shift names another of ${
        listed(known.filter((one) => !OF_BOTH_SETS.has(one)).sort())
      }${suggestion(name, known)}`,
    );
  }
  const other = OF_BOTH_SETS.get(name);
  if (other !== undefined) {
    throw new UsageError(
      `Cannot make a pipeline under shift "${name}": it makes the reference images, too, and such a pipeline trains on plain photographs; copy pipelines/${other}, and see CONTRIBUTING.md`,
    );
  }
  const file = join(root, "shifts", `${snake}.ts`);
  const module: Readonly<Record<string, unknown>> = await import(
    pathToFileURL(file).href
  );
  for (const value of Object.values(module)) {
    if (!isDefinition(value) || !("support" in value)) continue;
    const { options } = value as unknown as {
      readonly options: Readonly<Record<string, (value: unknown) => boolean>>;
    };
    return {
      shift: sourceOf(value).name,
      snake,
      options: Object.fromEntries(
        Object.entries(options).map(([option, isFit]) => [
          option,
          valueFor(option, { isFit, name }),
        ]),
      ),
    };
  }
  throw new UsageError(
    `Cannot make a pipeline under shift "${name}": shifts/${snake}.ts exports none`,
  );
}

function valueFor(
  option: string,
  { isFit, name }: {
    readonly isFit: (value: unknown) => boolean;
    readonly name: string;
  },
): string {
  // A seed is a whole number, which its check need not say.
  const found = VALUES.filter((value) => option !== "seed" || value === 1)
    .find((value) => isFit(value));
  if (found !== undefined) return JSON.stringify(found);
  throw new UsageError(
    `Cannot make a pipeline under shift "${name}": what its option "${option}" can be is for you to say; copy templates/pipeline.ts, and see CONTRIBUTING.md`,
  );
}
