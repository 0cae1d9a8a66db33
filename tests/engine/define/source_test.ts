import assert from "node:assert/strict";
import {
  digestAs,
  mirrorPathOf,
  type Source,
} from "../../../engine/define/source.ts";

const good = {
  url: "https://example.org/results/v2.csv",
  sha256: "0".repeat(64),
  title: "Accuracies",
};

Deno.test("mirrorPathOf() gives host and path", () => {
  assert.equal(mirrorPathOf(good), "example.org/results/v2.csv");
});

Deno.test("mirrorPathOf() stays below the mirror whatever the path", () => {
  const url = "https://example.org/a/../../%2e%2e/b%20c.csv";
  assert.equal(mirrorPathOf({ ...good, url }), "example.org/b%20c.csv");
});

Deno.test("mirrorPathOf() takes plain http on this machine alone", () => {
  const url = "http://127.0.0.1:8000/a";
  assert.equal(mirrorPathOf({ ...good, url }), "127.0.0.1:8000/a");
});

for (
  const [change, state] of [
    [
      { sha256: "ABC" },
      'its SHA-256 "ABC" is not 64 lower-case hexadecimal characters',
    ],
    [
      { sha256: undefined, gitBlob: "0".repeat(64) },
      `its git blob id "${
        "0".repeat(64)
      }" is not 40 lower-case hexadecimal characters`,
    ],
    [
      { sha256: undefined },
      "it must have a SHA-256 or a git blob id, and not both",
    ],
    [
      { gitBlob: "0".repeat(40) },
      "it must have a SHA-256 or a git blob id, and not both",
    ],
    [{ url: "results/v2.csv" }, 'its address "results/v2.csv" is not a URL'],
    [
      { url: "http://example.org/a" },
      'its address "http://example.org/a" does not start with https:',
    ],
    [
      { url: "file:///etc/passwd" },
      'its address "file:///etc/passwd" does not start with https:',
    ],
    [
      { url: "https://example.org/a?b" },
      'its address "https://example.org/a?b" has more than a host and a path',
    ],
    [
      { url: "https://me:secret@example.org/a" },
      'its address "https://me:secret@example.org/a" has more than a host and a path',
    ],
    [
      { url: "https://example.org/a/" },
      'its address "https://example.org/a/" names no file',
    ],
  ] as const
) {
  Deno.test(`mirrorPathOf() refuses ${JSON.stringify(change)}`, () => {
    assert.throws(() => mirrorPathOf({ ...good, ...change } as Source), {
      name: "TypeError",
      message: `Cannot use source "Accuracies": ${state}`,
    });
  });
}

Deno.test("digestAs() gives the id that git gives a file", () => {
  const pin = { kind: "git blob id", digest: "" } as const;
  // What `git hash-object` says.
  for (
    const [text, id] of [
      ["", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"],
      ["hello\n", "ce013625030ba8dba906f756967f9e9ca394464a"],
    ] as const
  ) {
    assert.equal(digestAs(pin, new TextEncoder().encode(text)), id);
  }
});
