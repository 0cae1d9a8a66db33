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
    for (const [, { value: member }] of membersOf(value as object)) {
      waiting.push(member);
    }
  }
  return [...objects];
}

type Member = readonly [name: PropertyKey, PropertyDescriptor];

function membersOf(object: object): readonly Member[] {
  return Reflect.ownKeys(object)
    .filter((name) => !OF_PACKAGES.has(name))
    .map((name) => [
      name,
      Object.getOwnPropertyDescriptor(object, name) as PropertyDescriptor,
    ]);
}

/** How these objects are now. */
export function scopeState(objects: readonly object[]): ScopeState {
  const states = objects.map((object) => [object, membersOf(object)] as const);
  return {
    isSame: () =>
      states.every(([object, then]) => {
        const now = membersOf(object);
        return now.length === then.length &&
          now.every((member, i) => isSameMember(member, then[i] as Member));
      }),
  };
}

function isSameMember([name, now]: Member, [nameThen, then]: Member): boolean {
  return name === nameThen && Object.is(now.value, then.value) &&
    now.get === then.get && now.set === then.set;
}
