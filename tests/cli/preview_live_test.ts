/** The preview as a process: a number is edited in a project, and its page changes. */
import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { liveSite } from "../../publishing/preview/live_site.ts";
import { EVENTS } from "../../publishing/preview/reload_script.ts";
import { ROOT } from "./rig.ts";
import { test } from "../full.ts";

const PIPELINE = `
import { z } from "zod";
import { json } from "ROOT/engine/define/codec.ts";
import { definePipeline } from "ROOT/engine/define/pipeline.ts";
import { defineTask } from "ROOT/engine/define/task.ts";

export const square = defineTask({
  module: import.meta.url,
  name: "square",
  result: json(z.string()),
  run: ({ x }: { x: number }) => \`\${x} squared is \${x * x}\`,
});

export const toy = definePipeline({
  module: import.meta.url,
  name: "toy",
  title: "Toy",
  profiles: { smoke: 12, default: 100, full: 1000 },
  build: (x: number) => ({
    id: "toy",
    title: "Toy",
    question: square({ x }),
    claims: [],
    scaledDown: [],
    figures: [],
    datasets: [],
  }),
});
`;

const MAIN = `
import { main } from "ROOT/cli/main.ts";
import { registryOf } from "ROOT/tests/cli/rig.ts";

await main({
  root: import.meta.dirname,
  version: "1.2.3",
  again: AGAIN,
  registry: async () => {
    const { state } = await Deno.permissions.query({ name: "run" });
    if (state === "granted") throw new Error("loaded where it may start all");
    return registryOf([(await import("./pipelines/toy.ts")).toy]);
  },
  site: async () => (await import("ROOT/reports/site/site.ts")).site,
});
`;

/** A project in a folder of its own, and the words that start its program. */
async function toyProject() {
  const folder = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "preview-" }),
  );
  const { imports } = JSON.parse(
    await Deno.readTextFile(join(ROOT, "deno.json")),
  );
  const again = [
    ...["run", "--no-prompt", "--no-check", "--quiet", "--allow-read"],
    ...[`--allow-write=${folder}`, "--allow-net=127.0.0.1", "--allow-env"],
    ...["--config", join(ROOT, "deno.json"), join(folder, "main.ts")],
  ];
  const files = {
    "deno.json": JSON.stringify({
      imports: Object.fromEntries(
        ["zod", "pure-rand"].map((name) => [
          name,
          imports[name],
        ]),
      ),
    }),
    "main.ts": MAIN.replace("AGAIN", JSON.stringify(again)),
    "pipelines/toy.ts": PIPELINE,
  };
  await Deno.mkdir(join(folder, "pipelines"));
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, path);
    const way = relative(dirname(target), ROOT);
    await Deno.writeTextFile(target, text.replaceAll("ROOT", way));
  }
  const path = join(folder, "pipelines/toy.ts");
  return {
    folder,
    again,
    async edit(before: string, after: string) {
      const text = await Deno.readTextFile(path);
      assert.ok(text.includes(before), before);
      await Deno.writeTextFile(path, text.replace(before, after));
    },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

/** Reads a stream up to some text. */
function until(stream: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    async sees(wanted: RegExp): Promise<RegExpExecArray> {
      for (;;) {
        const found = wanted.exec(text);
        if (found !== null) {
          text = text.slice(found.index + found[0].length);
          return found;
        }
        const { value, done } = await reader.read();
        assert.ok(!done, `the stream ended before ${wanted}: ${text}`);
        text += value;
      }
    },
    cancel: () => reader.cancel(),
  };
}

/** Starts the preview of a project, on a port that is free. */
function previewOf(
  { folder, again }: { readonly folder: string; readonly again: string[] },
  ...names: readonly string[]
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...again.flatMap((word) =>
        word === "--allow-read" ? [word, "--allow-run"] : [word]
      ),
      ...["preview", ...names, "--port", "0"],
    ],
    cwd: folder,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

Deno.test("preview() ends with what the first run says of a name that is none, and loads no pipeline itself", async () => {
  await using project = await toyProject();
  const child = previewOf(project, "toi");
  const late = setTimeout(() => child.kill("SIGKILL"), 90_000);
  const { code, stdout, stderr } = await child.output();
  clearTimeout(late);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assert.equal(
    // The project has no packages of its own.
    text(stderr).replaceAll(/^Installing the packages: .*\n/gm, ""),
    'Cannot find pipeline "toi": the only one is toy; did you mean "toy"?\n',
  );
  assert.equal(code, 2);
  assert.match(text(stdout), /^Serving [^\n]*\nRunning\n$/);
});

test.inFull("preview() follows an edited number: what depends on it runs, and open pages load again", async () => {
  await using project = await toyProject();
  const child = previewOf(project, "toy");
  // Whatever it waits for then does not come.
  const late = setTimeout(() => child.kill("SIGKILL"), 90_000);
  const terminal = until(child.stdout);
  const errors = until(child.stderr);
  try {
    const [, root = ""] = await terminal.sees(
      /as code is edited at (http:\S+\/) /,
    );
    const page = async () => {
      const response = await fetch(`${root}toy/index.html`);
      return await response.text();
    };
    await terminal.sees(/Running\n/);
    await terminal.sees(/ran square of toy, .*\nUp to date after/);
    assert.ok((await page()).includes("12 squared is 144"));
    // The script is the server's, not the site's.
    assert.ok((await page()).includes(EVENTS));
    const file = await Deno.readTextFile(
      join(project.folder, ".preview/toy/index.html"),
    );
    assert.ok(!file.includes(EVENTS));

    // A name that leads here only now, as in an attack by DNS.
    const foreign = await Deno.connect({
      hostname: "127.0.0.1",
      port: Number(new URL(root).port),
    });
    await foreign.write(
      new TextEncoder().encode(
        `GET ${EVENTS} HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n`,
      ),
    );
    assert.match(
      await new Response(foreign.readable).text(),
      /^HTTP\/1\.1 421 /,
    );

    const stream = await fetch(root + EVENTS.slice(1));
    assert.ok(stream.body);
    const events = until(stream.body);
    await events.sees(/event: state\ndata: \{"kind":"ready"\}/);
    await project.edit("smoke: 12", "smoke: 13");
    await terminal.sees(/pipelines\/toy\.ts changed\n/);
    await events.sees(/event: reload/);
    assert.ok((await page()).includes("13 squared is 169"));
    await events.sees(/\{"kind":"ready"\}/);

    await project.edit("smoke: 13", "smoke: 13 +");
    await events.sees(/"kind":"failed","text":"[^\n]*Expression expected/i);
    await errors.sees(/Expression expected/i);
    assert.ok((await page()).includes("13 squared is 169"));

    await project.edit("smoke: 13 +", "smoke: 14");
    await events.sees(/\{"kind":"ready"\}/);
    assert.ok((await page()).includes("14 squared is 196"));
    await events.cancel();
    child.kill("SIGINT");
    assert.equal((await child.status).code, 0);
  } finally {
    clearTimeout(late);
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended, as it should.
    }
    await child.status;
    await terminal.cancel();
    await errors.cancel();
  }
});

Deno.test("liveSite() shows a page for what is not written yet while a run goes on", async () => {
  const folder = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "preview-" }),
  );
  try {
    const live = liveSite(folder);
    const text = async () =>
      await (await live.handler(new Request("http://127.0.0.1/"))).text();
    assert.match(await text(), /There is no such page/);
    live.show({ kind: "running", text: "Running …" });
    assert.match(await text(), /This page is not written yet/);
    assert.ok((await text()).includes(EVENTS));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("liveSite() leaves everything but pages as it is", async () => {
  const folder = await Deno.realPath(
    await Deno.makeTempDir({ prefix: "preview-" }),
  );
  try {
    await Deno.writeTextFile(join(folder, "style.css"), "p {}");
    await Deno.writeTextFile(join(folder, "index.html"), "<body>é</body>");
    const { handler } = liveSite(folder);
    const get = (path: string, init?: RequestInit) =>
      handler(new Request(`http://127.0.0.1${path}`, init));
    assert.equal(await (await get("/style.css")).text(), "p {}");
    assert.match(await (await get("/")).text(), /^<body>é<script>.*<\/body>$/s);
    assert.equal(await (await get("/", { method: "HEAD" })).text(), "");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
