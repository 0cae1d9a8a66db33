/** What a stage in a worker writes for people does not depend on the language of the machine. */
import assert from "node:assert/strict";
import { reach } from "./reach.ts";

Deno.test("a task in a worker writes English, whatever the language of the machine", async () => {
  assert.deepEqual(
    await reach([
      "(1234.5).toLocaleString()",
      "new Intl.NumberFormat().format(1234.5)",
      "Intl.NumberFormat().format(1234.5)",
      "[1234.5].toLocaleString()",
      "new Float64Array([1234.5]).toLocaleString()",
      '"ö".localeCompare("z")',
      '["z", "ö"].sort(new Intl.Collator().compare)[0]',
      "new Temporal.PlainDate(2020, 1, 31).toLocaleString()",
      "navigator.language",
      "navigator.languages",
      '(1234.5).toLocaleString("de")',
    ], { within: ["env", "LC_ALL=sv_SE.UTF-8"] }),
    [
      "1,234.5",
      "1,234.5",
      "1,234.5",
      "1,234.5",
      "1,234.5",
      -1,
      "ö",
      "1/31/2020",
      "en-US",
      ["en-US"],
      "1.234,5",
    ],
  );
});
