import assert from "node:assert/strict";
import { resolve } from "node:path";
import { loadCommand } from "../../../cli/commands.ts";
import { readWords } from "../../../cli/arguments/read_words.ts";
import { UsageError } from "../../../cli/arguments/usage_error.ts";
import {
  checkPermitted,
  flagsThatPermit,
} from "../../../cli/named/permitted.ts";
import type { Shell } from "../../../cli/shell/shell.ts";
import { V8_FLAGS } from "../../../cli/shell/v8_flags.ts";
import { ROOT } from "../rig.ts";

const root = resolve(ROOT);

/** What is said of a line, or nothing if it is permitted; the commands are loaded. */
function checked(
  line: readonly string[],
  { words, folder = root, mirror, root: own = root }: {
    readonly words: Command["words"];
    readonly folder?: string;
    readonly mirror?: string;
    readonly root?: string;
  },
): string {
  const [name = "", ...rest] = line;
  const shell = { args: line, root: own, folder, mirror } as Partial<
    Shell
  > as Shell;
  try {
    checkPermitted(name, {
      words,
      asked: readWords(rest, { name, words }),
      shell,
    });
    return "";
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error.message;
  }
}

type Command = Awaited<ReturnType<typeof loadCommand>>;

const reproduce = await loadCommand("reproduce");
const show = await loadCommand("show");
const verify = await loadCommand("verify");
const exporting = await loadCommand("export");
const publish = await loadCommand("publish");
const gc = await loadCommand("gc");

const project = {
  permissions: { read: [root], write: [resolve(root, ".store")] },
};

Deno.test("checkPermitted() permits what lies in the project", project, () => {
  for (
    const line of [
      ["reproduce", "--mirror", "mirror", "--store", ".store"],
      ["reproduce", "--mirror", `${root}/mirror`],
    ]
  ) assert.equal(checked(line, reproduce), "");
  assert.equal(checked(["show", "a", "--output", "-"], show), "");
  assert.equal(checked(["verify", "theory", "./site"], verify), "");
  assert.equal(checked(["export", "--to", "-"], exporting), "");
});

Deno.test(
  "checkPermitted() refuses a mirror elsewhere, and prints the command that permits it",
  project,
  () => {
    assert.equal(
      checked(["reproduce", "theory", "--mirror", "/media/copies"], reproduce),
      'Cannot read "/media/copies": the permissions of "deno task reproduce" do not cover it; grant access with `deno run -q --no-prompt ' +
        V8_FLAGS +
        " -P --allow-read=.,/etc/machine-id,/media/copies cli/main.ts reproduce theory --mirror /media/copies`",
    );
  },
);

Deno.test(
  "checkPermitted() refuses the mirror that SHIFTLINE_MIRROR names, unless the line names another",
  project,
  () => {
    const mirror = "/media/copies";
    assert.match(
      checked(["reproduce"], { ...reproduce, mirror }),
      /^Cannot read "\/media\/copies", which SHIFTLINE_MIRROR names: there is no such folder, or the permissions of "deno task reproduce" do not cover it; .* --allow-read=\S+,\/media\/copies cli\/main\.ts reproduce`$/,
    );
    const named = ["reproduce", "--mirror", "mirror"];
    assert.equal(checked(named, { ...reproduce, mirror }), "");
    assert.equal(checked(["reproduce"], { ...reproduce, mirror: "" }), "");
  },
);

Deno.test(
  "checkPermitted() permits by one command everything that a line names",
  project,
  () => {
    const line = [
      ...["reproduce", "--mirror", "/m/it's", "--store", "/m/store"],
      ...["--site", "page"],
    ];
    assert.equal(
      checked(line, reproduce),
      `Cannot read "/m/store": the permissions of "deno task reproduce" do not cover it; grant access with \`${
        [
          `deno run -q --no-prompt ${V8_FLAGS} -P`,
          "'--allow-read=.,/etc/machine-id,/m/store,/m/it'\\''s'",
          "--allow-write=.store,site,site-smoke,site-default,site-full,.preview,/m/store,page",
          "cli/main.ts reproduce --mirror '/m/it'\\''s' --store /m/store --site page",
        ].join(" ")
      }\``,
    );
  },
);

Deno.test(
  "checkPermitted() proposes no command that Deno would refuse",
  project,
  () => {
    assert.equal(
      checked(["reproduce", "--store", "/m/a,b"], reproduce),
      'Cannot permit "/m/a,b": to Deno a comma ends a path; name a link to it that has none',
    );
  },
);

Deno.test(
  "checkPermitted() refuses a file that show could not write at the end",
  project,
  () => {
    assert.match(
      checked(["show", "load", "--output", "/m/file"], show),
      /^Cannot write "\/m\/file": .* --allow-write=\.,\/m\/file,\/m\/file\.shiftline-part cli\/main\.ts show load --output \/m\/file`$/,
    );
  },
);

Deno.test(
  "checkPermitted() prints a command with what the task tells V8",
  { permissions: { read: [root] } },
  async () => {
    const er = await loadCommand("er");
    const table = ["--table", "t.csv", "--group", "by"];
    const columns = ["--reference", "a", "--shifted", "b"];
    const flags = "--v8-flags=--heap-growing-percent=50";
    for (
      const [line, flag] of [
        [checked(["verify", "--key", "/m/key"], verify), V8_FLAGS],
        [checked(["er", ...table, ...columns, "--to", "/m"], er), flags],
        [checked(["show", "load", "--output", "/m"], show), V8_FLAGS],
      ] as const
    ) assert.ok(line.includes(`\`deno run -q --no-prompt ${flag} `), line);
  },
);

Deno.test(
  "checkPermitted() names what is written beside a file or a site",
  project,
  () => {
    assert.match(
      checked(["export", "--to", "/m/all.tar"], exporting),
      / -P=export --allow-read=(\.,\/m\/all\.tar,\/m\/all\.tar\.shiftline-part) --allow-write=\1 cli/,
    );
    assert.match(
      checked(["publish", "--to", "/m/site"], publish),
      / --allow-write=\.,\/m\/site,\/m\/\.site\.shiftline-new,\/m\/\.site\.shiftline-old,\/m\/\.site\.shiftline-lock cli/,
    );
  },
);

Deno.test(
  "checkPermitted() looks at each of several, and at paths from the folder of the line",
  project,
  () => {
    const line = ["gc", "--site", `${root}/site`, "--site", "other"];
    assert.match(
      checked(line, { ...gc, folder: "/home/me" }),
      RegExp(
        `^Cannot read "other": .* --allow-read=${root},/etc/machine-id,other .*${root}/cli/main.ts gc `,
      ),
    );
  },
);

Deno.test("flagsThatPermit() gives no flag for what a set permits", () => {
  const places = (path: string) =>
    [{ path, access: ["read", "write"] }] as const;
  const flags = (path: string, set: string) =>
    flagsThatPermit(places(path), { set, root, folder: root });
  assert.deepEqual(flags(".preview", "default"), []);
  assert.deepEqual(flags("/m", "er"), ["--allow-write=.,/m"]); // it reads all
});

const linked = Deno.makeTempDirSync({ prefix: "linked-" });
Deno.symlinkSync("/media/packages", resolve(linked, "node_modules"));

Deno.test(
  "checkPermitted() refuses packages behind a link out of the project, where pages are drawn",
  { permissions: { read: [linked], write: [linked] } },
  () => {
    const of = (line: readonly string[], words: Command["words"]) =>
      checked(line, { words, folder: linked, root: linked });
    assert.match(
      of(["reproduce"], reproduce.words),
      /^Cannot read "\/media\/packages", which node_modules is a link to: the permissions of "deno task reproduce" do not cover it; grant access with `[^`]*--allow-read=[^ ]*,\/media\/packages /,
    );
    assert.equal(of(["show", "a"], show.words), "");
    Deno.removeSync(linked, { recursive: true });
  },
);
