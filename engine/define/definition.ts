/**
 * Definitions: the shifts, models and augmentations that a pipeline passes to
 * a task as arguments, and codecs. A definition brings the code of its own
 * module into the key of every stage that takes it, or reads what it wrote.
 *
 * @module
 */

/** Marks definitions; registered, so that two copies of this module agree. */
export const DEFINITION: unique symbol = Symbol.for("shiftline.definition");

/** Parts of a definition that are for readers: no key has them, and no stage may read them. */
export const TEXTS_FOR_READERS = ["title", "description"] as const;

/** Marks the global scope of an isolate that runs stages (`engine/run/workers/seal/`). */
const SEALED = Symbol.for("shiftline.sealed");

/** Where a definition lives, so that its code can be hashed and a worker can import it. */
export interface DefinitionSource {
  /** URL of the module that exports the definition. */
  readonly module: string;
  /** The name that the definition is exported under. */
  readonly name: string;
}

/** A value that knows the module and the export it comes from. */
export interface Definition {
  /** Where the definition is from; see {@linkcode sourceOf}. */
  readonly [DEFINITION]: DefinitionSource;
}

/**
 * Makes `value` a definition.
 *
 * ```ts ignore
 * export const tint = define(import.meta.url, "tint", { support: "in", apply });
 * ```
 *
 * @param module `import.meta.url` of the exporting module
 * @param name the name under which the module exports it
 * @param value everything else that a `T` has
 * @throws {TypeError} if `name` is not an identifier
 */
export function define<T extends object>(
  module: string,
  name: string,
  value: T | Omit<T, typeof DEFINITION>,
): Readonly<T> & Definition {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) {
    throw new TypeError(
      `Cannot define "${name}" in ${module}: a definition is named after its export`,
    );
  }
  // Hidden from spreads: a copy with another part is no longer what the module exports.
  const made = Object.defineProperty({ ...value }, DEFINITION, {
    value: { module, name },
  });
  if (SEALED in globalThis) hideTexts(made, name);
  return Object.freeze(made) as Readonly<T> & Definition;
}

/** Hidden from spreads, too, which need not fail. */
function hideTexts(made: object, definition: string): void {
  for (const text of TEXTS_FOR_READERS) {
    if (!Object.hasOwn(made, text)) continue;
    Object.defineProperty(made, text, {
      enumerable: false,
      get() {
        throw new TypeError(
          `Cannot read the ${text} of "${definition}" in a stage: it is for readers, and no key has it; give the stage the text as an argument`,
        );
      },
    });
  }
}

/** Whether `value` was made by {@linkcode define}, or is a task whose calls are part of the stages that take them. */
export function isDefinition(value: unknown): value is Definition {
  return (typeof value === "object" && value !== null ||
    typeof value === "function") && Object.hasOwn(value, DEFINITION);
}

/** The module and export of a definition. */
export function sourceOf(definition: Definition): DefinitionSource {
  return definition[DEFINITION];
}
