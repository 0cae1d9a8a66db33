/**
 * The options of a benchmark: what is wrong with them is one line, and `--help`
 * lists them.
 *
 * @module
 */
import { parseArgs, type ParseArgsConfig } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** What was read, as `parseArgs` gives it; or the line to end with. */
export type Read<T extends Options> =
  | {
    readonly kind: "options";
    readonly values: ReturnType<typeof parse<T>>["values"];
    readonly positionals: readonly string[];
  }
  | {
    readonly kind: "help" | "refused";
    readonly line: string;
  };

function parse<T extends Options>(args: readonly string[], options: T) {
  return parseArgs({
    args: [...args],
    options,
    allowNegative: true,
    allowPositionals: true,
  });
}

/** How a benchmark is called. */
export interface Call<T extends Options> {
  readonly args: readonly string[];
  readonly options: T;
  /** Options that are numbers. */
  readonly numbers?: readonly (keyof T & string)[];
  /** Whether words without dashes may follow. */
  readonly positionals?: boolean;
}

/** Reads options; nothing is printed. */
export function readOptions<const T extends Options>(
  { args, options, numbers = [], positionals = false }: Call<T>,
): Read<T> {
  const known = `options: ${
    Object.entries(options).map(([name, { type, default: value }]) =>
      type === "boolean"
        ? value === true ? `--no-${name}` : `--${name}`
        : `--${name} ${value ?? "…"}`
    ).join(", ")
  }`;
  const refused = (reason: string) => ({
    kind: "refused" as const,
    line: `${reason}; ${known}`,
  });
  if (args.includes("--help")) return { kind: "help", line: known };
  try {
    const read = parse(args, options);
    if (!positionals && read.positionals.length > 0) {
      return refused(`Cannot read "${read.positionals[0]}": it is no option`);
    }
    for (const name of numbers) {
      const text = (read.values as Record<string, unknown>)[name];
      if (text === undefined) continue;
      if (!(Number(text) >= 0) || text === "") {
        return refused(
          `Cannot read --${name} "${text}": it is no number from 0 up`,
        );
      }
    }
    return { kind: "options", ...read };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The first sentence of Node's message names the option.
    return refused(error.message.split(". ")[0] ?? "");
  }
}

/** Reads the options of this process, or ends it with a line: 0 for help, 2 for a mistake. */
export function benchOptions<const T extends Options>(
  options: T,
  more: Pick<Call<T>, "numbers" | "positionals"> = {},
): Extract<Read<T>, { kind: "options" }> {
  const read = readOptions({ args: Deno.args, options, ...more });
  if (read.kind === "options") return read;
  if (read.kind === "refused") return refuse(read.line);
  Deno.stdout.writeSync(new TextEncoder().encode(`${read.line}\n`));
  Deno.exit(0);
}

/** Ends with a line about the words that it was given. */
export function refuse(line: string): never {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
  Deno.exit(2);
}
