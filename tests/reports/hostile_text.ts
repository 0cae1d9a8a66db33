/** Text that tries to be more than text. */
import fc from "../property.ts";
import { codePoint } from "../code_point.ts";

const PARTS = [
  "<img src=x onerror=alert(3)>",
  "<script>alert(1)</script>",
  "</title></svg>",
  "<!-- ",
  "]]>",
  "&lt;b&gt;",
  "&",
  '"',
  "'",
  "`",
  "```",
  "\n",
  "\n\n",
  "\r",
  "\\",
  "|",
  "*",
  "_",
  "$x$",
  "[a](javascript:alert(1))",
  "https://a.example/",
  "# ",
  "- ",
  "\0",
  "\x07",
  "\x1b[31m",
  "\x7f",
  "\x85",
  "\x9b2J",
  "\ufffe",
  "\ud800",
  "\u202e",
  "=1+1",
  "a",
  " ",
];

/** Names, with nothing but text at their ends, as they are read from tables. */
export const hostileText: fc.Arbitrary<string> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...PARTS) },
    { weight: 1, arbitrary: fc.string({ unit: codePoint, maxLength: 4 }) },
  ),
  { minLength: 1, maxLength: 6 },
).map((parts) => parts.join("").trim()).filter((text) => text !== "");
