/**
 * Files made from those in templates/, which are linted, checked and tested
 * where they lie: only the names change, and the way to what they import. A
 * pipeline is listed in the registry.
 *
 * @module
 */
import { dirname, join, relative } from "node:path/posix";
import type { Names } from "./names.ts";

/** Where the files lie that are made of a template: paths from the root of the project. */
const PLACES = {
  "shift.ts": (name: string) => `shifts/${name}.ts`,
  "shift_test.ts": (name: string) => `tests/shifts/${name}_test.ts`,
  "pipeline.ts": (name: string) => `pipelines/${name}.ts`,
} as const;

/** A file of templates/. */
export type TemplateName = keyof typeof PLACES;

/** Where the file of a name lies, from the root of the project. */
export function placeOf(template: TemplateName, { snake }: Names): string {
  return PLACES[template](snake);
}

/** The text of a template under other names. */
export function fromTemplate(
  template: TemplateName,
  { text, shift, names }: {
    readonly text: string;
    /** The shift that is made, or that a pipeline measures under. */
    readonly shift: Pick<Names, "shift" | "snake">;
    readonly names: Names;
  },
): string {
  const folder = dirname(placeOf(template, names));
  const { kebab, title } = names;
  return text
    .replaceAll(/(?<= from ")\.{1,2}\/[^"]+/g, (path) => {
      const from = join("templates", path);
      const to = from === "templates/shift.ts"
        ? PLACES["shift.ts"](shift.snake)
        : from;
      const short = relative(folder, to);
      return short.startsWith(".") ? short : `./${short}`;
    })
    .replaceAll("exampleShift", shift.shift)
    .replaceAll("examplePipeline", names.pipeline)
    .replaceAll('"example"', `"${kebab}"`)
    .replaceAll(/\bExample\b/g, title);
}

/** The file that lists all pipelines, from the root of the project. */
export const REGISTRY = "pipelines/registry.ts";

/** The end of the list. */
const END = /(?<=^export const pipelines\b.* = \[\n(?: .*\n)*)(?=\];$)/m;

/** The end of the imports of pipelines. */
const IMPORTS = /(?<=^import .* from "\.\/.*";\n)(?!import .* from "\.\/)/m;

/**
 * The text of the registry with one more pipeline, which is the last: added
 * ones run and are read after the others.
 *
 * @throws {Error} if it has no such list any more
 */
export function registered(text: string, { pipeline, snake }: Names): string {
  if (!END.test(text) || !IMPORTS.test(text)) {
    throw new Error(
      `Cannot add a pipeline to ${REGISTRY}: it has no list "export const pipelines … = [" after imports from "./"; undo what was changed there`,
    );
  }
  return text
    .replace(END, `  ${pipeline},\n`)
    .replace(IMPORTS, `import { ${pipeline} } from "./${snake}.ts";\n`);
}
