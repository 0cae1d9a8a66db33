/**
 * The name of a shift or a pipeline, as each place writes it.
 *
 * @module
 */
import { UsageError } from "../arguments/usage_error.ts";

/** A name in its forms. */
export interface Names {
  /** As it was given: "small-rotation". */
  readonly kebab: string;
  /** Of its files: "small_rotation". */
  readonly snake: string;
  /** For readers: "Small rotation". */
  readonly title: string;
  /** Of what exports the shift: "smallRotationShift". No reserved word ends so. */
  readonly shift: string;
  /** Of what exports the pipeline: "smallRotationPipeline". */
  readonly pipeline: string;
}

/** With longer ones some lines of the files would have to be broken. */
const LONGEST = 36;

/**
 * The forms of a name.
 *
 * @throws {UsageError} if it is not lower-case words joined by hyphens
 */
export function namesOf(name: string): Names {
  if (!isKebab(name)) {
    const near = kebabOf(name);
    throw new UsageError(
      `Cannot use name "${name}": a name is lower-case words joined by hyphens, ${LONGEST} letters at most${
        isKebab(near) ? `; did you mean "${near}"?` : ""
      }`,
    );
  }
  const pascal = name.split("-").map(capital).join("");
  const camel = `${name.charAt(0)}${pascal.slice(1)}`;
  return {
    kebab: name,
    snake: name.replaceAll("-", "_"),
    title: capital(name.replaceAll("-", " ")),
    shift: name.endsWith("-shift") ? camel : `${camel}Shift`,
    pipeline: `${camel}Pipeline`,
  };
}

function isKebab(name: string): boolean {
  return name.length <= LONGEST && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name);
}

/** What somebody may have meant who wrote "smallRotation" or "small_rotation.ts". */
function kebabOf(name: string): string {
  return name.replace(/\.ts$/, "")
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-").replace(/^[-0-9]+/, "").replace(/-$/, "");
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
