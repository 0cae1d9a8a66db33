/**
 * Properties that are tried on inputs drawn at random. As tests they are tried
 * a few times, always on the same inputs; `deno task test:fuzz` tries them as
 * often as it is told, on others each time.
 *
 * @module
 */
import { parseArgs } from "node:util";
import fc from "fast-check";

/** Whether `deno task test:fuzz` runs, and not the tests. */
const isFuzz = Deno.mainModule === import.meta.resolve("./main.ts");

const { values } = parseArgs({
  args: isFuzz ? Deno.args : [],
  options: {
    seed: { type: "string" },
    runs: { type: "string" },
    minutes: { type: "string" },
    only: { type: "string" },
    path: { type: "string" },
  },
});

/** What every draw follows from. */
const seed = whole("seed", isFuzz ? Math.floor(Math.random() * 2 ** 31) : 1);

/** Minutes for all properties together, if that is what ends them. */
const minutes = values.minutes === undefined ? undefined : whole("minutes", 0);

/** How often a property is tried from one seed. */
const runs = whole("runs", isFuzz && minutes === undefined ? 5000 : 25);

/** A run that takes longer has come to a halt. */
const MOST_MILLISECONDS = 60_000;

function whole(option: "seed" | "runs" | "minutes", otherwise: number): number {
  const text = values[option];
  if (text === undefined) return otherwise;
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error(
    `Cannot use option "--${option}": "${text}" is not a whole number of at most 10 digits`,
  );
}

/** Names of the properties that are tried. */
const tried: string[] = [];

/** How a property is tried. */
interface Trial<T> {
  /** Inputs of which it once did not hold; tried first. */
  readonly examples?: readonly T[];
  /** One run takes about as long as so many of the fastest properties; 1 if left out. */
  readonly cost?: number;
}

/**
 * A property as a test.
 *
 * @param name a sentence without an apostrophe, which would end it in a shell
 * @param check throws if the property does not hold of an input
 */
export function fuzz<T>(
  name: string,
  input: fc.Arbitrary<T>,
  check: (input: T) => Promise<void> | void,
  { examples = [], cost = 1 }: Trial<T> = {},
): void {
  if (values.only !== undefined && values.only !== name) return;
  tried.push(name);
  const property = fc.asyncProperty(input, async (input) => {
    await check(input);
  });
  const tryFrom = (seed: number) =>
    fc.assert(property, {
      seed,
      ...values.path === undefined ? {} : { path: values.path },
      numRuns: Math.ceil(runs / cost) + examples.length,
      examples: examples.map((one): [T] => [one]),
      timeout: MOST_MILLISECONDS,
      asyncReporter: (details) =>
        details.failed
          ? Promise.reject(failure(name, details))
          : Promise.resolve(),
    });
  Deno.test(name, async () => {
    await tryFrom(seed);
    if (minutes === undefined) return;
    const end = performance.now() + minutes * 60_000 / tried.length;
    for (let next = seed + 1; performance.now() < end; next++) {
      await tryFrom(next);
    }
  });
}

/** What was tried in vain, and how to see it again. */
function failure<T>(name: string, details: fc.RunDetails<T>): Error {
  const { counterexamplePath: path, errorInstance: cause } = details;
  const words = ["--only", `'${name}'`, "--seed", details.seed, "--path", path];
  return new Error(
    `${fc.defaultReportMessage(details)}\n\nOnce more: deno task test:fuzz ${
      words.join(" ")
    }`,
    { cause },
  );
}

/**
 * Says from which seed the properties are tried.
 *
 * @throws {Error} if none has the name that is asked for
 */
export function announce(): void {
  if (tried.length === 0) {
    throw new Error(
      `Cannot try "${values.only}": no property of tests/fuzz/ is called so`,
    );
  }
  Deno.stdout.writeSync(new TextEncoder().encode(`Seed ${seed}\n`));
}
