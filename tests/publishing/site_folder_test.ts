import assert from "node:assert/strict";
import { join } from "node:path";
import { digestOf } from "../../engine/define/hash.ts";
import {
  filesWritten,
  profileOfSite,
  writeSite,
} from "../../publishing/site_folder.ts";
import { STRANGERS } from "../strangers.ts";

async function withFolder(body: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir({ prefix: "cli-folder-" });
  try {
    await body(join(folder, "site"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const complete = true;
const files = (record: Readonly<Record<string, string>>) =>
  new Map(Object.entries(record));

Deno.test("writeSite() writes only what differs", () =>
  withFolder(async (folder) => {
    await writeSite(folder, { files: files({ a: "1", "b/c": "2" }), complete });
    const past = new Date(0);
    await Deno.utime(join(folder, "a"), past, past);
    const change = await writeSite(folder, {
      files: files({ a: "1", "b/c": "3" }),
      complete,
    });
    assert.deepEqual(change, { written: 1, removed: 0, unchanged: 1 });
    assert.equal((await Deno.stat(join(folder, "a"))).mtime?.getTime(), 0);
    assert.equal(await Deno.readTextFile(join(folder, "b/c")), "3");
  }));

Deno.test("writeSite() writes a file block by block, and once", () =>
  withFolder(async (folder) => {
    const blocks = {
      *[Symbol.iterator]() {
        yield* ["a".repeat(70_000), "é"];
      },
    };
    const files = new Map([["b/long.csv", blocks]]);
    const first = await writeSite(folder, { files, complete });
    assert.deepEqual(first, { written: 1, removed: 0, unchanged: 0 });
    const text = await Deno.readTextFile(join(folder, "b/long.csv"));
    assert.equal(text, "a".repeat(70_000) + "é");
    const again = await writeSite(folder, { files, complete });
    assert.deepEqual(again, { written: 0, removed: 0, unchanged: 1 });
  }));

Deno.test("writeSite() removes its own old files and folders, and nothing else", () =>
  withFolder(async (folder) => {
    await writeSite(folder, {
      files: files({ a: "1", "old/b": "2", "old/deep/c": "3", "mixed/d": "4" }),
      complete,
    });
    await Deno.writeTextFile(join(folder, "mixed/mine"), "mine");
    const change = await writeSite(folder, {
      files: files({ a: "1" }),
      complete,
    });
    assert.deepEqual(change, { written: 0, removed: 3, unchanged: 1 });
    const entries = await Array.fromAsync(Deno.readDir(folder));
    const left = entries.map(({ name }) => name).sort();
    assert.deepEqual(left, [".written.json", "a", "mixed"]);
    assert.equal(await Deno.readTextFile(join(folder, "mixed/mine")), "mine");
  }));

Deno.test("writeSite() waits while another writes to the folder", () =>
  withFolder(async (folder) => {
    const text = () => Deno.readTextFile(join(folder, "a"));
    let other: Promise<unknown> | undefined;
    await writeSite(folder, {
      files: files({ a: "1" }),
      complete,
      async whenWritten() {
        other = writeSite(folder, { files: files({ a: "2" }), complete });
        for (let turn = 0; turn < 100; turn++) {
          await new Promise((resolve) => setImmediate(resolve));
        }
        assert.equal(await text(), "1");
      },
    });
    await other;
    assert.equal(await text(), "2");
  }));

Deno.test("writeSite() leaves an old file that somebody edited", () =>
  withFolder(async (folder) => {
    await writeSite(folder, { files: files({ a: "1", b: "2" }), complete });
    await Deno.writeTextFile(join(folder, "b"), "edited");
    await writeSite(folder, { files: files({ a: "1" }), complete });
    assert.equal(await Deno.readTextFile(join(folder, "b")), "edited");
  }));

Deno.test("writeSite() knows the files of a run that was killed, whether it had replaced them or not", () =>
  withFolder(async (folder) => {
    const all = (text: string) => files({ a: text, b: text, c: text });
    const killedAfter = (text: string, last: string) =>
      assert.rejects(
        writeSite(folder, {
          files: all(text),
          complete,
          onWrite(path) {
            if (path === last) throw new Error("Killed");
          },
        }),
        { message: "Killed" },
      );
    await writeSite(folder, { files: all("1"), complete });
    await killedAfter("2", "b");
    await killedAfter("3", "a");
    const there = ["a", "b", "c"].map((path) =>
      Deno.readTextFileSync(join(folder, path))
    );
    assert.deepEqual(there, ["3", "2", "1"]);
    await Deno.writeTextFile(join(folder, "c"), "edited");
    const change = await writeSite(folder, {
      files: files({ d: "4" }),
      complete,
    });
    assert.deepEqual(change, { written: 1, removed: 2, unchanged: 0 });
    assert.equal(await Deno.readTextFile(join(folder, "c")), "edited");
    const left = await Deno.readTextFile(join(folder, ".written.json"));
    assert.deepEqual(Object.keys(JSON.parse(left).files), ["d"]);
    assert.ok(!left.includes("replaced"));
  }));

Deno.test("writeSite() keeps old pages while something is missing, and still knows them later", () =>
  withFolder(async (folder) => {
    await writeSite(folder, { files: files({ a: "1", b: "2" }), complete });
    await writeSite(folder, { files: files({ a: "1" }), complete: false });
    assert.equal(await Deno.readTextFile(join(folder, "b")), "2");
    const change = await writeSite(folder, {
      files: files({ a: "1" }),
      complete,
    });
    assert.equal(change.removed, 1);
  }));

Deno.test("writeSite() refuses to replace a file of somebody else", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(folder);
    await Deno.writeTextFile(join(folder, "a"), "mine");
    await assert.rejects(
      writeSite(folder, {
        files: files({ a: "1" }),
        complete,
        option: "--site",
      }),
      /^Error: Cannot write the site to ".*": "a" is there, and no run wrote it; move it away, or name another folder with --site$/,
    );
    assert.equal(await Deno.readTextFile(join(folder, "a")), "mine");
  }));

for (const path of ["../a", "/a", "a/../../b", "", ".written.json", "a//b"]) {
  Deno.test(`writeSite() refuses the path "${path}"`, () =>
    withFolder(async (folder) => {
      await assert.rejects(
        writeSite(folder, { files: files({ [path]: "1" }), complete }),
        {
          message:
            `Cannot write site file "${path}": it is not a plain relative path`,
        },
      );
    }));
}

Deno.test("writeSite() says that the folder cannot be written", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(folder, "a file where the folder should be");
    await assert.rejects(
      writeSite(folder, {
        files: files({ a: "1" }),
        complete,
        option: "--site",
      }),
      /^Error: Cannot write the site to ".*": a file is in the way; name another folder with --site$/,
    );
  }));

Deno.test("writeSite() writes and removes nothing through a link in the site", () =>
  withFolder(async (folder) => {
    const precious = `${folder}-precious`;
    await writeSite(folder, {
      files: files({ a: "1", "b/c": "2", "d/e": "3" }),
      complete,
    });
    // With the very bytes that the site knows as its own.
    for (const name of ["a", "b", "d"]) {
      await Deno.mkdir(precious, { recursive: true });
      await Deno.rename(join(folder, name), join(precious, name));
      await Deno.symlink(join(precious, name), join(folder, name));
    }
    await Deno.symlink(join(precious, "a"), join(folder, "f.shiftline-part"));
    for (const [path, name] of [["a", "a"], ["b/c", "b"], ["b/new", "b"]]) {
      await assert.rejects(
        writeSite(folder, { files: files({ [path ?? ""]: "4" }), complete }),
        {
          message:
            `Cannot write the site to "${folder}": "${name}" in it is a link; move it away, or name another folder`,
        },
      );
    }
    const change = await writeSite(folder, {
      files: files({ f: "5" }),
      complete,
    });
    assert.deepEqual(change, { written: 1, removed: 0, unchanged: 0 });
    assert.equal(await Deno.readTextFile(join(folder, "f")), "5");
    for (const [path, text] of [["a", "1"], ["b/c", "2"], ["d/e", "3"]]) {
      assert.equal(await Deno.readTextFile(join(precious, path ?? "")), text);
    }
    const inIt = await Array.fromAsync(Deno.readDir(join(precious, "b")));
    assert.deepEqual(inIt.map(({ name }) => name), ["c"]);
  }));

for (const [kind, put] of Object.entries(STRANGERS)) {
  const inTheWay = kind === "folder" ? [] : ["b"];
  for (const path of ["a", ".written.json", ...inTheWay]) {
    Deno.test(`writeSite() refuses a ${kind} in the place of ${path}, and writes nothing`, () =>
      withFolder(async (folder) => {
        await writeSite(folder, {
          files: files({ a: "1", "b/c": "2" }),
          complete,
        });
        put(join(folder, path));
        await assert.rejects(
          writeSite(folder, {
            files: files({ a: "1", "b/c": "3", d: "4" }),
            complete,
          }),
          {
            message:
              `Cannot write the site to "${folder}": "${path}" in it is a ${kind}; move it away, or name another folder`,
          },
        );
        await assert.rejects(Deno.lstat(join(folder, "d")));
      }));
  }

  Deno.test(`profileOfSite() opens no ${kind}`, () =>
    withFolder((folder) => {
      put(join(folder, ".written.json"));
      assert.equal(profileOfSite(folder), undefined);
      return Promise.resolve();
    }));
}

Deno.test("writeSite() removes nothing outside of the folder, whatever the list in it says", () =>
  withFolder(async (folder) => {
    const precious = `${folder}-precious`;
    await Deno.writeTextFile(precious, "");
    await Deno.mkdir(folder);
    const empty = digestOf(new Uint8Array());
    await Deno.writeTextFile(
      join(folder, ".written.json"),
      JSON.stringify({ files: { "../site-precious": empty } }),
    );
    await writeSite(folder, { files: files({ a: "1" }), complete });
    assert.equal(await Deno.readTextFile(precious), "");
    assert.deepEqual(filesWritten(folder), ["a", ".written.json"]);
  }));

Deno.test("writeSite() removes an old file that is called like what every object has", () =>
  withFolder(async (folder) => {
    await writeSite(folder, { files: files({ constructor: "1" }), complete });
    const change = await writeSite(folder, {
      files: files({ a: "1" }),
      complete,
    });
    assert.deepEqual(change, { written: 1, removed: 1, unchanged: 0 });
  }));

Deno.test("writeSite() lists no file that somebody removed while something is missing", () =>
  withFolder(async (folder) => {
    await writeSite(folder, { files: files({ a: "1", b: "2" }), complete });
    await Deno.remove(join(folder, "b"));
    await writeSite(folder, { files: files({ a: "1" }), complete: false });
    assert.deepEqual(filesWritten(folder), ["a", ".written.json"]);
  }));
