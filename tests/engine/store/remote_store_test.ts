/** A second store behind a server that behaves, or does not. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Patience } from "../../../engine/store/download.ts";
import type { Event } from "../../../engine/run/event.ts";
import { contentsOf } from "../../../engine/store/store_contents.ts";
import { CHAIN } from "../chain.ts";
import { filesBelow } from "../files_below.ts";
import { newRig, type Ran, type Rig } from "../rig.ts";

type Answer = (
  path: string,
  request: Request,
) => Response | undefined | Promise<Response | undefined>;

/** A server of a folder, as any file server would serve it; `answer` may come first. */
function serveFolder(folder: string, answer: Answer = () => undefined) {
  const requests: string[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const path = new URL(request.url).pathname.replace("/store/", "");
      requests.push(`${request.method} ${path.replace(/[0-9a-f]{64}/, "…")}`);
      const other = await answer(path, request);
      if (other !== undefined) return other;
      const at = join(folder, path);
      if (request.method === "PUT") {
        await Deno.mkdir(join(at, ".."), { recursive: true });
        await Deno.writeFile(at, await request.bytes());
        return new Response(null, { status: 201 });
      }
      try {
        return new Response(await Deno.readFile(at));
      } catch {
        return new Response("nothing here", { status: 404 });
      }
    },
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/store`,
    requests,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

const PATIENCE = {
  total: 60_000,
  answer: 30_000,
  stall: 30_000,
  pauses: [],
};

/** A run on an empty store, with the store of an earlier run as remote. */
async function withRemote(
  answer?: Answer,
  { change = () => {}, patience = PATIENCE }: {
    /** What happens to the copied store, and to the project. */
    readonly change?: (copy: string, rig: Rig) => void | Promise<void>;
    readonly patience?: Patience;
  } = {},
) {
  await using rig = await newRig(CHAIN);
  await rig.reproduce();
  const copy = rig.path("copy");
  await Deno.rename(rig.store, copy);
  await change(copy, rig);
  await using server = await serveFolder(copy, answer);
  const remote = { url: server.url, push: false, patience };
  const ran = await rig.reproduce({ remote });
  const again = await rig.reproduce({ remote });
  return {
    ran,
    again,
    said: saidIn(ran, server.url),
    requests: server.requests,
    copied: filesBelow(copy),
    here: filesBelow(rig.store).filter((path) => path.startsWith("objects")),
  };
}

function saidIn({ events }: Ran, url: string): readonly string[] {
  return events.filter((event): event is Event & { kind: "remote" } =>
    event.kind === "remote"
  ).map(({ message }) =>
    message.replaceAll(url, "URL").replaceAll(/[0-9a-f]{64}/g, "…")
      .replaceAll(/(objects|records)\/[0-9a-f]{2}/g, "$1/…")
  );
}

const ALL = ["evaluate", "load", "train"];
const VALUE = "accuracy of 12 epochs on 3 images";

Deno.test("reproduce() takes from the remote what it lacks, and asks for it once", async () => {
  const { ran, again, said, requests, here } = await withRemote();
  assert.deepEqual([ran.runs, ran.value], [[], VALUE]);
  assert.equal(here.length, 3);
  assert.deepEqual(said, ["Remote URL: 3 stages (0.0 MB) came from it"]);
  assert.deepEqual(again.runs, []);
  assert.deepEqual(again.events.filter(({ kind }) => kind === "remote"), []);
  assert.equal(requests.length, 7, requests.join("\n"));
  assert.equal(requests[0], "GET format.json");
});

Deno.test("reproduce() runs what the remote lacks too", async () => {
  const { ran, said } = await withRemote(undefined, {
    change: (_, rig) => rig.edit("pipeline.ts", ["epochs: 12", "epochs: 13"]),
  });
  assert.deepEqual(ran.runs, ["evaluate", "train"]);
  assert.deepEqual(said, ["Remote URL: 1 stage (0.0 MB) came from it"]);
});

Deno.test("reproduce() makes what is damaged at the remote, and says so once", async () => {
  for (
    const damage of [
      (bytes: Uint8Array) => bytes.with(bytes.length >> 1, 7),
      (bytes: Uint8Array) => bytes.slice(1),
      () => new Uint8Array(),
    ]
  ) {
    const { ran, said, here } = await withRemote(undefined, {
      async change(copy) {
        for (const { path } of contentsOf(copy).objects.values()) {
          const at = join(copy, path);
          await Deno.writeFile(at, damage(await Deno.readFile(at)));
        }
      },
    });
    assert.deepEqual([ran.runs, ran.value], [ALL, VALUE]);
    assert.deepEqual(said, [
      "Cannot use objects/…/… of remote URL: it is not what its name says; what is damaged there is made here",
    ]);
    assert.equal(here.length, 3);
  }
});

Deno.test("reproduce() takes no record from the remote that is not that of its key", async () => {
  for (
    const damage of [
      () => "{",
      () => "{}",
      (text: string) => text.replace('"epochs":12', '"epochs":99'),
    ]
  ) {
    const { ran, said } = await withRemote(undefined, {
      async change(copy) {
        for (const { path, record } of contentsOf(copy).records.values()) {
          if (record?.stage !== "train") continue;
          const at = join(copy, path);
          await Deno.writeTextFile(at, damage(await Deno.readTextFile(at)));
        }
      },
    });
    assert.deepEqual([ran.runs, ran.value], [["train"], VALUE]);
    assert.deepEqual(said, [
      "Cannot use records/…/….json of remote URL: it is not what its name says; what is damaged there is made here",
      "Remote URL: 2 stages (0.0 MB) came from it",
    ]);
  }
});

for (
  const [what, answer, state] of [
    [
      "answers 500",
      () => new Response("down", { status: 500 }),
      "the server answers 500",
    ],
    [
      "leads elsewhere",
      () =>
        new Response(null, { status: 302, headers: { location: "/login" } }),
      "the server answers 302, go to /login",
    ],
    [
      "answers with a page",
      () => new Response("<html>"),
      "its format.json is not readable",
    ],
    [
      "is of a newer version",
      () => new Response('{"format":99}'),
      "it has format 99 and this version reads up to 1; update shiftline",
    ],
  ] as const
) {
  Deno.test(`reproduce() goes on without a remote that ${what}, and says so once`, async () => {
    const { ran, said, requests } = await withRemote(answer);
    assert.deepEqual([ran.runs, ran.value], [ALL, VALUE]);
    assert.deepEqual(said, [
      `Cannot use remote URL: ${state}; going on without it`,
    ]);
    assert.ok(requests.length <= 2, "it is asked once a run");
  });
}

Deno.test("reproduce() goes on without a remote that hangs", async () => {
  const end = Promise.withResolvers<Response>();
  const hang: Answer = (_, { signal }) => {
    signal.addEventListener("abort", () => end.resolve(new Response()));
    return end.promise;
  };
  const { ran, said } = await withRemote(hang, {
    patience: { ...PATIENCE, total: 50, answer: 50 },
  });
  assert.deepEqual([ran.runs, ran.value], [ALL, VALUE]);
  assert.deepEqual(said, [
    "Cannot use remote URL: no answer in time; going on without it",
  ]);
});

Deno.test("reproduce() goes on without a remote that stops in the middle of an artifact", async () => {
  const { ran, said } = await withRemote((path) => {
    if (!path.startsWith("objects")) return;
    return new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new Uint8Array(1)),
      }),
    );
  }, { patience: { ...PATIENCE, stall: 200 } });
  assert.deepEqual([ran.runs, ran.value], [ALL, VALUE]);
  assert.deepEqual(said, [
    "Cannot use remote URL: the server stopped sending; going on without it",
  ]);
});

Deno.test("reproduce() goes on without a remote where nobody listens", async () => {
  await using rig = await newRig(CHAIN);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${listener.addr.port}`;
  listener.close();
  const remote = { url, push: true, patience: PATIENCE };
  const ran = await rig.reproduce({ remote });
  assert.equal(ran.value, VALUE);
  const [said, ...more] = saidIn(ran, url);
  assert.match(
    said ?? "",
    /^Cannot use remote URL: no connection .*; going on without it$/,
  );
  assert.deepEqual(more, []);
});

Deno.test("reproduce() takes an artifact from the remote in place of one that is damaged here", async () => {
  await using rig = await newRig(CHAIN);
  await rig.reproduce();
  const copy = rig.path("copy");
  for (const path of filesBelow(rig.store)) {
    await Deno.mkdir(join(copy, path, ".."), { recursive: true });
    await Deno.copyFile(join(rig.store, path), join(copy, path));
  }
  for (const { path } of contentsOf(rig.store).objects.values()) {
    await Deno.truncate(join(rig.store, path), 1);
  }
  await using server = await serveFolder(copy);
  const remote = { url: server.url, push: false, patience: PATIENCE };
  const { runs, value } = await rig.reproduce({ remote });
  assert.deepEqual([runs, value], [[], VALUE]);
});

Deno.test("reproduce() writes to the remote only with push, and what it wrote serves another store", async () => {
  for (const push of [false, true]) {
    await using rig = await newRig(CHAIN);
    const folder = rig.path("remote");
    await Deno.mkdir(folder);
    await using server = await serveFolder(folder);
    const remote = { url: server.url, push, patience: PATIENCE };
    const first = await rig.reproduce({ remote });
    assert.deepEqual(
      saidIn(first, server.url),
      push ? ["Remote URL: 3 stages (0.0 MB) went to it"] : [],
    );
    assert.equal(filesBelow(folder).length, push ? 7 : 0);
    await Deno.remove(rig.store, { recursive: true });
    const { runs } = await rig.reproduce({ remote });
    assert.deepEqual(runs, push ? [] : ALL);
  }
});

Deno.test("reproduce() says once that the remote takes nothing", async () => {
  await using rig = await newRig(CHAIN);
  const folder = rig.path("remote");
  await using server = await serveFolder(
    folder,
    (_, { method }) =>
      method === "PUT" ? new Response(null, { status: 405 }) : undefined,
  );
  const remote = { url: server.url, push: true, patience: PATIENCE };
  const ran = await rig.reproduce({ remote });
  assert.equal(ran.value, VALUE);
  assert.deepEqual(saidIn(ran, server.url), [
    "Cannot use remote URL: it does not take format.json: the server answers 405; going on without it",
  ]);
});

Deno.test("reproduce() runs a forced stage although the remote has it", async () => {
  await using rig = await newRig(CHAIN);
  await rig.reproduce();
  const copy = rig.path("copy");
  await Deno.rename(rig.store, copy);
  await using server = await serveFolder(copy);
  const remote = { url: server.url, push: false, patience: PATIENCE };
  const { runs } = await rig.reproduce({ remote, force: new Set(["train"]) });
  assert.deepEqual(runs, ["train"]);
});
