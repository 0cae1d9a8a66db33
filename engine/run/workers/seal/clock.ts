/**
 * Clocks and the time zone.
 *
 * @module
 */
// Loading it adds clocks to `performance`.
import { performance } from "node:perf_hooks";
import { guard, reached, refuse, replace } from "./refuse.ts";

const INSTEAD = "take the time as an argument";

/** Refuses what tells the time, and lets dates be in UTC. */
export function sealClock(): void {
  for (const clocks of [performance, Performance.prototype]) {
    refuse(clocks, /^(?!constructor$)/, {
      of: "performance",
      instead: INSTEAD,
    });
  }
  refuse(globalThis, /^PerformanceMark$/, { instead: INSTEAD }); // has its time even if nobody takes it
  refuse(Temporal.Now, /^/, { of: "Temporal.Now", instead: INSTEAD });
  refuse(File.prototype, /^lastModified$/, { of: "File" });
  refuse(Date, /^now$/, { of: "Date", instead: INSTEAD });
  sealTimers();
  sealDate();
  refuseToday();
}

/** Lets no timer tell when it was set. */
function sealTimers(): void {
  const timer: unknown = setTimeout(() => {});
  clearTimeout(timer as number);
  // Set by the constructor, and by whoever sets the timer again; nobody else reads it.
  Object.defineProperty(Object.getPrototypeOf(timer), "_idleStart", {
    get: () => null,
    set() {},
  });
}

/** Texts that `Date` takes to be in UTC, or that name their zone. */
const ZONED =
  /^[+-]?\d{4,6}(-\d\d){0,2}$|(Z|UTC|GMT|[+-]\d\d:?\d\d)\s*(\(.*\))?$/i;

function sealDate(): void {
  const { parse, UTC, prototype } = Date;

  function parseZoned(text: string): number {
    if (ZONED.test(`${text}`.trim())) return parse(text);
    throw reached(
      "the time zone of this machine",
      `let "${text}" end with "Z"`,
    );
  }

  /** What the date of these arguments is made from. */
  function timeOf(args: readonly unknown[]): unknown {
    if (args.length === 0) throw reached("new Date()", INSTEAD);
    if (args.length > 1) return Reflect.apply(UTC, Date, args);
    const value = args[0]?.valueOf() ?? args[0];
    return typeof value === "string" ? parseZoned(value) : value;
  }

  replace(Date, "parse", parseZoned);
  guard(globalThis, "Date", {
    apply() {
      throw reached("Date()", INSTEAD);
    },
    construct: (date, args, newTarget) =>
      Reflect.construct(date, [timeOf(args)], newTarget),
  });
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (!name.slice(3).startsWith("UTC")) continue;
    replace(prototype, name.replace("UTC", ""), Reflect.get(prototype, name));
  }
  replace(prototype, "getTimezoneOffset", () => 0);
  replace(prototype, "toString", prototype.toUTCString);
  refuse(prototype, /^to(Date|Time)String$|Year$(?<!FullYear)/, { of: "Date" });
}

/** Refuses to format no date: that would be the time. */
function refuseToday(): void {
  const { prototype } = Intl.DateTimeFormat;
  type Method = (this: unknown, date?: unknown) => unknown;
  const told = (method: Method): Method =>
    function (date) {
      if (date !== undefined) return Reflect.apply(method, this, [date]);
      throw reached("the time, to format it", INSTEAD);
    };
  const { get } = Object.getOwnPropertyDescriptor(prototype, "format") ?? {};
  Object.defineProperty(prototype, "format", {
    get() {
      return told(Reflect.apply(get as Method, this, []) as Method);
    },
  });
  const parts = prototype.formatToParts as Method;
  replace(prototype, "formatToParts", told(parts));
}
