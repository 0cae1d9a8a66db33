import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { digestOf } from "../../../engine/define/hash.ts";
import {
  type FactsCache,
  factsCache,
} from "../../../engine/keys/facts_cache.ts";
import { readSyntax } from "../../../engine/keys/syntax.ts";
import { storeFiles } from "../../../engine/store/store_files.ts";

/** Long after any file of a test was written. */
const LATER = () => Date.now() + 60_000;

interface Setting {
  readonly folder: string;
  readonly url: string;
  readonly path: string;
  known(clock?: () => number): FactsCache;
}

async function withFile(
  name: string,
  test: (setting: Setting) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = join(folder, name);
  await Deno.mkdir(join(folder, "tmp"));
  await Deno.writeTextFile(path, "f(1);");
  try {
    await test({
      folder,
      path,
      url: pathToFileURL(path).href,
      known: (clock) => factsCache(storeFiles(folder), clock),
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Replaces what is kept by the same with another digest, so that its use shows. */
async function mark(folder: string, { honest = true } = {}): Promise<string> {
  const path = join(folder, "code.json");
  const marked = "f".repeat(64);
  const [, text = ""] = (await Deno.readTextFile(path)).split("\n");
  const kept = JSON.parse(text);
  for (const file of Object.values<{ facts: { digest: string } }>(kept.files)) {
    file.facts.digest = marked;
  }
  const content = JSON.stringify(kept);
  const digest = honest ? digestOf(new TextEncoder().encode(content)) : marked;
  await Deno.writeTextFile(path, `${digest}\n${content}`);
  return marked;
}

Deno.test("of() takes what an earlier process kept while the file stays the same", () =>
  withFile("a.ts", async ({ folder, url, path, known }) => {
    const first = known(LATER);
    const { facts: { digest } } = await first.of(url);
    await first.save();
    const marked = await mark(folder);
    assert.equal((await known(LATER).of(url)).facts.digest, marked);
    await Deno.writeTextFile(path, "f(12);");
    assert.notEqual((await known(LATER).of(url)).facts.digest, marked);
    await Deno.writeTextFile(path, "f(1);");
    assert.equal((await first.of(url)).facts.digest, digest);
  }));

Deno.test("of() of a file that was replaced by another of the same size and times reads it", () =>
  withFile("a.ts", async ({ folder, url, path, known }) => {
    const first = known(LATER);
    await first.of(url);
    await first.save();
    const marked = await mark(folder);
    const { mtime, atime } = await Deno.stat(path);
    const other = join(folder, "b.ts");
    await Deno.writeTextFile(other, "f(2);");
    await Deno.utime(other, atime ?? 0, mtime ?? 0);
    await Deno.rename(other, path);
    assert.notEqual((await known(LATER).of(url)).facts.digest, marked);
  }));

Deno.test("of() parses no text again that was only touched", () =>
  withFile("a.ts", async ({ folder, url, path, known }) => {
    const first = known(LATER);
    await first.of(url);
    await first.save();
    const marked = await mark(folder);
    await Deno.utime(path, 1, 1);
    assert.equal((await known(LATER).of(url)).facts.digest, marked);
  }));

Deno.test("save() keeps nothing of a file that has just changed", () =>
  withFile("a.ts", async ({ folder, url, known }) => {
    const first = known();
    await first.of(url);
    await first.save();
    await assert.rejects(Deno.stat(join(folder, "code.json")));
  }));

Deno.test("factsCache() reads nothing that is damaged, or was read by another version", () =>
  withFile("a.ts", async ({ folder, url, known }) => {
    const first = known(LATER);
    const facts = await first.of(url);
    await first.save();
    const whole = await Deno.readTextFile(join(folder, "code.json"));
    await mark(folder, { honest: false });
    assert.deepEqual(await known(LATER).of(url), facts);
    const content = whole.split("\n")[1]?.replace(Deno.version.deno, "0.0.1") ??
      "";
    await mark(folder);
    const marked = (await Deno.readTextFile(join(folder, "code.json")))
      .split("\n")[1]?.replace(Deno.version.deno, "0.0.1") ?? "";
    assert.notEqual(marked, content);
    const digest = digestOf(new TextEncoder().encode(marked));
    await Deno.writeTextFile(
      join(folder, "code.json"),
      `${digest}\n${marked}`,
    );
    assert.deepEqual(await known(LATER).of(url), facts);
    for (const garbage of ["", "{}", "\n", `${digest}\n`]) {
      await Deno.writeTextFile(join(folder, "code.json"), garbage);
      assert.deepEqual(await known(LATER).of(url), facts);
    }
  }));

Deno.test("save() names all modules of the reader, so that another reader reads again", () =>
  withFile("a.ts", async ({ folder, url, known }) => {
    const first = known(LATER);
    await first.of(url);
    await first.save();
    const [, content = ""] =
      (await Deno.readTextFile(join(folder, "code.json")))
        .split("\n");
    const { reader } = JSON.parse(content);
    const entry = (name: string) =>
      import.meta.resolve(`../../../engine/keys/${name}.ts`);
    const modules = new Set([entry("file_facts"), entry("syntax")]);
    for (const module of modules) {
      const text = await Deno.readTextFile(new URL(module));
      const digest = digestOf(new TextEncoder().encode(text));
      assert.ok(reader.includes(digest), module);
      for (const name of readSyntax(text).imports) {
        // What others use too has no say in what is read.
        if (/^\.\/(?!file_identity)/.test(name)) {
          modules.add(new URL(name, module).href);
        }
      }
    }
    assert.ok(modules.size > 5);
  }));

Deno.test("save() says nothing where it cannot write", () =>
  withFile("a.ts", async ({ folder, url, known }) => {
    const first = known(LATER);
    await first.of(url);
    await Deno.remove(join(folder, "tmp"));
    await first.save();
  }));

Deno.test("of() hashes the bytes of what is no module, in parts", () =>
  withFile("a.bin", async ({ url, path, known }) => {
    const bytes = new Uint8Array(2 ** 22 * 2 + 17)
      .map((_, i) => i * 31 % 251);
    for (const length of [0, 1, 2 ** 22, bytes.length]) {
      const part = bytes.slice(0, length);
      await Deno.writeFile(path, part);
      const facts = await known().of(url);
      const digest = digestOf(part);
      assert.deepEqual(facts, {
        bytes: digest,
        facts: { digest, next: [], bare: [] },
      });
    }
  }));
