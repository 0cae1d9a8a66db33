import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

/** What a tool says that may do nothing but read this project, and its exit code. */
async function told(
  tool: string,
  ...args: readonly string[]
): Promise<readonly [code: number, text: string]> {
  const path = fileURLToPath(import.meta.resolve(`../../tools/${tool}.ts`));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-read", path, ...args],
  }).output();
  const decoder = new TextDecoder();
  return [code, decoder.decode(stdout) + decoder.decode(stderr)];
}

// Those of readme are in readme_test.ts.
for (const tool of ["accuracies", "packages"]) {
  Deno.test(`runTool() has ${tool} print its help and do nothing when that is asked for`, async () => {
    const [code, text] = await told(tool, "--help");
    assert.equal(code, 0, text);
    assert.ok(text.startsWith(`Usage: deno task ${tool} `), text);
  });

  Deno.test(`runTool() has ${tool} refuse in a line what it does not take`, async () => {
    const [code, text] = await told(tool, "a", "b", "--wat");
    assert.equal(code, 2, text);
    assert.match(text, /^Cannot use [^\n]*\n$/);
  });
}

Deno.test("runTool() says in a line what goes wrong", async () => {
  const [code, text] = await told("readme", "nowhere");
  assert.equal(code, 1, text);
  assert.match(text, /^Cannot write README\.md: [^\n]*\n$/);
});
