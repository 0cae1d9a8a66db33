import { equal, match } from "node:assert/strict";
import { askQuickly } from "../ask_quickly.ts";
import { plantedSets } from "../models/asked/planted_sets.ts";

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
