import { equal, match } from "node:assert/strict";
import { readOptions } from "./bench_options.ts";

const OPTIONS = {
  steps: { type: "string", default: "12" },
  device: { type: "string" },
  vanilla: { type: "boolean", default: true },
  json: { type: "boolean", default: false },
} as const;

function read(...args: readonly string[]) {
  return readOptions({ args, options: OPTIONS, numbers: ["steps"] });
}

Deno.test("readOptions() reads options and their defaults", () => {
  const { kind, values } = read("--no-vanilla", "--device", "wasm") as Extract<
    ReturnType<typeof read>,
    { kind: "options" }
  >;
  equal(kind, "options");
  equal(values.vanilla, false);
  equal(values.steps, "12");
  equal(values.device, "wasm");
});

Deno.test("readOptions() lists the options when asked for help", () => {
  const options = "--steps 12, --device …, --no-vanilla, --json";
  const line = `options: ${options}`;
  equal(JSON.stringify(read("--help")), JSON.stringify({ kind: "help", line }));
});

for (
  const [mistake, args, line] of [
    ["an unknown option", ["--step", "3"], /^Unknown option '--step'; options/],
    ["an option without its value", ["--device"], /'--device.*'.*; options/],
    ["a word", ["wasm"], /^Cannot read "wasm": it is no option; options/],
    [
      "a number that is none",
      ["--steps", "ten"],
      /^Cannot read --steps "ten": it is no number from 0 up; options/,
    ],
    [
      "an empty number",
      ["--steps", ""],
      /^Cannot read --steps "": it is no number/,
    ],
  ] as const
) {
  Deno.test(`readOptions() refuses ${mistake} in one line`, () => {
    const answer = read(...args);
    if (answer.kind !== "refused") {
      throw new Error("Cannot test a refusal: it was read");
    }
    match(answer.line, line);
    equal(answer.line.includes("\n"), false);
  });
}
