/**
 * A pipeline in the registry.
 *
 * @module
 */
import type { Names } from "./names.ts";

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
