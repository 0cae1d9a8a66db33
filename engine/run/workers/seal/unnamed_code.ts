/**
 * Code that no key names: what is made from strings, and isolates that are not
 * sealed.
 *
 * @module
 */
import { guard, reached, refuse, replace } from "./refuse.ts";

const INSTEAD = "write the code into a module";

/** Functions of each kind: their constructors make others, from strings. */
const KINDS: readonly object[] = [
  () => {},
  function* () {},
  async () => {},
  async function* () {},
];

/**
 * Refuses to make code from strings, and seals the workers that a stage starts.
 *
 * @param nested the module `nested_worker.ts`
 */
export function sealUnnamedCode(nested: URL): void {
  const fromString = (what: string) => () => {
    throw reached(`${what} of a string`, INSTEAD);
  };
  refuse(globalThis, /^eval$/, { instead: INSTEAD });
  for (const kind of KINDS) {
    const make = fromString("a function");
    guard(Object.getPrototypeOf(kind), "constructor", {
      apply: make,
      construct: make,
    });
  }
  replace(globalThis, "Function", Function.prototype.constructor);
  for (const name of ["setTimeout", "setInterval"]) {
    replace(
      globalThis,
      name,
      new Proxy(Reflect.get(globalThis, name), {
        apply: (set, self, args) =>
          typeof args[0] === "function"
            ? Reflect.apply(set, self, args)
            : fromString(name)(),
      }),
    );
  }
  guard(globalThis, "Worker", {
    construct(worker, [module, ...options], newTarget) {
      const entry = new URL(nested);
      entry.searchParams.set("module", `${module}`);
      return Reflect.construct(worker, [entry, ...options], newTarget);
    },
  });
}
