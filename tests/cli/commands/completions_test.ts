import assert from "node:assert/strict";
import { join } from "node:path";
import { optionOf, type Row } from "../../../cli/arguments/words.ts";
import { COMMAND_NAMES, loadCommand } from "../../../cli/commands.ts";
import { rig } from "../rig.ts";
import { training } from "../toy_pipelines.ts";

const pipelines = [training(), training("toy-other")];

async function scriptOf(shell: string): Promise<string> {
  await using t = await rig();
  const { code, stdout } = await t.run(["completions", shell], { pipelines });
  assert.equal(code, 0);
  return stdout;
}

/** What stands for Deno in a shell: it says what it was asked, and names stages. */
const STAGES = ["train/plain-1", "train/tint-1", "place/points alone"];

type ShellName = "bash" | "zsh" | "fish";

/** How a shell is asked what it offers for the last word of a line. */
const ASKED: Readonly<
  Record<ShellName, {
    readonly args: readonly string[];
    readonly ask: (script: string, line: readonly string[]) => string;
  }>
> = {
  bash: {
    args: ["--norc", "-c"],
    ask: (script, line) =>
      `${script}
      deno() { echo "$*" > asked; printf '%s\\n' ${quoted(STAGES)}; }
      COMP_WORDS=(${quoted(line)}); COMP_CWORD=${line.length - 1}
      set -- deno; $(complete -p deno | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      printf '%s\\n' "\${COMPREPLY[@]}"`,
  },
  zsh: {
    args: ["-f", "-c"],
    ask: (script, line) =>
      `compdef() { :; }; compadd() { shift; print -rl -- "$@"; }; _files() { print FILES; }
      ${script}
      deno() { echo "$*" > asked; print -rl -- ${quoted(STAGES)}; }
      ask() {
        local -a words=(${quoted(line)}); local CURRENT=${line.length}
        _shiftline
      }
      ask`,
  },
  fish: {
    args: ["--no-config", "-c"],
    ask: (script, line) =>
      `set fish_complete_path
      function deno
        test "$argv[1]" = completions; and return
        echo "$argv" > asked; printf '%s\\n' ${quoted(STAGES)}
      end
      ${script}
      complete -C "${line.join(" ")}"`,
  },
};

function quoted(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(" ");
}

/** What a shell prints; `undefined` where there is none of that name. */
async function answer(shell: ShellName, text: string) {
  const folder = await Deno.makeTempDir();
  try {
    const { code, stdout, stderr } = await new Deno.Command(shell, {
      args: [...ASKED[shell].args, text],
      cwd: folder, // what is offered must not be its files
    }).output();
    const [out = "", complaint = ""] = [stdout, stderr].map((bytes) =>
      new TextDecoder().decode(bytes).trim()
    );
    const asked = await Deno.readTextFile(join(folder, "asked"))
      .catch(() => "");
    return { code, out, complaint, asked: asked.trim() };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What a shell offers for the last word of a line, and what it asked Deno for. */
async function offering(
  shell: ShellName,
  { script, line }: {
    readonly script: string;
    readonly line: readonly string[];
  },
): Promise<{ readonly words: readonly string[]; readonly asked: string }> {
  const result = await answer(shell, ASKED[shell].ask(script, line));
  assert.equal(result?.code, 0, result?.complaint);
  const words = result.out.split("\n").filter(Boolean);
  return { words, asked: result.asked };
}

const has = new Map<ShellName, boolean>();
for (const shell of ["bash", "zsh", "fish"] as const) {
  has.set(shell, await answer(shell, "true") !== undefined);
}

/** A name of a test, and whether it is skipped since there is no such shell. */
function needs(shell: ShellName, name: string) {
  const ignore = !has.get(shell);
  return {
    name: `${name}${ignore ? ` (skipped: no ${shell} here)` : ""}`,
    ignore,
  };
}

Deno.test({
  ...needs(
    "bash",
    "completions() completes in bash the names of commands, options, values and pipelines",
  ),
  async fn() {
    const script = await scriptOf("bash");
    const complete = async (...words: readonly string[]) =>
      (await offering("bash", { script, line: ["deno", ...words] })).words;
    assert.deepEqual(await complete("task", ""), COMMAND_NAMES);
    assert.deepEqual(await complete("task", "rep"), ["reproduce"]);
    assert.deepEqual(await complete("task", "-q", "rep"), ["reproduce"]);
    assert.deepEqual(await complete("task", "plan", "--pro"), ["--profile"]);
    assert.deepEqual(await complete("task", "-q", "plan", "--pro"), [
      "--profile",
    ]);
    assert.deepEqual(await complete("task", "plan", "--profile", "s"), [
      "smoke",
    ]);
    assert.deepEqual(await complete("task", "plan", "--device", "w", "toy"), [
      "toy-line",
      "toy-other",
    ]);
    assert.deepEqual(await complete("task", "figure", "--format", "p"), [
      "pdf",
      "png",
    ]);
    assert.deepEqual(await complete("task", "reproduce", "--site", ""), []); // files, by bash
    assert.deepEqual(await complete("task", "completions", "z"), ["zsh"]);
    assert.deepEqual(await complete("ru"), []);
  },
});

for (const shell of ["bash", "zsh", "fish"] as const) {
  Deno.test({
    ...needs(
      shell,
      `completions() completes in ${shell} stages of the profile of the line, and devices`,
    ),
    async fn() {
      const script = await scriptOf(shell);
      const offers = (...words: readonly string[]) =>
        offering(shell, { script, line: ["deno", "task", ...words] });
      const explained = await offers("explain", "train/");
      for (const name of STAGES.slice(0, 2)) {
        assert.ok(explained.words.includes(name), `${explained.words}`);
      }
      assert.match(
        explained.asked,
        /^task -q --config \S*deno\.json explain --list --profile default$/,
      );
      const forced = await offers(
        ...["reproduce", "--profile", "smoke", "--force", "place"],
      );
      assert.ok(
        forced.words.includes(
          shell === "bash" ? "place/points\\ alone" : "place/points alone",
        ),
        `${forced.words}`,
      );
      assert.match(forced.asked, / --profile smoke$/);
      const shown = await offers(
        "show",
        ...shell === "bash" ? ["--profile", "=", "full"] : ["--profile=full"],
        "train",
      );
      assert.match(shown.asked, / --profile full$/);
      for (const quiet of [[], ["-q"]]) {
        const { words } = await offers(...quiet, "pla");
        assert.ok(words.includes("plan"), `${words}`);
      }
      const { words, asked } = await offers("-q", "plan", "--device", "");
      assert.ok(words.includes("webgpu-software"), `${words}`);
      assert.equal(asked, "");
    },
  });
}

Deno.test({
  ...needs("zsh", "completions() offers files in zsh where they may be named"),
  async fn() {
    const script = await scriptOf("zsh");
    const offers = async (...words: readonly string[]) =>
      (await offering("zsh", { script, line: ["deno", "task", ...words] }))
        .words.includes("FILES");
    assert.ok(await offers("import", ""));
    assert.ok(await offers("verify", ""));
    assert.ok(await offers("lineage", ""));
    assert.ok(await offers("plan", "--store", ""));
    assert.ok(!await offers("reproduce", "--jobs", ""));
    assert.ok(!await offers("reproduce", ""));
    assert.ok(!await offers("figure", "--format", ""));
  },
});

Deno.test({
  ...needs(
    "fish",
    "completions() offers files in fish where they may be named, and nowhere else",
  ),
  async fn() {
    const script = `touch here.txt\n${await scriptOf("fish")}`;
    const offers = async (...words: readonly string[]) =>
      (await offering("fish", { script, line: ["deno", "task", ...words] }))
        .words.includes("here.txt");
    assert.ok(await offers("import", "h"));
    assert.ok(await offers("verify", "h"));
    assert.ok(await offers("reproduce", "--store", "h"));
    assert.ok(!await offers("reproduce", "--jobs", "h"));
    assert.ok(!await offers("reproduce", "h"));
    assert.ok(!await offers("figure", "--format", "h"));
  },
});

Deno.test("completions() has every command and option in the scripts of all shells", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const script = await scriptOf(shell);
    const lines = script.split("\n");
    for (const name of COMMAND_NAMES) {
      const own = lines.filter((line) =>
        line.includes(shell === "fish" ? `_from ${name}' ` : `*:${name}:*) `)
      );
      const offered = own.join(" ").split(/[ ";]+/);
      for (
        const [key, row] of Object.entries<Row>((await loadCommand(name)).words)
      ) {
        if (row.positional) continue;
        const option = optionOf(key).slice(shell === "fish" ? 2 : 0);
        assert.ok(offered.includes(option), `${shell} ${name} ${option}`);
      }
    }
    assert.match(script, /smoke default full gpu/);
    assert.match(script, /toy-line toy-other/);
  }
});

Deno.test("completions() refuses another shell", async () => {
  await using t = await rig();
  const { code, stderr } = await t.run(["completions", "csh"], { pipelines });
  assert.equal(code, 2);
  assert.match(stderr, /"csh" is none of bash, zsh and fish/);
});
