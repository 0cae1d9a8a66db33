/** Sites of which something is not as it was published. */
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import fc from "fast-check";
import { digestOf } from "../../engine/define/hash.ts";
import { SIGNATURES } from "../../provenance/attest/check_site.ts";
import {
  readPublicKey,
  readSigningKey,
} from "../../provenance/attest/ed25519_keys.ts";
import {
  signedStatement,
  subjectsSigned,
} from "../../provenance/attest/signed_statement.ts";
import { writeSite } from "../../publishing/site_folder.ts";
import type { RenderSite } from "../../publishing/site_sources.ts";
import {
  MANIFEST,
  manifestOf,
  manifestText,
  readManifest,
} from "../../reports/site/manifest.ts";
import { on, rig } from "../cli/rig.ts";
import { toySite, training } from "../cli/toy_pipelines.ts";
import { fuzz } from "./fuzz.ts";
import {
  type Change,
  change,
  changedBytes,
  editedJson,
  jsonEdits,
} from "./mutations.ts";
import { checkClear, checkSaid } from "./checks.ts";
import { type Files, placeOf, readFiles, writeFiles } from "./places.ts";

const encode = (text: string) => new TextEncoder().encode(text);

const PAIR = generateKeyPairSync("ed25519", {
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const signingKey = readSigningKey(String(PAIR.privateKey), "key.pem");
const publicKey = readPublicKey(String(PAIR.publicKey), "public.pem");

/** A site, signed in two statements. */
const SITE: Files = (() => {
  const pages = new Map([
    ["index.html", "<p>1"],
    ["theory/index.html", "<p>2"],
    ["theory/line.svg", "<svg/>"],
    ["runs/abc/index.html", "<p>1"],
  ]);
  const run = {
    id: "abc",
    profile: "smoke",
    started: "2026-01-01T00:00:00.000Z",
    commit: null,
  };
  const stages = [{
    pipeline: "theory",
    stage: "fit",
    key: "0".repeat(64),
    outputs: { value: { sha256: "1".repeat(64), bytes: 3 } },
  }];
  const manifest = manifestOf(pages, { run, stages, runs: [run] });
  const all = [...pages, [MANIFEST, manifestText(manifest)] as const];
  const subjects = all.map(([name, text]) => ({
    name,
    digest: { sha256: digestOf(encode(text)) },
  }));
  const lines = [subjects.slice(0, 2), subjects.slice(2)].map((part) =>
    signedStatement(part, { predicate: { about: "fuzz" }, signingKey })
  );
  return new Map(
    [...all, [SIGNATURES, `${lines.join("\n")}\n`] as const]
      .map(([path, text]) => [path, encode(text)]),
  );
})();

const PATHS = [...SITE.keys()];

/** Names that a site does not have, though every object does. */
const NAMES = [
  ...["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf"],
  ...["a.html", "theory/a.html", "runs/abc/a.html", "runs/xyz/index.html", "-"],
  ...["site.intoto.jsonl.bak", "Index.html", "a\nb", "\x1b[2J", " "],
];

/** Something that happens to a site. */
type Harm =
  | { readonly what: "change"; readonly at: number; readonly change: Change }
  | { readonly what: "add"; readonly name: string; readonly bytes: Uint8Array }
  | { readonly what: "remove" | "link" | "folder"; readonly at: number }
  | {
    readonly what: "swap" | "copy";
    readonly at: number;
    readonly with: number;
  };

const at = fc.nat({ max: PATHS.length - 1 });
const harm: fc.Arbitrary<readonly Harm[]> = fc.array(
  fc.oneof(
    fc.record({ what: fc.constant("change" as const), at, change }),
    fc.record({
      what: fc.constant("add" as const),
      name: fc.constantFrom(...NAMES),
      bytes: fc.uint8Array({ maxLength: 4 }),
    }),
    fc.record({ what: fc.constantFrom("remove", "link", "folder"), at }),
    fc.record({ what: fc.constantFrom("swap", "copy"), at, with: at }),
  ),
  { minLength: 1, maxLength: 3 },
);

/** The bytes of a file, none of one that is gone. */
function bytesAt(path: string): Uint8Array<ArrayBuffer> {
  try {
    return Deno.readFileSync(path);
  } catch {
    return new Uint8Array();
  }
}

/** Replaces whatever is at a path, if anything is. */
function replace(path: string, bytes?: Uint8Array): void {
  try {
    Deno.removeSync(path, { recursive: true });
  } catch {
    // It is gone already.
  }
  if (bytes !== undefined) Deno.writeFileSync(path, bytes);
}

/** Harms a site in a folder. */
function harmed(folder: string, harm: readonly Harm[]): void {
  for (const one of harm) {
    if (one.what === "add") {
      writeFiles(folder, new Map([[one.name, Uint8Array.from(one.bytes)]]));
      continue;
    }
    const path = join(folder, PATHS[one.at] ?? "");
    const bytes = bytesAt(path);
    switch (one.what) {
      case "change":
        replace(path, changedBytes(bytes, one.change));
        break;
      case "remove":
        replace(path);
        break;
      case "link":
        replace(path);
        Deno.writeFileSync(join(folder, "../elsewhere"), bytes);
        Deno.symlinkSync("../elsewhere", path);
        break;
      case "folder":
        replace(path);
        Deno.mkdirSync(path);
        break;
      case "swap":
      case "copy": {
        const other = join(folder, PATHS[one.with] ?? "");
        replace(path, bytesAt(other));
        if (one.what === "swap") replace(other, bytes);
      }
    }
  }
}

/** Makes sure that everything but the signatures is what was published. */
function checkSame(folder: string): void {
  const there = new Map(readFiles(folder));
  for (const path of there.keys()) {
    assert.ok(Deno.lstatSync(join(folder, path)).isFile, path);
  }
  there.delete(SIGNATURES);
  const published = new Map(SITE);
  published.delete(SIGNATURES);
  assert.deepEqual(there, published);
}

fuzz(
  "verify() takes a site for what was published only if it is, whatever was done to it",
  fc.record({ harm, hasKey: fc.boolean() }),
  async ({ harm, hasKey }) => {
    await using t = await rig();
    const site = join(t.folder, "site");
    writeFiles(site, SITE);
    await Deno.writeTextFile(
      join(t.folder, "public.pem"),
      String(PAIR.publicKey),
    );
    harmed(site, harm);
    const words = hasKey ? ["--key", "public.pem"] : [];
    const outcome = await t.run(["verify", "./site", ...words], {
      pipelines: [],
    });
    checkSaid(outcome);
    // Without a key nobody knows of what a manifest should say.
    const isKnown = hasKey ||
      String(bytesAt(join(site, MANIFEST))) === String(SITE.get(MANIFEST));
    if (outcome.code === 0 && isKnown) checkSame(site);
  },
  {
    cost: 10,
    examples: [
      {
        harm: [{ what: "add", name: "constructor", bytes: new Uint8Array() }],
        hasKey: true,
      },
      { harm: [{ what: "link", at: 0 }], hasKey: true },
      {
        harm: [{
          what: "change",
          at: PATHS.indexOf(MANIFEST),
          change: { edits: [{ how: "replace", at: 1, by: 2 }] },
        }],
        hasKey: false,
      },
    ],
  },
);

Deno.test("verify() takes the site here for what was published", async () => {
  await using t = await rig();
  writeFiles(join(t.folder, "site"), SITE);
  await Deno.writeTextFile(
    join(t.folder, "public.pem"),
    String(PAIR.publicKey),
  );
  const outcome = await t.run(["verify", "site", "--key", "public.pem"], {
    pipelines: [],
  });
  assert.equal(outcome.code, 0, outcome.stdout + outcome.stderr);
});

const LINES = new TextDecoder().decode(SITE.get(SIGNATURES)).trim().split("\n");

fuzz(
  "subjectsSigned() gives what was signed, or nothing, of any envelope",
  fc.record({ line: fc.nat({ max: LINES.length - 1 }), edits: jsonEdits }),
  ({ line, edits }) => {
    const before = LINES[line] ?? "";
    const text = editedJson(JSON.parse(before), edits);
    const subjects = subjectsSigned(text, publicKey);
    if (subjects === undefined) return;
    assert.deepEqual(subjects, subjectsSigned(before, publicKey));
  },
);

const MANIFEST_TEXT = new TextDecoder().decode(SITE.get(MANIFEST));

fuzz(
  "readManifest() gives a manifest that stays what it is, or fails in one line",
  jsonEdits,
  (edits) => {
    let manifest;
    try {
      manifest = readManifest(editedJson(JSON.parse(MANIFEST_TEXT), edits));
    } catch (error) {
      return checkClear(error, Error, `Cannot read ${MANIFEST}: `);
    }
    const text = manifestText(manifest);
    assert.equal(manifestText(readManifest(text)), text);
  },
);

/** A toy site with a manifest, so that it can be published. */
const site: RenderSite = async (content) => {
  const files = new Map(await toySite(content));
  const { profile, started, commit } = content.run;
  const run = { id: content.id ?? "none", profile, started, commit };
  const runs = content.published ?? [];
  const manifest = manifestOf(files, { run, stages: [], runs });
  return files.set(MANIFEST, manifestText(manifest));
};

/** A store, and a site that was published from it before and after an edit. */
const PUBLISHED: Files = await (async () => {
  await using t = await rig();
  for (const epochs of [3, 4]) {
    const setting = { pipelines: [training("toy-line", { epochs })], site };
    await t.run(on("reproduce"), setting);
    const { code, stderr } = await t.run(
      on("publish", "--to", "public"),
      setting,
    );
    assert.equal(code, 0, stderr);
  }
  return readFiles(t.folder);
})();

/** Paths that lead out of a site, or are none that it has. */
const OUTWARD = [
  ...[
    "../precious",
    "../../precious",
    "runs/abc/../../../precious",
    "/precious",
  ],
  ...["./index.html", "toy-line/../index.html", "", "..", ".", "__proto__"],
  ...["constructor", "store/format.json", "../store/format.json"],
];

fuzz(
  "publish() replaces a site, or leaves it alone, and touches nothing beside it, whatever its manifest says",
  fc.record({
    edits: fc.oneof(fc.constant([]), jsonEdits),
    paths: fc.array(fc.constantFrom(...OUTWARD), { maxLength: 2 }),
    isOfRun: fc.boolean(),
  }),
  async ({ edits, paths, isOfRun }) => {
    await using t = await rig();
    const precious = encode("precious");
    const path = `public/${MANIFEST}`;
    writeFiles(t.folder, PUBLISHED);
    writeFiles(t.folder, new Map([["precious", precious]]));
    const manifest = JSON.parse(
      new TextDecoder().decode(PUBLISHED.get(path)),
    );
    const [run] = manifest.runs;
    for (const outward of paths) {
      const listed = isOfRun ? `runs/${run.id}/${outward}` : outward;
      manifest.files[listed] = { sha256: digestOf(precious), bytes: 8 };
    }
    writeFiles(
      t.folder,
      new Map([[path, encode(editedJson(manifest, edits))]]),
    );
    const before = readFiles(t.folder);
    const outcome = await t.run(on("publish", "--to", "public"), {
      pipelines: [training("toy-line", { epochs: 4 })],
      site,
    });
    checkSaid(outcome);
    const after = readFiles(t.folder);
    const changed = [...new Set([...before.keys(), ...after.keys()])]
      .filter((path) =>
        !/^(store|site)\//.test(path) &&
        String(before.get(path)) !== String(after.get(path))
      );
    const isBeside = (path: string) => !path.startsWith("public/");
    assert.deepEqual(changed.filter(isBeside), []);
    if (outcome.code !== 0) assert.deepEqual(changed, []);
  },
  { cost: 50 },
);

const OURS = { "index.html": "<p>1", "theory/index.html": "<p>2" };

fuzz(
  "writeSite() removes nothing that lies outside of its folder, whatever is listed in it",
  fc.record({
    edits: fc.oneof(fc.constant([]), jsonEdits),
    paths: fc.array(fc.constantFrom(...OUTWARD), { maxLength: 3 }),
  }),
  async ({ edits, paths }) => {
    using place = placeOf(new Map());
    const { folder } = place;
    for (const up of ["..", "../.."]) {
      await Deno.writeTextFile(join(folder, up, "precious"), "precious");
    }
    const outside = place.outside();
    const files = new Map(Object.entries(OURS));
    await writeSite(folder, { files, complete: true });
    const path = join(folder, ".written.json");
    const written = JSON.parse(await Deno.readTextFile(path));
    for (const outward of paths) {
      written.files[outward] = digestOf(encode("precious"));
    }
    await Deno.writeTextFile(path, editedJson(written, edits));
    try {
      await writeSite(folder, {
        files: new Map([...files].slice(1)),
        complete: true,
      });
    } catch (error) {
      checkClear(error, Error);
    }
    assert.deepEqual(place.outside(), outside);
    assert.equal(
      await Deno.readTextFile(join(folder, "theory/index.html")),
      "<p>2",
    );
  },
  { cost: 10, examples: [{ edits: [], paths: ["../precious"] }] },
);
