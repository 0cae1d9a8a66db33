import assert from "node:assert/strict";
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

/** Bash's exit code for some lines, and what they print; `undefined` where there is no bash. */
async function bash(script: string) {
  try {
    const { code, stdout } = await new Deno.Command("bash", {
      args: ["--norc", "-c", script],
    }).output();
    return { code, text: new TextDecoder().decode(stdout).trim() };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

const hasBash = await bash("true") !== undefined;

/** What bash offers for the last word of a line. */
async function offered(
  script: string,
  line: readonly string[],
): Promise<readonly string[]> {
  const words = line.map((word) => `"${word}"`).join(" ");
  const result = await bash(
    `${script}
    COMP_WORDS=(${words}); COMP_CWORD=${line.length - 1}
    set -- deno; $(complete -p deno | sed 's/.*-F \\([^ ]*\\).*/\\1/')
    printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
  assert.equal(result?.code, 0);
  return result.text.split("\n").filter(Boolean);
}

Deno.test({
  name:
    `completions() completes in bash the names of commands, options, values and pipelines${
      hasBash ? "" : " (skipped: no bash here)"
    }`,
  ignore: !hasBash,
  async fn() {
    const script = await scriptOf("bash");
    const complete = (...line: readonly string[]) =>
      offered(script, ["deno", "task", ...line]);
    assert.deepEqual(await complete(""), COMMAND_NAMES);
    assert.deepEqual(await complete("rep"), ["reproduce"]);
    assert.deepEqual(await complete("plan", "--pro"), ["--profile"]);
    assert.deepEqual(await complete("plan", "--profile", "s"), ["smoke"]);
    assert.deepEqual(await complete("plan", "--device", "w", "toy"), [
      "toy-line",
      "toy-other",
    ]);
    assert.deepEqual(await complete("figure", "--format", "p"), ["pdf", "png"]);
    assert.deepEqual(await complete("reproduce", "--site", ""), []); // files, by bash
    assert.deepEqual(await complete("completions", "z"), ["zsh"]);
    assert.deepEqual(await offered(script, ["deno", "ru"]), []);
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
      const offered = own.join(" ").split(/[ "]+/);
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
