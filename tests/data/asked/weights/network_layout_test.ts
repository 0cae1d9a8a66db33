import assert from "node:assert/strict";
import { residualLayout } from "../../../../data/asked/weights/network_layout.ts";
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
