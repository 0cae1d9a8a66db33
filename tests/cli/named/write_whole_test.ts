import assert from "node:assert/strict";
import { join } from "node:path";
import { writeNamedFile, writeWhole } from "../../../cli/named/write_whole.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function inFolder(
  test: (folder: string, named: (name: string) => string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "named-" });
  try {
    await test(folder, (name) => join(folder, name));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const all = await Array.fromAsync(Deno.readDir(folder));
  return all.map(({ name }) => name).sort();
}

/** Does something on a disk that has no room for all of a file. */
async function onFullDisk(work: () => Promise<void>): Promise<void> {
  const { write } = Deno.FsFile.prototype;
  let isFirst = true;
  Deno.FsFile.prototype.write = async function (bytes) {
    if (isFirst) {
      isFirst = false;
      return await write.call(this, bytes.subarray(0, 1));
    }
    throw new Error("No space left on device (os error 28)");
  };
  try {
    await work();
  } finally {
    Deno.FsFile.prototype.write = write;
  }
}

for (const createNew of [false, true]) {
  Deno.test(
    `writeNamedFile() leaves ${
      createNew ? "nothing of a new file" : "the file that was there"
    } on a full disk`,
    () =>
      inFolder(async (folder, named) => {
        if (!createNew) await Deno.writeTextFile(named("a.pdf"), "old");
        const before = await namesIn(folder);
        await onFullDisk(() =>
          assert.rejects(
            writeNamedFile("a.pdf", bytes("new and longer"), {
              folder,
              option: "--to",
              createNew,
            }),
            { message: 'Cannot write "a.pdf": the disk is full' },
          )
        );
        assert.deepEqual(await namesIn(folder), before);
        if (createNew) return;
        assert.equal(await Deno.readTextFile(named("a.pdf")), "old");
      }),
  );
}

Deno.test("writeNamedFile() refuses a file that another process is writing, and takes over what a killed one left", () =>
  inFolder(async (folder, named) => {
    const write = () =>
      writeNamedFile("a.pdf", bytes("new"), { folder, option: "--to" });
    {
      using part = await Deno.create(named("a.pdf.shiftline-part"));
      await part.lock(true);
      await part.write(bytes("half of another"));
      await assert.rejects(write(), {
        message:
          'Cannot write "a.pdf": another process is writing it; wait for that, or name another file with --to',
      });
    }
    await write();
    assert.deepEqual(await namesIn(folder), ["a.pdf"]);
    assert.equal(await Deno.readTextFile(named("a.pdf")), "new");
  }));

Deno.test("writeNamedFile() writes the file that a link leads to", () =>
  inFolder(async (folder, named) => {
    await Deno.writeTextFile(named("a.pdf"), "old");
    await Deno.symlink("a.pdf", named("b.pdf"));
    await writeNamedFile("b.pdf", bytes("new"), { folder, option: "--to" });
    assert.equal(await Deno.readTextFile(named("a.pdf")), "new");
    assert.ok((await Deno.lstat(named("b.pdf"))).isSymlink);
    assert.deepEqual(await namesIn(folder), ["a.pdf", "b.pdf"]);
  }));

const [real, links] = [
  Deno.makeTempDirSync({ prefix: "real-" }),
  Deno.makeTempDirSync({ prefix: "links-" }),
];
Deno.symlinkSync(real, join(links, "folder"));
const behind = ["a.pdf", "a.pdf.shiftline-part"]
  .map((name) => join(links, "folder", name));

Deno.test(
  "writeNamedFile() leaves nothing behind a folder that is a link, where Deno may write but not look",
  { permissions: { read: behind, write: [...behind, real, links] } },
  async () => {
    await assert.rejects(
      writeNamedFile("folder/a.pdf", bytes("new"), {
        folder: links,
        option: "--to",
      }),
      /^Error: Cannot write "folder\/a\.pdf": Deno may not; where a link leads there, name the file that it leads to,/,
    );
    await Deno.remove(real); // which is empty
    await Deno.remove(links, { recursive: true });
  },
);

Deno.test("writeNamedFile() follows no link that lies where it writes a part", () =>
  inFolder(async (folder, named) => {
    await Deno.writeTextFile(named("mine"), "mine");
    await Deno.symlink("mine", named("a.pdf.shiftline-part"));
    await assert.rejects(
      writeNamedFile("a.pdf", bytes("new"), { folder, option: "--to" }),
      /: something else is there; move it away$/,
    );
    assert.equal(await Deno.readTextFile(named("mine")), "mine");
  }));

Deno.test("writeWhole() writes into a pipe, which stays one", () =>
  inFolder(async (folder, named) => {
    const pipe = named("pipe");
    const { success } = await new Deno.Command("mkfifo", { args: [pipe] })
      .output();
    assert.ok(success);
    const [text] = await Promise.all([
      Deno.readTextFile(pipe),
      writeWhole(pipe, (put) => put(bytes("new")), {}),
    ]);
    assert.equal(text, "new");
    assert.deepEqual(await namesIn(folder), ["pipe"]);
  }));
