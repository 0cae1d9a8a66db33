/**
 * The language of the machine.
 *
 * @module
 */
import { guard, replace } from "./refuse.ts";

/** What is written for people where no language is named. */
const LOCALE = "en-US";

type Arguments = unknown[];

/** Lets everything be in one language, and dates in UTC, where nothing else is said. */
export function sealLocale(): void {
  for (const name of Object.getOwnPropertyNames(Intl)) {
    if (!("prototype" in Reflect.get(Intl, name)) || name === "Locale") {
      continue;
    }
    const told = (args: Arguments) =>
      withDefaults(args, 0, name === "DateTimeFormat");
    guard(Intl, name, {
      apply: (format, self, args) => Reflect.apply(format, self, told(args)),
      construct: (format, args, newTarget) =>
        Reflect.construct(format, told(args), newTarget),
    });
  }
  const holders: readonly { readonly prototype?: object }[] = [
    ...[Array, BigInt, Date, Number, Object.getPrototypeOf(Int8Array), String],
    ...Object.getOwnPropertyNames(Temporal).map((name) =>
      Reflect.get(Temporal, name)
    ),
  ];
  for (const holder of holders) {
    const { prototype = {} } = holder;
    const isInstant = holder === Date || holder === Temporal.Instant;
    for (const name of Object.getOwnPropertyNames(prototype)) {
      if (!/^(toLocale|localeCompare$)/.test(name)) continue;
      const method = Reflect.get(prototype, name);
      const place = name === "localeCompare" ? 1 : 0;
      replace(prototype, name, function (this: unknown, ...args: Arguments) {
        return Reflect.apply(
          method,
          this,
          withDefaults(args, place, isInstant),
        );
      });
    }
  }
  const languages = Object.getPrototypeOf(navigator);
  replace(languages, "language", LOCALE);
  replace(languages, "languages", [LOCALE]);
}

const { getCanonicalLocales } = Intl;

/**
 * Arguments with locales at one place, the last of which is there on every
 * machine, so that where no other is none is the machine's; and, if dates are
 * formatted, with a zone in the options after it.
 */
function withDefaults(
  args: readonly unknown[],
  place: number,
  isDate: boolean,
): Arguments {
  const told = [...args];
  const asked = told[place] ?? [];
  told[place] = [...getCanonicalLocales(asked as string[]), LOCALE];
  if (isDate) {
    const options = Object(told[place + 1]);
    told[place + 1] = { ...options, timeZone: options.timeZone ?? "UTC" };
  }
  return told;
}
