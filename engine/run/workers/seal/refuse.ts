/**
 * Members that refuse, in the place of those that reach what is in no key.
 *
 * @module
 */

/** What a stage hears that reaches beyond its key; `instead` is the way out. */
export function reached(what: string, instead?: string): Error {
  const end = instead === undefined ? "" : `; ${instead}`;
  return new Error(
    `it reached for ${what}, but a stage in a worker may use only its arguments and its code${end}`,
  );
}

/** How members refuse. */
export interface Refusal {
  /** What they are members of, e.g. `Math`; nothing if of the global scope. */
  readonly of?: string;
  /** The way out, if there is one. */
  readonly instead?: string;
  /** What becomes of values that are no functions; they refuse unless it is said that they are missing. */
  readonly value?: "missing";
}

/** Lets the members of an object whose names match refuse: functions when they are called, other values when they are read. What cannot be changed stays. */
export function refuse(
  holder: object,
  names: RegExp,
  refusal: Refusal = {},
): void {
  for (const name of Object.getOwnPropertyNames(holder)) {
    const member = Object.getOwnPropertyDescriptor(holder, name);
    if (member?.configurable !== true || !names.test(name)) continue;
    Object.defineProperty(holder, name, refusing(member, name, refusal));
  }
}

/** An object with the members of another whose names match; its others refuse. */
export function partOf(
  whole: object,
  names: RegExp,
  refusal: Refusal,
): object {
  const part = {};
  for (const name of Object.getOwnPropertyNames(whole)) {
    const member = Object.getOwnPropertyDescriptor(whole, name) ?? {};
    Object.defineProperty(
      part,
      name,
      names.test(name) ? member : refusing(member, name, refusal),
    );
  }
  return part;
}

function refusing(
  { enumerable = false, value }: PropertyDescriptor,
  name: string,
  { of, instead, value: other }: Refusal,
): PropertyDescriptor {
  /** No arrow: `new` must get this far. */
  function refused(): never {
    throw reached(of === undefined ? name : `${of}.${name}`, instead);
  }
  if (typeof value !== "function" && other === undefined) {
    return { get: refused, enumerable, configurable: true };
  }
  return {
    value: typeof value === "function" ? refused : undefined,
    enumerable,
    writable: true,
    configurable: true,
  };
}

/** Gives a member another value. */
export function replace(holder: object, name: string, value: unknown): void {
  Object.defineProperty(holder, name, {
    value,
    enumerable: Object.prototype.propertyIsEnumerable.call(holder, name),
    writable: true,
    configurable: true,
  });
}

/** Puts a proxy before a constructor, so that nothing leads around it. */
export function guard(
  holder: object,
  name: string,
  handler: ProxyHandler<new (...args: unknown[]) => object>,
): void {
  const constructor = Reflect.get(holder, name);
  const proxy = new Proxy(constructor, handler);
  replace(holder, name, proxy);
  replace(constructor.prototype, "constructor", proxy);
}
