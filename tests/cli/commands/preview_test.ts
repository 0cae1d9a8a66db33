import assert from "node:assert/strict";
import { join } from "node:path";
import { rig } from "../rig.ts";

const pipelines = [] as const;

Deno.test("preview() says that there is no site yet", async () => {
  await using t = await rig();
  const { code, stderr } = await t.run([
    "preview",
    "--no-watch",
    "--site",
    "site",
  ], {
    pipelines,
  });
  assert.equal(code, 1);
  assert.equal(
    stderr,
    'Cannot preview the site in "site": there is none yet; `deno task reproduce` creates one\n',
  );
});

Deno.test("preview() says that its port is in use", async () => {
  await using t = await rig();
  await Deno.mkdir(join(t.folder, "site"));
  await Deno.writeTextFile(join(t.folder, "site/index.html"), "<p>");
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const { code, stderr } = await t.run(
    ["preview", "--no-watch", "--site", "site", "--port", `${port}`],
    { pipelines },
  );
  assert.equal(code, 1);
  assert.equal(
    stderr,
    `Cannot listen on port ${port}: it is in use; choose another with --port\n`,
  );
});
