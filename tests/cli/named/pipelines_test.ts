import assert from "node:assert/strict";
import type { AnyPipeline } from "../../../engine/define/pipeline.ts";
import type { Report } from "../../../reports/value/report.ts";
import { on, rig, rigWithStore } from "../rig.ts";
import { training } from "../toy_pipelines.ts";

/** toy-small, which has no profile `full`. */
function small(): AnyPipeline<Report> {
  const whole = training("toy-small");
  return {
    ...whole,
    profiles: ["smoke", "default"],
    build(profile) {
      if (profile === "full") throw new RangeError("It has no such profile");
      return whole.build(profile);
    },
  };
}

const pipelines = [training(), small()];
const LEFT_OUT = "Left out: toy-small, which has no profile full\n";

Deno.test("reproduce() leaves out what lacks the profile, and says so in a line", async () => {
  await using t = await rig();
  const { code, stdout, stderr } = await t.run(
    on("reproduce", "--profile", "full"),
    { pipelines },
  );
  assert.equal(code, 0);
  assert.equal(stderr, LEFT_OUT);
  assert.match(stdout, /toy-line at profile full: 3 ran/);
  assert.doesNotMatch(stdout, /toy-small/);
  const named = await t.run(on("reproduce", "toy-line", "--profile", "full"), {
    pipelines,
  });
  assert.deepEqual([named.code, named.stderr], [0, ""]);
});

Deno.test("plan() says what lacks the profile", async () => {
  await using t = await rigWithStore();
  const { stdout } = await t.run(on("plan", "--profile", "full"), {
    pipelines,
  });
  assert.match(stdout, /^toy-line at profile full: 3 of 3 stages would run/);
  assert.ok(stdout.includes(`\n${LEFT_OUT}`));
  const smoke = await t.run(on("plan", "--profile", "smoke"), { pipelines });
  assert.doesNotMatch(smoke.stdout, /Left out/);
});

for (const command of ["reproduce", "plan", "verify"]) {
  Deno.test(`${command}() names the profiles of a pipeline that is named and lacks the profile`, async () => {
    await using t = await rig();
    const { code, stderr } = await t.run(
      on(command, "toy-small", "--profile", "full"),
      { pipelines },
    );
    assert.equal(code, 2);
    assert.match(
      stderr,
      /Cannot use profile "full" of toy-small: its profiles are smoke and default; name one with --profile\n$/,
    );
  });
}

Deno.test("plan() tells who names a profile as a pipeline its option", async () => {
  await using t = await rig();
  const { code, stderr } = await t.run(on("plan", "toy-line", "smoke"), {
    pipelines,
  });
  assert.equal(code, 2);
  assert.equal(
    stderr,
    'Cannot find pipeline "smoke": it is a profile; did you mean "--profile smoke"?\n',
  );
});

Deno.test("plan() is refused at a profile that no pipeline has", async () => {
  await using t = await rig();
  const only = { ...training(), profiles: ["smoke"] as const };
  const { code, stderr } = await t.run(on("plan"), { pipelines: [only] });
  assert.equal(code, 2);
  assert.match(
    stderr,
    /Cannot use profile "default" of toy-line: its only profile is smoke; name it with --profile\n$/,
  );
});

Deno.test("what looks at all profiles passes over those that a pipeline lacks", async () => {
  await using t = await rig();
  const only = { pipelines: [small()] };
  await t.run(on("reproduce"), only);
  assert.equal((await t.run(on("gc"), only)).code, 0);
  assert.equal((await t.run(["fetch", "--to", "mirror"], only)).code, 0);
  const shown = await t.run(on("show", "conclude", "--profile", "full"), only);
  assert.match(
    shown.stderr,
    /Cannot find stage "conclude" in toy-small at profile full: it exists at profile smoke/,
  );
});
