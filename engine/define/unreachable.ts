/** Closes a `switch` over a union: a member left out is a compile error. */
export function unreachable(value: never): never {
  throw new TypeError(`Cannot handle ${Deno.inspect(value)}: no case for it`);
}
