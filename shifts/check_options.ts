import type { AnyShift } from "./shift.ts";

/**
 * Checks that a shift is given all of its options, and no others.
 *
 * @throws {TypeError} if it is not, or an option has a wrong value
 */
export function checkOptions(
  { name, options }: AnyShift,
  given: object,
): void {
  const names = Object.keys(options).map((option) => `"${option}"`).join(", ");
  const known = names === "" ? "it has no options" : `its options are ${names}`;
  const refuse = (state: string): never => {
    throw new TypeError(`Cannot apply shift "${name}" ${state}`);
  };
  const values = new Map<string, unknown>(Object.entries(given));
  for (const option of values.keys()) {
    if (Object.hasOwn(options, option)) continue;
    refuse(`with option "${option}": ${known}`);
  }
  for (const [option, isFit] of Object.entries(options)) {
    const value = values.get(option);
    if (isFit(value)) continue;
    if (value === undefined) refuse(`without option "${option}": ${known}`);
    refuse(`with ${option} ${Deno.inspect(value)}: that is no value of it`);
  }
}
