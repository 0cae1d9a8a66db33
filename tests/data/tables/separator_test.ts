import assert from "node:assert/strict";
import { separated } from "../../../data/tables/separator.ts";

for (
  const [what, text, separator] of [
    ["commas", "a,b\n1,2\n", ","],
    ["semicolons, with decimal commas", "a;b;c\n1,5;2,5;x\n", ";"],
    ["tabs", "a\tb\n1,5\t2\n", "\t"],
    ["commas, with semicolons in the names", "m,x (a;b;c)\n1,2\n", ","],
    ["commas, with semicolons in quotes", 'a,"b;;;"\n1,";;;"\n', ","],
    ["one column", "a\n1\n", ","],
    ["a row too short", "a;b;c\n1,5;2,5\n", ";"],
    [
      "more than is looked at",
      "a;b\n" + "1,5;2\n".repeat(20_000),
      ";",
    ],
  ] as const
) {
  Deno.test(`separated() finds it in a table of ${what}`, () => {
    const table = new TextEncoder().encode(text);
    assert.deepEqual(separated(table), { table, separator });
  });
}

Deno.test("separated() takes Excel's word for it, and the line with it out of the table", () => {
  for (const start of ["sep=;", '\ufeff"sep=;"', "SEP=;"]) {
    const { table, separator } = separated(
      new TextEncoder().encode(`${start}\r\na,b;c\r\n`),
    );
    assert.equal(separator, ";");
    assert.equal(new TextDecoder().decode(table), "\r\na,b;c\r\n");
  }
});
