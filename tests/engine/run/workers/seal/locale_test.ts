/** What a stage in a worker writes for people does not depend on the language of the machine. */
import assert from "node:assert/strict";
import { reach } from "./reach.ts";

Deno.test("a task in a worker writes English and in UTC where it says nothing else, whatever the language and the zone of the machine", async () => {
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
      "(1234.5).toLocaleString([])",
      '(1234.5).toLocaleString("tlh")', // which nobody has
      'new Intl.NumberFormat(["tlh", "se"]).format(1234.5)',
      '["z", "ä"].sort((a, b) => a.localeCompare(b, []))[0]',
      '"I".toLocaleLowerCase([])',
      'new Date(1e12).toLocaleTimeString("en", { timeZone: undefined })',
      "new Intl.DateTimeFormat([], { timeZone: undefined }).format(1e12)",
      '(1234.5).toLocaleString("de")',
      'new Date(1e12).toLocaleTimeString("en", { timeZone: "Asia/Tokyo" })',
    ], { within: ["env", "LC_ALL=sv_SE.UTF-8", "TZ=America/New_York"] }),
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
      "1,234.5",
      "1,234.5",
      "1,234.5",
      "ä",
      "i",
      "1:46:40 AM",
      "9/9/2001",
      "1.234,5",
      "10:46:40 AM",
    ],
  );
});
