/**
 * `new`: writes the files of a shift, or of a pipeline that measures under one,
 * which run as they are.
 *
 * @module
 */
import { listed } from "../../engine/define/listed.ts";
import { join } from "node:path";
import { stagesOf } from "../named/stages.ts";
import { FOLDERS } from "../../reports/document/address.ts";
import { UsageError } from "../arguments/usage_error.ts";
import { oneOf, text } from "../arguments/value_kinds.ts";
import type { Asked, Words } from "../arguments/words.ts";
import { type Names, namesOf } from "../new/names.ts";
import {
  fromTemplate,
  placeOf,
  registered,
  REGISTRY,
  type TemplateName,
} from "../new/from_template.ts";
import { shiftNamed } from "../new/shift_named.ts";
import { writeAll } from "../new/write_all.ts";
import { writeTexts } from "../display/line.ts";
import type { Shell } from "../shell/shell.ts";

/** The options of `new`, and the words beside them. */
export const words = {
  kind: {
    positional: true,
    value: oneOf("KIND", ["shift", "pipeline"]),
    needed: "Cannot write anything new: say what, shift or pipeline",
    help: "shift or pipeline.",
  },
  name: {
    positional: true,
    value: text("NAME"),
    needed:
      'Cannot write anything new: it has no name, as in "deno task new shift NAME"',
    help: "Its name: lower-case words joined by hyphens.",
  },
  shift: {
    value: text("NAME"),
    help:
      "The shift that the pipeline measures under (default: the one that has its name).",
  },
} as const satisfies Words;

/** @returns the exit code */
export async function run(
  { kind, name, shift }: Asked<typeof words>,
  shell: Shell,
): Promise<number> {
  const names = namesOf(name);
  if (kind === "pipeline") return await newPipeline(names, { shift, shell });
  if (shift !== undefined) {
    throw new UsageError(
      'Cannot use option "--shift": only a pipeline has one',
    );
  }
  return await newShift(names, shell);
}

async function newShift(names: Names, shell: Shell): Promise<number> {
  const templates = ["shift.ts", "shift_test.ts"] as const;
  refuse(await whyTaken(templates.map((one) => placeOf(one, names)), shell));
  const isFree = await whyUsed(names, shell) === undefined;
  const made = await filesFrom(templates, { shift: names, names, shell });
  await writeAll({ made }, shell);
  writeTexts([
    `Written: ${listed([...made.keys()])}`,
    `Edit what is marked EDIT, then: deno task test ${
      placeOf("shift_test.ts", names)
    }`,
    `A pipeline under it: deno task new pipeline ${
      isFree ? names.kebab : `NAME --shift ${names.kebab}`
    }`,
  ], shell.stdout);
  return 0;
}

async function newPipeline(
  names: Names,
  { shift: named, shell }: {
    readonly shift: string | undefined;
    readonly shell: Shell;
  },
): Promise<number> {
  const { kebab } = names;
  const path = placeOf("pipeline.ts", names);
  refuse(await whyUsed(names, shell));
  const shift = await shiftNamed(named ?? kebab, shell);
  const made = await filesFrom(["pipeline.ts"], { shift, names, shell });
  const options = Object.entries(shift.options)
    .map(([option, value]) => `\n      ${option}: ${value},`).join("");
  const text = registered(
    await Deno.readTextFile(join(shell.root, REGISTRY)),
    names,
  );
  await writeAll({
    made: new Map(
      [...made].map(([path, text]) => [
        path,
        text.replace(
          /(?<= const options = \{)\n[^}]*(?=\} as const;)/,
          options === "" ? "" : `${options}\n    `,
        ),
      ]),
    ),
    changed: { path: REGISTRY, text },
  }, shell);
  writeTexts([
    `Written: ${path}, and listed in ${REGISTRY}`,
    `Edit what is marked EDIT, then: deno task reproduce ${kebab} --profile smoke`,
  ], shell.stdout);
  return 0;
}

/** Texts of templates under new names, by where they go. */
async function filesFrom(
  templates: readonly TemplateName[],
  { shift, names, shell }: {
    readonly shift: Pick<Names, "shift" | "snake">;
    readonly names: Names;
    readonly shell: Shell;
  },
): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const template of templates) {
    const text = await Deno.readTextFile(
      join(shell.root, "templates", template),
    );
    files.set(
      placeOf(template, names),
      fromTemplate(template, { text, shift, names }),
    );
  }
  return files;
}

/** Asks for another name if this one cannot be used. */
function refuse(state: string | undefined): void {
  if (state === undefined) return;
  throw new UsageError(`Cannot ${state}; take another name`);
}

/** Which of some paths is taken, after "Cannot". */
async function whyTaken(
  paths: readonly string[],
  { root }: Shell,
): Promise<string | undefined> {
  for (const path of paths) {
    const isThere = await Deno.lstat(join(root, path))
      .then(() => true, () => false);
    if (isThere) return `write ${path}: it is there already`;
  }
  return undefined;
}

/**
 * Why no pipeline can have a name, after "Cannot": its file is there, or a page
 * of the site, a pipeline or a stage is called so.
 */
async function whyUsed(
  names: Names,
  shell: Shell,
): Promise<string | undefined> {
  const { kebab: name, snake } = names;
  const taken = await whyTaken(
    [placeOf("pipeline.ts", names), `pipelines/${snake}`],
    shell,
  );
  if (taken !== undefined) return taken;
  const cannot = `call a pipeline "${name}":`;
  if (Object.values(FOLDERS).some((folder) => folder === `${name}/`)) {
    return `${cannot} the site has another page there`;
  }
  const { pipelines } = await shell.registry();
  if (pipelines.some((pipeline) => pipeline.name === name)) {
    return `${cannot} there is one`;
  }
  for (const pipeline of pipelines) {
    const [first] = pipeline.profiles;
    const stage = first && stagesOf(pipeline, first)
      .find((stage) => `${stage}-`.includes(`/${name}-`));
    if (stage !== undefined) {
      return `${cannot} stages of ${pipeline.name} are called so, such as "${stage}"`;
    }
  }
  return undefined;
}
