import assert from "node:assert/strict";
import {
  residualLayout,
  TRIAL_WIDTHS,
} from "../../../../data/asked/weights/network_layout.ts";
import { chooseDevice } from "../../../../models/device/choose_device.ts";
import { startDevice } from "../../../../models/device/device.ts";
import { everything } from "../../../../models/model/model.ts";
import { resnet8 } from "../../../../models/resnet8.ts";

Deno.test("residualLayout() has the arrays that resnet8 has, and no others", async () => {
  await startDevice(await chooseDevice("cpu"));
  for (const widths of [[16, 32, 64], [4, 8, 8]]) {
    const network = await resnet8.create({
      inputShape: [32, 32, 3],
      classes: 7,
      seed: 0,
      options: { widths },
    });
    const { arrays, head } = residualLayout(widths);
    assert.deepEqual(head, network.head);
    assert.deepEqual(
      arrays,
      Object.fromEntries(
        Object.entries(everything(network))
          .filter(([name]) => !head.includes(name))
          .map(([name, { shape }]) => [name, shape]),
      ),
    );
    network.dispose();
  }
});

Deno.test("residualLayout() has what the table of the guide lists", async () => {
  const guide = await Deno.readTextFile(
    new URL("../../../../docs/guide/ask.md", import.meta.url),
  );
  const rows = [...guide.matchAll(/^\| (`[\w.]+\..*`) +\| `\[(.*)\]` +\|/gm)];
  const listed: Record<string, readonly number[]> = {};
  for (const [, names = "", shape = ""] of rows) {
    const [first = "", ...others] = [...names.matchAll(/`([^`]+)`/g)]
      .map(([, name = ""]) => name);
    const folder = first.slice(0, first.lastIndexOf("."));
    for (const name of [first, ...others.map((end) => folder + end)]) {
      for (const [i, width] of TRIAL_WIDTHS.entries()) {
        const before = TRIAL_WIDTHS[i - 1] ?? width;
        for (const place of [1, 2]) {
          listed[name.replace("N", `${i + 1}`).replace("M", `${place}`)] = shape
            .replaceAll("before", `${before}`).replaceAll("width", `${width}`)
            .split(", ").map(Number);
        }
      }
    }
  }
  assert.deepEqual(listed, residualLayout(TRIAL_WIDTHS).arrays);
});
