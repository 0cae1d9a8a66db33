import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type AnyPipeline,
  definePipeline,
} from "../../engine/define/pipeline.ts";
import type { Lazy } from "../../engine/define/ref.ts";
import { openStore } from "../../engine/store/store.ts";
import type { Report } from "../../reports/value/report.ts";
import { on, rigWithStore } from "./rig.ts";
import { conclude, load, train } from "./toy_tasks.ts";

const TITLE = "\x1b[2Jline\x9b31m\u202e";
/** What the name of a stage may have: no control character, yet one that turns the line. */
const LABEL = "\u202e[2Jline";
const STAGE = `train/${LABEL}`;

function training(
  epochs: number,
  { fails = false, label = LABEL } = {},
): AnyPipeline<Report> {
  return definePipeline<number, Report>({
    module: import.meta.url,
    name: "toy-line",
    title: TITLE,
    profiles: { smoke: epochs, default: epochs, full: epochs },
    build(epochs): Lazy<Report> {
      const data = load({ size: 3 });
      const { history } = train({ data, fails, epochs }, label);
      return {
        id: "toy-line",
        title: TITLE,
        question: conclude({ history }),
        claims: [],
        scaledDown: [],
        figures: [],
        datasets: [],
      };
    },
  });
}

Deno.test("run() lets no control character of a name reach the terminal, in any command", async () => {
  await using t = await rigWithStore();
  const [before, after, failing] = [
    training(12),
    training(13),
    training(14, { fails: true }),
  ];
  const said: string[] = [];
  const run = async (words: readonly string[], pipeline = after) => {
    const { stdout, stderr } = await t.run(words, { pipelines: [pipeline] });
    said.push(stdout + stderr);
  };
  await run(on("plan"), before);
  await run(on("reproduce"), before);
  await run(on("plan"));
  await run(on("explain", STAGE));
  await run(on("reproduce"));
  await run(on("explain", STAGE));
  await run(on("show", STAGE));
  await run(on("runs"));
  await run(on("diff"));
  await run(on("lineage", "toy-line"));
  await run(on("verify"));
  await run(on("store"));
  await run(on("reproduce"), failing);
  await openStore(join(t.folder, LABEL));
  await run(["publish", "--to", "public", "--store", LABEL]);
  await run(on("runs"), failing);
  await run(on("diff"), failing);
  await run(on("gc", "--keep-runs", "0"), training(15, { label: "other" }));
  await run(on("plan"), training(16, { label: TITLE }));
  await run([TITLE]);
  for (const text of said) {
    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}]/u, JSON.stringify(text));
  }
  const named = said.filter((text) => text.includes("\u{fffd}[2Jline"));
  // Not `runs`, twice, nor `store`, nor what refuses a name, which it escapes.
  assert.equal(named.length, said.length - 4);
});
