import { deepEqual, equal, match } from "node:assert/strict";
import { askQuickly } from "../ask_quickly.ts";
import { plantedSets } from "../models/asked/planted_sets.ts";

for (
  const [words, line] of [
    ["--tally gone.json", /^Cannot tally "gone\.json": NotFound: No such file/],
    [
      "--only nosuch",
      /^Cannot ask about "nosuch": the shifts are "random split", /,
    ],
    ["--sizes 100,abc", /^Cannot read --sizes "100,abc": name numbers/],
  ] as const
) {
  Deno.test(`bench:ask refuses ${words} in one line`, async () => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "-q", "bench:ask", ...words.split(" ")],
      env: { NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder().decode(stderr);
    deepEqual([code, stdout.length], [2, 0]);
    match(text, line);
    equal(text.split("\n").length, 2);
  });
}

Deno.test("bench:ask --again judges by the rule of today what was kept, and says what that changes", async () => {
  const findings = askQuickly(plantedSets({ n: 300, seed: 5 }), { seed: 1 });
  const kept = ["extrapolation", findings.answer].map((answer) => ({
    world: "random split",
    n: 300,
    seed: 1,
    findings: { ...findings, answer },
    drop: null,
    truths: null,
    seconds: 1,
  }));
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(
      file,
      kept.map((one) => `${JSON.stringify(one)}\n`).join(""),
    );
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "-q", "bench:ask", "--tally", file, "--again"],
      env: { NO_COLOR: "1" },
    }).output();
    equal(code, 0);
    const text = new TextDecoder().decode(stdout);
    match(
      text,
      /^1 of 2 answers are others by the rule as it is now\n1 × random split: extrapolation → /,
    );
    match(text, new RegExp(`of 2: ${findings.answer} 2`));
  } finally {
    await Deno.remove(file);
  }
});
