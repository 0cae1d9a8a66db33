import assert from "node:assert/strict";
import { anyTaskOf } from "../../engine/define/task.ts";

/** Every export of `tasks/` that is a task. */
async function* tasks(
  folder: URL,
): AsyncGenerator<ReturnType<typeof anyTaskOf>> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* tasks(new URL(`${name}/`, folder));
    else {
      const exported = await import(new URL(name, folder).href);
      for (const one of Object.values<unknown>(exported)) {
        if (typeof one === "function" && "task" in one) yield anyTaskOf(one);
      }
    }
  }
}

Deno.test("every task runs in an isolate but the one that needs the network", async () => {
  const found = await Array.fromAsync(
    tasks(new URL("../../tasks/", import.meta.url)),
  );
  assert.ok(found.length > 60);
  assert.deepEqual(
    found.filter(({ runsIn }) => runsIn === "main").map(({ name }) => name),
    ["fetchSource"],
  );
});
