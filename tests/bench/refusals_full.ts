import { deepEqual, equal, match, rejects } from "node:assert/strict";

for (
  const [words, line] of [
    [
      "bench:ask --tally gone.json",
      /^Cannot tally "gone\.json": NotFound: No such file/,
    ],
    [
      "bench:ask --only nosuch",
      /^Cannot ask about "nosuch": the shifts are "random split", /,
    ],
    [
      "bench:ask --fresh --slight",
      /^Cannot ask about shifts that are both fresh and slight: the shifts are /,
    ],
    [
      "bench:ask --sizes 100,abc",
      /^Cannot read --sizes "100,abc": name numbers/,
    ],
    [
      "bench:reproduce --store gone",
      /^Cannot say where time went: "gone" remembers no run$/m,
    ],
    [
      "bench:reproduce --store gone --run abc",
      /^Cannot find run "abc" in "gone"; deno task runs /,
    ],
    [
      "bench:slurm --peer make",
      /^Cannot compare with "make": the only peer is snakemake$/m,
    ],
  ] as const
) {
  Deno.test(`deno task ${words} is refused in one line`, async () => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["task", "-q", ...words.split(" ")],
      env: { NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder().decode(stderr);
    deepEqual([code, stdout.length], [2, 0]);
    match(text, line);
    equal(text.split("\n").length, 2);
    await rejects(Deno.stat("gone"), Deno.errors.NotFound);
  });
}
