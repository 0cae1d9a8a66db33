import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { RenderSite } from "../../publishing/site_sources.ts";
import { endedRuns } from "../../publishing/ended_runs.ts";
import type { AnyPipeline } from "../../engine/define/pipeline.ts";
import { openStore } from "../../engine/store/store.ts";
import type { Report } from "../../reports/value/report.ts";
import { filesBelow } from "../files_below.ts";
import { gone } from "../cli/gone_source.ts";
import { on, type Outcome, rig, ROOT } from "../cli/rig.ts";
import { tabular, toySite, training, waiting } from "../cli/toy_pipelines.ts";
import { fewOf, test } from "../full.ts";

interface Site extends AsyncDisposable {
  readonly folder: string;
  /** How often the content of the site has been made. */
  readonly made: () => number;
  reproduce(
    words?: readonly string[],
    setting?: Partial<Setting>,
  ): Promise<Outcome>;
}

interface Setting {
  readonly pipelines: readonly AnyPipeline<Report>[];
  readonly device: string;
  readonly root: string;
}

/** A site that was written, and then found to be what its results say. */
async function knownSite(
  { pipelines = [training(), training("toy-other", { epochs: 5 })], root }:
    Partial<Setting> = {},
): Promise<Site> {
  const t = await rig();
  const module = join(t.folder, "site.ts");
  await Deno.writeTextFile(module, 'export * from "./style.ts";\n');
  await Deno.writeTextFile(join(t.folder, "style.ts"), "export const a = 1;\n");
  let made = 0;
  const site: RenderSite = (content) => {
    made++;
    return toySite(content);
  };
  const reproduce = (
    words: readonly string[] = [],
    setting: Partial<Setting> = {},
  ) =>
    t.run(on("reproduce", ...words), {
      pipelines,
      site,
      siteModule: pathToFileURL(module).href,
      clock: later,
      ...setting,
    });
  const setting = root === undefined ? {} : { root };
  await reproduce([], setting);
  await reproduce([], setting);
  return {
    folder: t.folder,
    made: () => made,
    reproduce,
    [Symbol.asyncDispose]: () => t[Symbol.asyncDispose](),
  };
}

/** Files count as old a while after they were written: this clock is ahead. */
const later = () => Date.now() + 60_000;

Deno.test("reproduce() does not make a site again that it knows to be right", async () => {
  await using t = await knownSite();
  const before = t.made();
  for (const _ of [1, 2]) {
    const { stdout } = await t.reproduce();
    assert.match(
      stdout,
      /See site\/index\.html \(nothing in it changed\)\n$/,
    );
  }
  assert.equal(t.made(), before);
});

test.inFull("reproduce() does not make a site again whose source still cannot be had, nor tell of it", async () => {
  await using t = await knownSite({
    pipelines: [tabular([gone("v2.csv")]), training()],
  });
  const before = t.made();
  const { stdout, stderr } = await t.reproduce();
  assert.match(stderr, /^Without published files: /);
  assert.match(stdout, /\(nothing in it changed\)\n$/);
  assert.equal(t.made(), before);
  // Nor where it is shown first, and another pipeline alone was asked for.
  const other = await t.reproduce(["toy-line"]);
  assert.match(other.stdout, /\(nothing in it changed\)\n$/);
  assert.equal(t.made(), before);
  const told = await endedRuns(await openStore(join(t.folder, "store")));
  assert.deepEqual(
    told.map(({ past }) => past !== undefined),
    [true, false, false, false],
  );
});

test.inFull("reproduce() makes a known site again when a page of the guide was edited", async () => {
  await using root = await project();
  await using t = await knownSite({ root: root.path });
  const before = t.made();
  await t.reproduce([], { root: root.path });
  assert.equal(t.made(), before);
  await Deno.writeTextFile(join(root.path, "docs/guide/a.md"), "# B\n");
  const { code, stderr } = await t.reproduce([], { root: root.path });
  assert.equal(code, 0, stderr);
  assert.ok(t.made() > before, "it was not made");
});

test.inFull("reproduce() makes a known site again when a comment came into the code of a pipeline", async () => {
  await using root = await project();
  const module = join(root.path, "experiment.ts");
  await Deno.writeTextFile(module, "export const a = 1;\n");
  const pipelines = [{ ...training(), module: pathToFileURL(module).href }];
  await using t = await knownSite({ pipelines, root: root.path });
  const setting = { pipelines, root: root.path };
  const before = t.made();
  await t.reproduce([], setting);
  assert.equal(t.made(), before);
  await Deno.writeTextFile(module, "export const a = 1; // one\n");
  const { code, stderr } = await t.reproduce([], setting);
  assert.equal(code, 0, stderr);
  assert.ok(t.made() > before, "it was not made");
});

test.inFull("reproduce() makes a known site again when other files are staged", async () => {
  await using root = await project();
  const index = join(root.path, ".git/index");
  await Deno.mkdir(join(root.path, ".git"));
  await Deno.writeTextFile(join(root.path, ".git/HEAD"), "a".repeat(40));
  await Deno.writeFile(index, indexOf(1));
  await using t = await knownSite({ root: root.path });
  const reproduce = () => t.reproduce([], { root: root.path });
  const before = t.made();
  await reproduce();
  assert.equal(t.made(), before);
  await Deno.writeFile(index, indexOf(2));
  await reproduce();
  assert.ok(t.made() > before, "it was not made");
});

/** An index of git with one file, of whose id every byte is the same. */
function indexOf(byte: number): Uint8Array {
  const bytes = new Uint8Array(104);
  bytes.set([2], 7); // its version
  bytes.set([1], 11); // so many files
  bytes.fill(byte, 52, 72);
  bytes.set(new TextEncoder().encode("deno.json"), 74);
  return bytes;
}

/** A project with a guide. */
async function project(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir();
  await Deno.mkdir(join(path, "docs/guide"), { recursive: true });
  await Deno.writeTextFile(join(path, "docs/guide/a.md"), "# A\n");
  for (const name of ["deno.json", "deno.lock"]) {
    await Deno.copyFile(join(ROOT, name), join(path, name));
  }
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

test.inFull("reproduce() says of a site that it knows what it says of one that it makes", async () => {
  await using t = await knownSite();
  const known = await t.reproduce(["--json"]);
  await Deno.remove(join(t.folder, "store/site.json"));
  const made = await t.reproduce(["--json"]);
  const told = ({ stdout }: Outcome) =>
    stdout.split("\n").filter((line) => line.includes("site-written"))
      .map((line) => ({ ...JSON.parse(line), at: "" }));
  assert.equal(told(known).length, 1);
  assert.deepEqual(told(known), told(made));
});

/** What makes the next run look at the site again, and the words of that run. */
const REASONS: Readonly<
  Record<string, (t: Site) => Promise<void | Partial<Setting>>>
> = {
  "a page was replaced by one of its size and time": async ({ folder }) => {
    const path = join(folder, "site/toy-line/index.html");
    const { mtime, size } = await Deno.stat(path);
    await Deno.writeTextFile(`${path}.new`, "x".repeat(size));
    if (mtime !== null) await Deno.utime(`${path}.new`, mtime, mtime);
    await Deno.rename(`${path}.new`, path);
  },
  "a page was removed": ({ folder }) =>
    Deno.remove(join(folder, "site/toy-line/index.html")),
  "the list of its files was removed": ({ folder }) =>
    Deno.remove(join(folder, "site/.written.json")),
  "the whole site was removed": ({ folder }) =>
    Deno.remove(join(folder, "site"), { recursive: true }),
  "a module of its code was edited": ({ folder }) =>
    Deno.writeTextFile(join(folder, "style.ts"), "export const a = 22;\n"),
  "what is known of it was damaged": ({ folder }) =>
    Deno.writeTextFile(join(folder, "store/site.json"), "{"),
  "what is known of it is of another shape": ({ folder }) =>
    Deno.writeTextFile(join(folder, "store/site.json"), '{"folder":1}'),
  "a run was remembered that is not on it": async (t) => {
    const { code } = await t.reproduce([], {
      pipelines: [training("toy-line", { fails: true })],
    });
    assert.equal(code, 1);
  },
  "a run was forgotten": async ({ folder }) => {
    const [first = ""] = filesBelow(join(folder, "store/runs"));
    await Deno.remove(join(folder, "store/runs", first));
  },
  "another pipeline is there": () =>
    Promise.resolve({ pipelines: [training(), training("toy-third")] }),
  "a text of a report is another": () => {
    const pipeline = training();
    return Promise.resolve({
      pipelines: [{
        ...pipeline,
        build: (profile) => ({
          ...pipeline.build(profile) as Report,
          title: "New",
        }),
      }, training("toy-other", { epochs: 5 })],
    });
  },
  "the results are of another device": () =>
    Promise.resolve({ device: "other" }),
};

/** Those that are tried each time. */
const FEW = ["a page was removed", "another pipeline is there"];

for (
  const [reason, change] of fewOf(
    Object.entries(REASONS),
    ([reason]) => FEW.includes(reason),
  )
) {
  Deno.test(`reproduce() makes a known site again when ${reason}`, async () => {
    await using t = await knownSite();
    const setting = await change(t) ?? {};
    const before = t.made();
    const { code, stderr } = await t.reproduce([], setting);
    assert.equal(code, 0, stderr);
    assert.ok(t.made() > before, "it was not made");
    const found = contentBelow(join(t.folder, "site"));
    await Deno.remove(join(t.folder, "site"), { recursive: true });
    await Deno.remove(join(t.folder, "store/site.json")).catch(() => {});
    await t.reproduce([], setting);
    assert.deepEqual(found, contentBelow(join(t.folder, "site")));
  });
}

test.inFull("reproduce() makes a site every time of which a part is more than data", async () => {
  await using t = await knownSite();
  const pipeline = training();
  const pipelines = [{
    ...pipeline,
    build: (profile: Parameters<typeof pipeline.build>[0]) =>
      Object.assign(pipeline.build(profile), { extra: new Map([["a", 1]]) }),
  }];
  for (const _ of [1, 2, 3]) {
    const before = t.made();
    await t.reproduce([], { pipelines });
    assert.ok(t.made() > before);
  }
});

function contentBelow(folder: string) {
  return filesBelow(folder)
    .map((path) => [path, Deno.readTextFileSync(join(folder, path))]);
}

Deno.test("reproduce() makes a site when a stage ran again, and knows it from then on", async () => {
  await using t = await knownSite();
  const before = t.made();
  await t.reproduce(["--force", "load"]);
  const made = t.made();
  assert.ok(made > before, "it was not made");
  await t.reproduce();
  assert.equal(t.made(), made);
});

Deno.test("reproduce() makes a known site again when a run that went on beside has ended", async () => {
  await using t = await rig();
  const isShown = Promise.withResolvers<void>();
  const outcomes: (readonly string[])[] = [];
  const setting = {
    pipelines: [training(), training("toy-other", { epochs: 5 }), waiting()],
    site(content: Parameters<RenderSite>[0]) {
      isShown.resolve();
      outcomes.push((content.history ?? []).map(({ outcome }) => outcome));
      return toySite(content);
    },
    siteModule: import.meta.resolve("../cli/toy_pipelines.ts"),
    clock: later,
  };
  const stop = new AbortController();
  const beside = t.run(on("reproduce", "toy-other", "toy-wait"), {
    ...setting,
    signal: stop.signal,
  });
  await isShown.promise;
  const reproduce = () => t.run(on("reproduce", "toy-line"), setting);
  await reproduce();
  assert.deepEqual(outcomes.at(-1), ["finished"]);
  stop.abort();
  await beside;
  await reproduce();
  assert.deepEqual(outcomes.at(-1), ["finished", "stopped"]);
  const made = outcomes.length;
  await reproduce();
  assert.equal(outcomes.length, made);
});

Deno.test("reproduce() knows a site that it has just written by what is in its files, which may still change without a trace", async () => {
  await using t = await rig();
  let made = 0;
  const setting = {
    pipelines: [training()],
    site: (content: Parameters<RenderSite>[0]) => {
      made++;
      return toySite(content);
    },
    siteModule: import.meta.resolve("../cli/toy_pipelines.ts"),
    clock: Date.now,
  };
  await t.run(on("reproduce"), setting);
  const first = made;
  await t.run(on("reproduce"), setting);
  assert.equal(made, first);
  const known = await Deno.readTextFile(join(t.folder, "store/site.json"));
  assert.deepEqual(JSON.parse(known).site, {});
  const page = join(t.folder, "site/toy-line/index.html");
  const { size } = await Deno.stat(page);
  await Deno.writeTextFile(page, "x".repeat(size));
  const { stdout } = await t.run(on("reproduce"), setting);
  assert.ok(made > first, "it was not made");
  assert.match(stdout, /\(1 file written/);
});
