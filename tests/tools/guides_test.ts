import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../../deno.json" with { type: "json" };
import { COMMAND_NAMES } from "../../cli/commands.ts";
import { graphOf } from "../../engine/run/graph.ts";
import { pipelines } from "../../pipelines/registry.ts";
import { published } from "../pipelines/published.ts";
import { spuriousTint } from "../../pipelines/spurious_tint.ts";
import { guideOf } from "../../publishing/guide_files.ts";

const ROOT = new URL("../../", import.meta.url);

/** Files and folders that a text names: what is linked, from its own folder, and what looks like a path in it, from the root. */
function pathsIn(text: string, folder = ""): readonly string[] {
  const linked = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)];
  const named = [...text.matchAll(/`([\w.-]+\/[\w./-]*)`/g)];
  return [
    ...linked.map(([, path = ""]) => posix.join(folder, path)),
    ...named.map(([, path = ""]) => path),
  ];
}

/** What only a command makes, or only an example has. */
const MADE =
  /^(site(-\w+)?|\.store|\.bench|own|er|photos|runs|tests\/browser\/shots)\//;

Deno.test("pathsIn() finds links and paths, and no pattern", () => {
  assert.deepEqual(
    pathsIn(
      "[a](docs/a.md), [b](https://b.org), `cli/b.ts` and `tests/`; not `data/<name>.ts`, `a b/c` or `--to`",
    ),
    ["docs/a.md", "cli/b.ts", "tests/"],
  );
  assert.deepEqual(pathsIn("[a](../c.md#d)", "docs/guide"), ["docs/c.md"]);
});

const GUIDE = guideOf(fileURLToPath(ROOT));

Deno.test("git ignores what the guide's commands write, and Deno's tools leave its folders alone", async () => {
  const written = [...GUIDE.values()].flatMap((text) =>
    [...text.matchAll(/ (?:--to|-out) ([a-z][\w.-]*)/g)]
      .map(([, name = ""]) => name)
  );
  const ignored = await Deno.readTextFile(new URL(".gitignore", ROOT));
  for (const name of new Set([...written, "site", "site-smoke", "er"])) {
    const ending = posix.extname(name);
    const line = ending === "" ? `/${name}/` : `/*${ending}`;
    assert.ok(
      ignored.split("\n").some((one) => posix.matchesGlob(line, one)),
      `.gitignore lacks ${line}`,
    );
    if (ending !== "") continue;
    assert.ok(
      config.exclude.some((one) => posix.matchesGlob(name, one)),
      `deno.json excludes no ${name}`,
    );
  }
  assert.ok(written.includes("public") && written.includes("key.pem"));
});

for (
  const guide of [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "docs/promises.md",
    ...GUIDE.keys(),
  ]
) {
  Deno.test(`${guide} names only files that are there`, async () => {
    const text = await Deno.readTextFile(new URL(guide, ROOT));
    const gone = pathsIn(text, posix.dirname(guide)).filter((path) =>
      !MADE.test(path) && !existsSync(new URL(path, ROOT))
    );
    assert.deepEqual(gone, []);
  });

  Deno.test(`${guide} links to headings that are there`, async () => {
    const text = await Deno.readTextFile(new URL(guide, ROOT));
    const gone = [...text.matchAll(/\]\(([^)#:]*)#([^)]+)\)/g)]
      .filter(([, path = "", heading = ""]) =>
        !headingsOf(
          path === "" ? guide : posix.join(posix.dirname(guide), path),
        ).includes(heading)
      ).map(([link]) => link);
    assert.deepEqual(gone, []);
  });
}

/** What links call the headings of a page. */
function headingsOf(path: string): readonly string[] {
  const text = Deno.readTextFileSync(new URL(path, ROOT));
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading.toLowerCase().replaceAll(/[^\p{L}\p{N} -]/gu, "").replaceAll(
      " ",
      "-",
    )
  );
}

Deno.test("docs/promises.md names a test by its whole path before it does by its name", async () => {
  const text = await Deno.readTextFile(new URL("docs/promises.md", ROOT));
  const named = [...text.matchAll(/`([\w/]+_(?:test|full)\.ts)`/g)]
    .map(([, path = ""]) => path);
  for (const [i, name] of named.entries()) {
    const isKnown = name.startsWith("tests/") ||
      named.slice(0, i).some((path) => path.endsWith(`/${name}`));
    assert.ok(isKnown, name);
  }
  assert.ok(named.length > 20);
});

/** The rows of the first table under a heading of the guide. */
function rowsOf(page: string, heading: string): readonly string[] {
  const [, section = ""] = GUIDE.get(page)?.split(`\n## ${heading}\n`) ?? [];
  return section.split("\n## ")[0]?.match(/^\| `.*$/gm) ?? [];
}

Deno.test("docs/log.md lists the entries of every day", async () => {
  const log = await Deno.readTextFile(new URL("docs/log.md", ROOT));
  const [, ...days] = log.split(/^## /m);
  const listed = days.map((day) => {
    const [head = "", ...entries] = day.split(/^- /m);
    const titles = entries.map((title) => title.trim().replace(/\s+/g, " "));
    return [/\((.*)\)/.exec(head)?.[1], titles];
  });
  const folder = new URL("docs/log/", ROOT);
  const files = await Array.fromAsync(Deno.readDir(folder));
  const there = files.map(({ name }) => name).toSorted().map((name) => {
    const text = Deno.readTextFileSync(new URL(name, folder));
    const titles = [...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    return [`log/${name}`, titles];
  });
  assert.deepEqual(listed, there);
});

Deno.test("docs/guide/commands.md has every command, and every task", () => {
  const named = rowsOf("docs/guide/commands.md", "Commands").flatMap((row) =>
    [...(row.split(" | ")[0] ?? "").matchAll(/`(?:deno task )?([a-z:]+)/g)]
      .map(([, name = ""]) => name)
  );
  const tasks = Object.keys(config.tasks);
  assert.deepEqual([...new Set(named)].toSorted(), tasks.toSorted());
  for (const name of COMMAND_NAMES) assert.ok(tasks.includes(name), name);
});

Deno.test("docs/guide/experiments.md has every pipeline, and says of one without default where it begins", () => {
  const rows = rowsOf("docs/guide/experiments.md", "Pipelines").map((row) => {
    const [, name, profile] = /^\| `([\w-]+)` .*?(?: \(`(\w+)`\))? +\|$/
      .exec(row) ?? assert.fail(row);
    return [name, profile] as const;
  });
  const named = rows.map(([name]) => name);
  for (const { name } of published) {
    assert.ok(
      named.includes(name),
      `docs/guide/experiments.md has no row for "${name}" in its table of pipelines`,
    );
  }
  const begins = ["default", "full", "gpu"] as const;
  assert.deepEqual(
    new Map(rows),
    new Map(
      pipelines.filter(({ name }) => named.includes(name))
        .map(({ name, profiles }) => {
          const first = begins.find((profile) => profiles.includes(profile));
          return [name, first === "default" ? undefined : first];
        }),
    ),
  );
});

Deno.test("the guide shows runs and plans of as many stages as their pipelines have", () => {
  const shown = [...GUIDE.values()].flatMap((text) => [
    ...text.matchAll(
      /^([\w-]+) at profile (\w+): (?:(\d+) ran|\d+ of (\d+) stages)/gm,
    ),
  ]);
  for (const [line, name, profile, ran, planned] of shown) {
    const pipeline = pipelines.find((one) => one.name === name);
    // One of a template is as large as spurious-tint.
    const { nodes } = graphOf(
      (pipeline ?? spuriousTint).build(profile as "smoke"),
    );
    assert.equal(Number(ran ?? planned), nodes.length, line);
  }
  assert.ok(shown.length > 2);
});

Deno.test("the list of the guide and README.md name every page of the guide", async () => {
  const pages = [...GUIDE.keys()];
  const list = "docs/guide/README.md";
  for (const text of [list, "README.md"]) {
    const named = pathsIn(
      await Deno.readTextFile(new URL(text, ROOT)),
      posix.dirname(text),
    );
    const missing = pages.filter((page) =>
      page !== list && !named.includes(page)
    );
    assert.deepEqual(missing, [], text);
  }
});

for (const [path, text] of GUIDE) {
  Deno.test(`${path} begins with its title and a sentence without markup`, () => {
    assert.match(text, /^# \w[^\n]*\n\n\w[^`*_[\]<#|]*\.\n\n/);
  });
}
