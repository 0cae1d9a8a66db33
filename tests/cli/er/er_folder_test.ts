import assert from "node:assert/strict";
import { join } from "node:path";
import {
  checkPageFolder,
  pageFolder,
  writePage,
} from "../../../cli/er/er_folder.ts";
import { writeSite } from "../../../publishing/site_folder.ts";

async function inFolder(use: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "er-folder-" });
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function pageOf(text: string) {
  return new Map([
    ["index.html", text],
    ["effective-robustness.json", "{}"],
  ]);
}

Deno.test("pageFolder() is named after the table, and tells tables of one name apart by where they are", () => {
  const shell = { folder: "/here" };
  const of = (table: string, to?: string) => pageFolder({ table, to }, shell);
  assert.equal(of("my table.v2.csv"), "/here/er/my table.v2");
  assert.equal(of("/here/mine.csv"), "/here/er/mine");
  assert.equal(of("a/mine.csv"), "/here/er/a/mine");
  assert.equal(of("a-mine.csv"), "/here/er/a-mine");
  assert.equal(of("mine.tsv"), "/here/er/mine-tsv");
  const elsewhere = ["/tab/mine.csv", "/a/long/way/to/mine.csv", "../mine"]
    .map((table) => of(table));
  for (const folder of elsewhere) {
    assert.match(folder, /^\/here\/er\/mine-[0-9a-f]{6}$/);
  }
  assert.equal(new Set(elsewhere).size, 3);
  assert.equal(of("../tab/mine.csv"), elsewhere[0]);
  assert.equal(of("table"), "/here/er/table");
  assert.equal(of("table.csv", "out"), "/here/out");
  assert.equal(of("table.csv", "/out"), "/out");
});

Deno.test("checkPageFolder() accepts a folder that is new, empty, or has such a page", () =>
  inFolder(async (folder) => {
    await checkPageFolder(join(folder, "new"));
    await checkPageFolder(folder);
    await writePage(folder, pageOf("one"));
    await checkPageFolder(folder);
    await writePage(folder, pageOf("two"));
    assert.equal(await Deno.readTextFile(join(folder, "index.html")), "two");
  }));

Deno.test("checkPageFolder() accepts a folder in which only pages of other tables are", () =>
  inFolder(async (folder) => {
    await writePage(join(folder, "data/v2"), pageOf("one"));
    await checkPageFolder(join(folder, "data"));
    await checkPageFolder(folder);
    await Deno.mkdir(join(folder, "data/empty"));
    await assert.rejects(checkPageFolder(join(folder, "data")));
  }));

Deno.test("checkPageFolder() refuses a folder of somebody else", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "thesis.txt"), "precious");
    await assert.rejects(checkPageFolder(folder), {
      name: "UsageError",
      message:
        `Cannot write the page to "${folder}": the folder exists, is not empty and was not written by "er"; choose another with --to`,
    });
  }));

Deno.test("checkPageFolder() refuses the site of pipelines", () =>
  inFolder(async (folder) => {
    const files = new Map([["index.html", "x"], [
      "tint/on-the-line.json",
      "x",
    ]]);
    await writeSite(folder, { files, complete: true });
    await assert.rejects(checkPageFolder(folder), /was not written by "er"/);
  }));

Deno.test("checkPageFolder() refuses a file", () =>
  inFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "precious");
    await assert.rejects(checkPageFolder(file), {
      name: "UsageError",
      message:
        `Cannot write the page to "${file}": a file is in the way; name another folder with --to`,
    });
  }));

Deno.test("writePage() says in one line that the folder cannot be made", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "file"), "precious");
    await assert.rejects(
      writePage(join(folder, "file/page"), pageOf("one")),
      /^Error: Cannot write the page to ".*file\/page": a file is in the way; name another folder with --to$/,
    );
  }));
