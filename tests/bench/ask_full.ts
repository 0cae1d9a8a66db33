import { deepEqual, equal, match } from "node:assert/strict";

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
