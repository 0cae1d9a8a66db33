/**
 * What a stage leaves behind in the global scope of its isolate, where the next
 * one would find it.
 *
 * @module
 */

/** Names under which packages keep what their copies share: state of modules, like any other. */
const OF_PACKAGES: ReadonlySet<PropertyKey> = new Set([
  "_tfengine",
  "_tfGlobals",
]);

/** What has the prototypes that no name leads to. */
const NAMELESS: readonly unknown[] = [
  [].values(),
  new Map().values(),
  new Set().values(),
  ""[Symbol.iterator](),
  "".matchAll(/^/g),
  function* () {},
  async function* () {},
];

/** How the global scope was at some moment. */
export interface ScopeState {
  /** Whether nothing in it was added, changed or removed since. */
  isSame(): boolean;
}

/**
 * All of the platform's objects that members of the global scope lead to, itself
 * included; of functions those that are more than methods.
 */
export function platformObjects(): readonly object[] {
  const objects = new Set<object>();
  const waiting = [globalThis, ...NAMELESS];
  for (const value of waiting) {
    if (typeof value === "function" && !Object.hasOwn(value, "prototype")) {
      continue;
    }
    if (Object(value) !== value || objects.has(value as object)) continue;
    objects.add(value as object);
    waiting.push(Object.getPrototypeOf(value));
    for (const name of namesIn(value as object)) {
      waiting.push(Object.getOwnPropertyDescriptor(value, name)?.value);
    }
  }
  return [...objects];
}

function namesIn(object: object): readonly PropertyKey[] {
  const names = Reflect.ownKeys(object);
  if (object !== globalThis) return names;
  return names.filter((name) => !OF_PACKAGES.has(name));
}

/** How these objects are now. */
export function scopeState(objects: readonly object[]): ScopeState {
  const states = objects.map(stateOf);
  return { isSame: () => states.every((isSame) => isSame()) };
}

/** Tells whether an object is as it is now. */
function stateOf(object: object): () => boolean {
  const then = namesIn(object);
  const values: (readonly [PropertyKey, unknown])[] = [];
  const accessors: (readonly [PropertyKey, PropertyDescriptor])[] = [];
  for (const name of then) {
    const member = Object.getOwnPropertyDescriptor(object, name) ?? {};
    if ("value" in member) values.push([name, member.value]);
    else accessors.push([name, member]);
  }
  return () => {
    const now = namesIn(object);
    return now.length === then.length &&
      now.every((name, i) => name === then[i]) &&
      values.every(([name, value]) =>
        Object.is(Reflect.get(object, name), value)
      ) &&
      accessors.every(([name, { get, set }]) => {
        const now = Object.getOwnPropertyDescriptor(object, name);
        return now?.get === get && now?.set === set;
      });
  };
}
