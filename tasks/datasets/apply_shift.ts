import { type Images, images } from "../../data/images/images.ts";
import type { Codec } from "../../engine/define/codec.ts";
import type { Lazy, NoOthers, Ref } from "../../engine/define/ref.ts";
import { isNumber, isString } from "../../engine/define/shape.ts";
import { defineTask, type Task } from "../../engine/define/task.ts";
import type { AnyShift, Shift } from "../../shifts/shift.ts";

/** What to shift and how. */
export interface ApplyShiftArgs {
  readonly images: Images;
  readonly shift: AnyShift;
  /** The options of that shift. */
  readonly options: object;
}

/** The task, called with a shift and exactly its options; any of them may be a ref. */
export interface ApplyShift
  extends Pick<Task<ApplyShiftArgs, Codec<Images>>, "task"> {
  <Options, Given extends LazyFields<Options>>(
    args: {
      readonly images: Lazy<Images>;
      readonly shift: Shift<Options>;
      readonly options: Given & NoOthers<Given, Options>;
    },
    label?: string,
  ): Ref<Images>;
}

/** A record of which any field may be a ref. */
type LazyFields<T> = { readonly [Name in keyof T]: Lazy<T[Name]> };

/** The images of one distribution of a shift. */
export const applyShift: ApplyShift = defineTask({
  module: import.meta.url,
  name: "applyShift",
  inline: true,
  result: images,
  run({ images, shift, options }: ApplyShiftArgs) {
    checkOptions(shift, options);
    return shift.apply(images, options);
  },
});

/** What common checks of options are for. */
const WANTED: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [isNumber, "it must be a number"],
  [isString, "it must be a text"],
]);

/**
 * Checks that a shift is given all of its options, and no others.
 *
 * @throws {TypeError} if it is not, or an option has a wrong value
 */
function checkOptions(
  { name, options }: AnyShift,
  given: object,
): void {
  const names = Object.keys(options).map((option) => `"${option}"`).join(", ");
  const itsOptions = names === ""
    ? "it has no options"
    : `its options are ${names}`;
  const refuse = (state: string): never => {
    throw new TypeError(`Cannot apply shift "${name}" ${state}`);
  };
  const values = new Map<string, unknown>(Object.entries(given));
  for (const option of values.keys()) {
    if (Object.hasOwn(options, option)) continue;
    refuse(`with option "${option}": ${itsOptions}`);
  }
  for (const [option, isFit] of Object.entries(options)) {
    const value = values.get(option);
    if (isFit(value)) continue;
    if (value === undefined) {
      refuse(`without option "${option}": ${itsOptions}`);
    }
    const wanted = WANTED.get(isFit) ?? "that is no value of it";
    refuse(`with ${option} ${Deno.inspect(value)}: ${wanted}`);
  }
}
