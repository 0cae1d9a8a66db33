/** Pipelines that cannot be used, which is said before anything runs. */
import assert from "node:assert/strict";
import type { ProfileName } from "../../../engine/define/pipeline.ts";
import type { Report } from "../../../reports/value/report.ts";
import { on, rig } from "../rig.ts";
import { training } from "../toy_pipelines.ts";

/** A pipeline that cannot be built. */
function unfit(name: string): ReturnType<typeof training> {
  return {
    ...training(name),
    build() {
      throw new Error(`Cannot build pipeline "${name}": oops\x1b[2J\n`);
    },
  };
}

Deno.test("reproduce() says of a pipeline that cannot be built which it is, and runs others all the same", async () => {
  await using t = await rig();
  const two = [training(), unfit("toy-odd")];
  const { code, stdout, stderr } = await t.run(on("reproduce", "toy-line"), {
    pipelines: two,
  });
  assert.equal(code, 0, stderr);
  assert.equal(
    stderr,
    'Cannot build pipeline "toy-odd": oops\ufffd[2J\ufffd\n',
  );
  assert.match(stdout, /toy-line at profile default: 3 ran/);
  const asked = await t.run(on("reproduce", "toy-odd"), { pipelines: two });
  assert.equal(asked.code, 1);
  assert.equal(asked.stderr, 'Cannot build pipeline "toy-odd": oops\n');
});

Deno.test("reproduce() refuses two pipelines of one name, and a report of another name, before anything runs", async () => {
  await using t = await rig();
  const alike = await t.run(on("reproduce"), {
    pipelines: [training("toy-line"), training("toy-line", { size: 4 })],
  });
  assert.equal(alike.code, 1);
  assert.match(
    alike.stderr,
    /^Cannot use pipelines: toy_\S+\.ts and toy_\S+\.ts both define "toy-line"; give one of them another name\n$/,
  );
  const other = await t.run(on("reproduce"), {
    pipelines: [{ ...training("toy-a"), name: "toy-b" }],
  });
  assert.equal(other.code, 1);
  assert.equal(
    other.stderr,
    'Cannot use pipeline "toy-b": its report has the id "toy-a"; give it that of the pipeline\n',
  );
  const claiming = (...ids: readonly string[]) => {
    const pipeline = training("toy-a");
    const claims = ids.map((id) => ({ id })) as unknown as Report["claims"];
    return {
      ...pipeline,
      build: (profile: ProfileName) => ({ ...pipeline.build(profile), claims }),
    };
  };
  const twice = await t.run(on("reproduce"), {
    pipelines: [claiming("a", "b", "a")],
  });
  assert.equal(
    twice.stderr,
    'Cannot give the claim "a" of report "toy-a" an address: the id is taken\n',
  );
  const odd = await t.run(on("reproduce"), {
    pipelines: [claiming("tiny_cnn")],
  });
  assert.match(odd.stderr, /^Cannot give the claim "tiny_cnn" of report /);
  const all = [alike, other, twice, odd].map(({ stdout }) => stdout);
  assert.doesNotMatch(all.join(""), /start/);
});
