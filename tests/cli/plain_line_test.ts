import assert from "node:assert/strict";
import fc from "fast-check";
import { words } from "../../cli/grammar/reproduce.ts";
import { parseArguments } from "../../cli/parse_arguments.ts";
import { plainReproduce } from "../../cli/plain_line.ts";

/** As the grammar reads a line; `undefined` if it refuses it or shows a text. */
function byGrammar(args: readonly string[]): unknown {
  const read = parseArguments(["reproduce", ...args], {
    ...{ name: "reproduce", words, version: "1.2.3" },
    ...{ columns: 80, colour: false },
  });
  return read.kind === "command" ? { ...read.value } : undefined;
}

const word = fc.constantFrom(
  ...["--profile", "smoke", "--device", "wasm", "--force", "fit/line"],
  "--fall-back",
  ...["--jobs", "2", "0", "1e3", "--fail-fast", "--store", "a b", "--site"],
  ...["--mirror", "--remote", "http://127.0.0.1/", "--push", "--json"],
  ...["--no-wait", "--verbose", "theory", "", "-", "--", "-h", "--help"],
  ...["--version", "--store=x", "--jobs=3", "--no-json", "--jsn", "-5"],
);

Deno.test("plainReproduce() reads a line as the grammar does, or leaves it to it", () => {
  let read = 0;
  fc.assert(
    fc.property(fc.array(word, { maxLength: 7 }), (args) => {
      const plain = plainReproduce(args);
      if (plain === undefined) return;
      read++;
      assert.deepEqual(plain, byGrammar(args));
    }),
    { seed: 1, numRuns: 2000 },
  );
  assert.ok(read > 200, `only ${read} lines were plain`);
});

Deno.test("plainReproduce() reads every option", () => {
  const args = [
    ...["theory", "--profile", "smoke", "--device", "wasm", "--force", "a"],
    ...["--force", "b", "--jobs", "3", "--fail-fast", "--store", "s", "--push"],
    ...["--fall-back", "cpu"],
    ...["--site", "t", "--mirror", "m", "--remote", "http://127.0.0.1/"],
    ...["--json", "--no-wait", "--verbose", "support"],
  ];
  const plain = plainReproduce(args);
  assert.deepEqual(plain, byGrammar(args));
  assert.deepEqual(plain?.pipelines, ["theory", "support"]);
  assert.deepEqual(plain?.force, ["a", "b"]);
});

Deno.test("plainReproduce() leaves help and mistakes to the grammar", () => {
  for (
    const args of [
      ["--help"],
      ["--jobs"],
      ["--jobs", "two"],
      ["--store", "a", "--store", "b"],
      ["--json", "--json"],
      ["--wat", "a"],
    ]
  ) assert.equal(plainReproduce(args), undefined);
});
