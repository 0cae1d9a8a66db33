/**
 * A second store behind a server that behaves, or does not: in one file, since
 * each case runs the same chain against a server that differs in one thing.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  ACCEPTED_EDITS,
  type AcceptedEdit,
  editBetween,
  kindOf,
  textOfAccepted,
} from "../../../engine/keys/accepted_edits.ts";
import type { Patience } from "../../../engine/store/download.ts";
import type { Event } from "../../../engine/run/event.ts";
import {
  openRemote,
  withoutCredentials,
} from "../../../engine/store/remote_store.ts";
import { openStore } from "../../../engine/store/store.ts";
import { contentsOf } from "../../../engine/store/store_contents.ts";
import { objectPath } from "../../../engine/store/store_layout.ts";
import { CHAIN } from "../chain.ts";
import { filesBelow } from "../../files_below.ts";
import {
  endless,
  head,
  hostileServer,
  type Send,
  zeros,
} from "../hostile_server.ts";
import { newRigHere, type Ran, type Rig } from "../rig.ts";
import { fewOf, test } from "../../full.ts";

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
  { change = () => {}, patience = PATIENCE, login = "" }: {
    /** What happens to the copied store, and to the project. */
    readonly change?: (copy: string, rig: Rig) => void | Promise<void>;
    readonly patience?: Patience;
    /** User and password in the address, and `@`. */
    readonly login?: string;
  } = {},
) {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  const copy = rig.path("copy");
  await Deno.rename(rig.store, copy);
  await change(copy, rig);
  await using server = await serveFolder(copy, answer);
  const url = server.url.replace("//", `//${login}`);
  const remote = { url, push: false, patience };
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

for (
  const [address, said] of [
    ["https://h.example/a@b/", "https://h.example/a@b/"],
    ["https://user:s%40e@h.example:81/a@b", "https://h.example:81/a@b"],
    ["http:user:secret@h.example", "http://h.example/"],
    ["http:\\\\user@h.example/a", "http://h.example/a"],
    ["ftp://user:se/cr@et@h.example", "ftp://h.example"],
    ["user:secret@h.example/a", "h.example/a"],
    ["http://user:secret@", "http://"],
    ["h.example", "h.example"],
  ] as const
) {
  Deno.test(`withoutCredentials() makes ${said} of ${address}`, () => {
    assert.equal(withoutCredentials(address), said);
  });
}

const ALL = ["evaluate", "load", "train"];
const VALUE = "accuracy of 12 epochs on 3 images";

Deno.test("reproduce() takes from the remote what it lacks, and asks for it once", async () => {
  const { ran, again, said, requests, here } = await withRemote();
  assert.deepEqual([ran.runs, ran.value], [[], VALUE]);
  assert.equal(here.length, 3);
  assert.deepEqual(said, ["Remote URL: 3 stages (64 B) came from it"]);
  assert.deepEqual(again.runs, []);
  assert.deepEqual(again.events.filter(({ kind }) => kind === "remote"), []);
  assert.equal(requests.length, 7, requests.join("\n"));
  assert.equal(requests[0], "GET format.json");
});

Deno.test("reproduce() sends the user and the password of a remote, and says them nowhere", async () => {
  const sent = new Set<string | null>();
  const { ran, said } = await withRemote((_, { headers }) => {
    sent.add(headers.get("authorization"));
    return new Response("no", { status: 401 });
  }, { login: "user:secret@" });
  assert.deepEqual([...sent], [`Basic ${btoa("user:secret")}`]);
  assert.deepEqual(said, [
    "Cannot use remote URL: the server answers 401; continuing without it",
  ]);
  assert.doesNotMatch(JSON.stringify(ran.events), /user|secret/);
});

Deno.test("reproduce() takes from the remote what was made before an edit that is accepted", async () => {
  const { ran, again, said } = await withRemote(undefined, {
    async change(_copy, rig) {
      const before = await rig.planned();
      rig.edit("train.ts", ["{ epochs, seen", "{ epochs: epochs + 0, seen"]);
      const after = await rig.planned();
      const edits = after.flatMap(({ key }, i): readonly AcceptedEdit[] => {
        const edit = editBetween(before[i]?.key ?? key, key);
        const tried = [{ ...kindOf(key), stages: [] }];
        return edit === undefined ? [] : [{ ...edit, tried, accepted: "" }];
      });
      rig.files[ACCEPTED_EDITS] = textOfAccepted(edits);
    },
  });
  assert.deepEqual([ran.runs, ran.value, again.runs], [[], VALUE, []]);
  assert.deepEqual(said, ["Remote URL: 3 stages (64 B) came from it"]);
});

Deno.test("reproduce() runs what the remote lacks too", async () => {
  const { ran, said } = await withRemote(undefined, {
    change: (_, rig) => rig.edit("pipeline.ts", ["epochs: 12", "epochs: 13"]),
  });
  assert.deepEqual(ran.runs, ["evaluate", "train"]);
  assert.deepEqual(said, ["Remote URL: 1 stage (7 B) came from it"]);
});

test.inFull("reproduce() makes what is damaged at the remote, and says so once", async () => {
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
      "Cannot use objects/…/… of remote URL: its contents do not match its name; what is damaged there is computed here",
      "Cannot use remote URL: too much of it is damaged; continuing without it",
    ]);
    assert.equal(here.length, 3);
  }
});

test.inFull("reproduce() takes no record from the remote that is not that of its key", async () => {
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
      "Cannot use records/…/….json of remote URL: its contents do not match its name; what is damaged there is computed here",
      "Remote URL: 2 stages (42 B) came from it",
    ]);
  }
});

for (
  const [what, answer, state] of fewOf(
    [
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
    ] as const,
    ([what]) => what === "answers 500",
  )
) {
  Deno.test(`reproduce() goes on without a remote that ${what}, and says so once`, async () => {
    const { ran, said, requests } = await withRemote(answer);
    assert.deepEqual([ran.runs, ran.value], [ALL, VALUE]);
    assert.deepEqual(said, [
      `Cannot use remote URL: ${state}; continuing without it`,
    ]);
    assert.ok(requests.length <= 2, "it is asked once a run");
  });
}

test.inFull("reproduce() goes on without a remote that hangs", async () => {
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
    "Cannot use remote URL: no answer in time; continuing without it",
  ]);
});

test.inFull("reproduce() goes on without a remote that stops in the middle of an artifact", async () => {
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
    "Cannot use remote URL: the server stopped sending; continuing without it",
  ]);
});

test.inFull("reproduce() goes on without a remote where nobody listens", async () => {
  await using rig = await newRigHere(CHAIN);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${listener.addr.port}`;
  listener.close();
  const remote = { url, push: true, patience: PATIENCE };
  const ran = await rig.reproduce({ remote });
  assert.equal(ran.value, VALUE);
  const [said, ...more] = saidIn(ran, url);
  assert.match(
    said ?? "",
    /^Cannot use remote URL: no connection .*; continuing without it$/,
  );
  assert.deepEqual(more, []);
});

Deno.test("reproduce() takes an artifact from the remote in place of one that is damaged here", async () => {
  await using rig = await newRigHere(CHAIN);
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
    await using rig = await newRigHere(CHAIN);
    const folder = rig.path("remote");
    await Deno.mkdir(folder);
    await using server = await serveFolder(folder);
    const remote = { url: server.url, push, patience: PATIENCE };
    const first = await rig.reproduce({ remote });
    assert.deepEqual(
      saidIn(first, server.url),
      push ? ["Remote URL: 3 stages (64 B) went to it"] : [],
    );
    assert.equal(filesBelow(folder).length, push ? 7 : 0);
    await Deno.remove(rig.store, { recursive: true });
    const { runs } = await rig.reproduce({ remote });
    assert.deepEqual(runs, push ? [] : ALL);
  }
});

Deno.test("push() writes to the remote all but a stage whose artifact is damaged before", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  const store = await openStore(rig.store);
  const records = [...contentsOf(rig.store).records.values()]
    .flatMap(({ record }) => record ?? [])
    .sort((a, b) => a.stage < b.stage ? 1 : -1);
  assert.deepEqual(records.map(({ stage }) => stage), [...ALL].reverse());
  const { value } = records[1]?.outputs ?? {};
  const path = objectPath(value?.digest ?? "");
  await Deno.writeTextFile(join(rig.store, path), "[]");
  const folder = rig.path("remote");
  await Deno.mkdir(folder);
  await using server = await serveFolder(folder);
  const said: string[] = [];
  const where = { url: server.url, push: true, patience: PATIENCE };
  const remote = openRemote(where, {
    store,
    signal: new AbortController().signal,
    say: (line) => said.push(line.replace(server.url, "URL")),
  });
  for (const record of records) remote.push(record);
  await remote.end();
  const short = path.slice("objects/ab/".length).slice(0, 12);
  assert.deepEqual(said, [
    `Cannot write stage "load" to remote URL: artifact ${short} cannot be read, its bytes are not what was written`,
    "Remote URL: 2 stages (57 B) went to it",
  ]);
  const there = filesBelow(folder);
  assert.deepEqual([there.length, there.includes(path)], [5, false]);
});

Deno.test("reproduce() says once that the remote takes nothing", async () => {
  await using rig = await newRigHere(CHAIN);
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
    "Cannot write to remote URL: it does not take format.json: the server answers 405; nothing more is pushed",
  ]);
});

Deno.test("reproduce() writes nothing to a remote of a newer version, of whatever it asks it", async () => {
  await using rig = await newRigHere(CHAIN);
  const folder = rig.path("remote");
  await Deno.mkdir(folder);
  await Deno.writeTextFile(`${folder}/format.json`, '{"format":99}');
  await using server = await serveFolder(folder);
  const remote = { url: server.url, push: true, patience: PATIENCE };
  // A stage that is forced is not looked for there.
  const ran = await rig.reproduce({ remote, force: new Set(ALL) });
  assert.equal(ran.value, VALUE);
  assert.deepEqual(saidIn(ran, server.url), [
    "Cannot use remote URL: it has format 99 and this version reads up to 1; update shiftline; continuing without it",
  ]);
  assert.deepEqual(filesBelow(folder), ["format.json"]);
});

test.inFull("reproduce() takes what it lacks from a remote that takes nothing", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  const copy = rig.path("copy");
  await Deno.rename(rig.store, copy);
  const records = [...contentsOf(copy).records.values()];
  const load = records.find(({ record }) => record?.stage === "load");
  await Deno.remove(join(copy, load?.path ?? ""));
  const refused = Promise.withResolvers<undefined>();
  await using server = await serveFolder(copy, (path, { method }) => {
    if (method === "PUT") {
      refused.resolve(undefined);
      return new Response(null, { status: 405 });
    }
    const isLater = path.startsWith("records") && path !== load?.path;
    return isLater ? refused.promise : undefined;
  });
  const remote = { url: server.url, push: true, patience: PATIENCE };
  const ran = await rig.reproduce({ remote });
  assert.deepEqual([ran.runs, ran.value], [["load"], VALUE]);
  assert.equal(saidIn(ran, server.url).length, 2);
});

test.inFull("reproduce() runs a forced stage although the remote has it", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  const copy = rig.path("copy");
  await Deno.rename(rig.store, copy);
  await using server = await serveFolder(copy);
  const remote = { url: server.url, push: false, patience: PATIENCE };
  const { runs } = await rig.reproduce({ remote, force: new Set(["train"]) });
  assert.deepEqual(runs, ["train"]);
});

/** Ends what comes too slowly after some tenths of a second. */
const SOON = { total: 200, answer: 5000, stall: 100, pauses: [] };

/** What is said of a remote that answers as `send` does, and what it was asked for. */
async function saidOfHostile(send: Send) {
  await using rig = await newRigHere(CHAIN);
  await using server = hostileServer(send);
  const remote = { url: server.origin, push: false, patience: SOON };
  const ran = await rig.reproduce({ remote });
  assert.deepEqual([ran.runs, ran.value], [ALL, VALUE]);
  return { said: saidIn(ran, server.origin), requests: server.requests };
}

test.inFull("reproduce() goes on without a remote whose format.json never ends", async () => {
  let sent = 0;
  const { said } = await saidOfHostile(async (write) => {
    await write(head());
    const piece = new Uint8Array(2 ** 16).fill(0x20);
    // So that a client without limit comes to an end, too.
    for (sent = 0; sent < 2 ** 27; sent += piece.length) await write(piece);
  });
  assert.deepEqual(said, [
    "Cannot use remote URL: it has more than 65536 bytes; continuing without it",
  ]);
  assert.ok(sent < 2 ** 26, `${sent} bytes`); // what the kernel holds
});

test.inFull("reproduce() goes on without a remote whose format.json is compressed", async () => {
  const bomb = await zeros(2 ** 26);
  const { said, requests } = await saidOfHostile(async (write) => {
    await write(
      head("content-encoding: gzip", `content-length: ${bomb.length}`),
    );
    await write(bomb);
  });
  assert.deepEqual(said, [
    "Cannot use remote URL: it is encoded as gzip, which was not asked for; continuing without it",
  ]);
  assert.match(requests[0] ?? "", /^accept-encoding: identity\r$/m);
});

test.inFull("reproduce() goes on without a remote that sends a byte now and then", async () => {
  const { said } = await saidOfHostile(async (write) => {
    await write(head("content-length: 15"));
    await endless(write, { piece: new Uint8Array(1), pause: 20 });
  });
  assert.match(
    said.join("\n"),
    /^Cannot use remote URL: the server (is too slow|stopped sending); continuing without it$/,
  );
});

for (const format of ["-5", "0", "1.5", '"1"', "null"]) {
  test.inFull(`reproduce() goes on without a remote of format ${format}`, async () => {
    const { said } = await withRemote((path) =>
      path === "format.json" ? new Response(`{"format":${format}}`) : undefined
    );
    assert.deepEqual(said, [
      "Cannot use remote URL: its format.json is not readable; continuing without it",
    ]);
  });
}

for (
  const [what, change] of [
    ["a date that is none", { finishedAt: "\u001b[31mX" }],
    ["a time without end", { seconds: 1e308 }],
    ["a negative time", { seconds: -1 }],
    ["a name that moves the cursor", { stage: "\u001b[2J" }],
    ["a size that is none", {
      outputs: { value: { digest: "0".repeat(64), bytes: -1 } },
    }],
    ["a digest that is a path", {
      outputs: { value: { digest: "../../format.json", bytes: 13 } },
    }],
    ["no artifact", { outputs: {} }],
    ["lists in lists without end", { key: "DEEP" }],
  ] as const
) {
  test.inFull(`reproduce() takes no record with ${what} from the remote`, async () => {
    const { ran, again, said } = await withRemote(undefined, {
      async change(copy) {
        for (const { path, record } of contentsOf(copy).records.values()) {
          if (record?.stage !== "train") continue;
          const text = JSON.stringify({ ...record, ...change });
          const deep = JSON.stringify({
            ...record.key,
            params: { a: "HERE" },
          }).replace('"HERE"', `${"[".repeat(2e5)}${"]".repeat(2e5)}`);
          await Deno.writeTextFile(
            join(copy, path),
            text.replace('"DEEP"', deep),
          );
        }
      },
    });
    assert.deepEqual([ran.runs, ran.value], [["train"], VALUE]);
    assert.deepEqual(again.runs, []);
    assert.equal(said.length, 2, said.join("\n"));
    assert.match(
      said[0] ?? "",
      /^Cannot use records.* its contents do not match its name;/,
    );
    for (const { finishedAt, seconds, stage } of ran.result.records.values()) {
      assert.ok(Date.parse(finishedAt) > 0 && seconds < 1e6);
      assert.ok(ALL.includes(stage));
    }
  });
}

test.inFull("reproduce() takes no artifact from the remote that is larger than its record says", async () => {
  const { ran, said } = await withRemote((path) =>
    path.startsWith("objects") ? new Response(new Uint8Array(1000)) : undefined
  );
  assert.deepEqual([ran.runs, ran.value], [ALL, VALUE]);
  assert.equal(said.length, 1);
  assert.match(
    said[0] ?? "",
    /^Cannot use remote URL: it has more than \d\d? bytes; continuing without it$/,
  );
});

test.inFull("reproduce() takes no record from the remote that is larger than any is", async () => {
  const { ran, said } = await withRemote(undefined, {
    change: (copy) => withMore(copy, { more: "x".repeat(2 ** 20) }),
  });
  assert.deepEqual([ran.runs, ran.value], [["train"], VALUE]);
  assert.deepEqual(said, [
    "Remote URL: 2 stages (42 B) came from it, not everything came over (it has more than 1048576 bytes)",
  ]);
});

test.inFull("reproduce() keeps of a record from the remote only what a record says", async () => {
  await using rig = await newRigHere(CHAIN);
  await rig.reproduce();
  const copy = rig.path("copy");
  await Deno.rename(rig.store, copy);
  const before = contentsOf(copy).records;
  // A letter that is none: it could not even be written.
  await withMore(copy, { more: "\ud800" });
  await using server = await serveFolder(copy);
  const remote = { url: server.url, push: false, patience: PATIENCE };
  const { runs, value } = await rig.reproduce({ remote });
  assert.deepEqual([runs, value], [[], VALUE]);
  assert.deepEqual(contentsOf(rig.store).records, before);
});

/** Puts more into the record of a stage, into its key and its artifact. */
async function withMore(
  folder: string,
  more: Readonly<Record<string, string>>,
): Promise<void> {
  for (const { path, record } of contentsOf(folder).records.values()) {
    if (record?.stage !== "train") continue;
    const { value } = record.outputs;
    await Deno.writeTextFile(
      join(folder, path),
      JSON.stringify({
        ...record,
        ...more,
        key: { ...record.key, ...more },
        outputs: { value: { ...value, ...more } },
      }),
    );
  }
}

/** Six stages, each of which needs the one before. */
const LONG = {
  "step.ts": `
import { z } from "zod";
import { json } from "@engine/define/codec.ts";
import { defineTask } from "@engine/define/task.ts";
import { count } from "./count.ts";

export const step = defineTask({
  module: import.meta.url,
  name: "step",
  result: json(z.number()),
  run: ({ before }: { before: number }) => {
    count(\`step \${before}\`);
    return before + 1;
  },
});
`,
  "pipeline.ts": `
import { definePipeline } from "@engine/define/pipeline.ts";
import { step } from "./step.ts";

export const pipeline = definePipeline({
  module: import.meta.url,
  name: "long",
  title: "Six steps",
  profiles: { smoke: 0, default: 0, full: 0 },
  build(start) {
    let last = step({ before: start }, "0");
    for (let i = 1; i < 6; i++) last = step({ before: last }, \`\${i}\`);
    return last;
  },
});
`,
};

for (
  const [failing, ran, said] of [
    [
      3,
      6,
      "Cannot use remote URL: the server answers 500; continuing without it",
    ],
    [
      2,
      2,
      "Remote URL: 4 stages (4 B) came from it, not everything came over (the server answers 500)",
    ],
  ] as const
) {
  test.inFull(`reproduce() says once what became of a remote that fails ${failing} times in a run`, async () => {
    await using rig = await newRigHere(LONG);
    await rig.reproduce();
    const copy = rig.path("copy");
    await Deno.rename(rig.store, copy);
    let failures = 0;
    await using server = await serveFolder(
      copy,
      (path) =>
        path.startsWith("objects") && ++failures <= failing
          ? new Response("down", { status: 500 })
          : undefined,
    );
    const remote = { url: server.url, push: false, patience: PATIENCE };
    const again = await rig.reproduce({ remote });
    assert.deepEqual([again.runs.length, again.value], [ran, 6]);
    assert.deepEqual(saidIn(again, server.url), [said]);
    // Of each stage a record and an artifact, until it is left out.
    assert.equal(server.requests.length, 1 + 2 * (failing === 3 ? 3 : 6));
  });
}
