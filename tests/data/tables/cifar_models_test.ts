import assert from "node:assert/strict";
import {
  cifarModels,
  cifarPredictions,
  readCifarModels,
} from "../../../data/tables/cifar_models.ts";

const HEADER = "model,family,original,v4,v6\n";

/** Per cents right on CIFAR-10 and on v4, the new test set of arXiv:1806.00451. */
async function accuracies(): Promise<
  (model: string) => { readonly original: number; readonly v4: number }
> {
  const models = await readCifarModels();
  return (name) => {
    const hits = models.find(({ model }) => model === name)?.hits;
    assert.ok(hits, name);
    return { original: hits.original / 100, v4: hits.v4 / 20.21 };
  };
}

Deno.test("readCifarModels() has 30 networks in 12 families, each once", async () => {
  const models = await readCifarModels();
  assert.equal(new Set(models.map(({ model }) => model)).size, 30);
  assert.equal(models.length, 30);
  assert.equal(new Set(models.map(({ family }) => family)).size, 12);
});

Deno.test("readCifarModels() bears out what the text of arXiv:1806.00451 says of networks", async () => {
  const of = await accuracies();
  assert.equal(of("vgg16_keras").v4.toFixed(2), "85.25"); // section 5.3
  const gain = (model: string, set: "original" | "v4") =>
    of(`${model}_cutout16`)[set] - of(model)[set];
  const shake = "shake_shake_26_2x64d_SSI";
  assert.equal(gain(shake, "original").toFixed(2), "0.12"); // section 4.2
  assert.equal(gain(shake, "v4").toFixed(1), "1.5");
  assert.equal(gain("wrn_28_10", "original").toFixed(0), "1");
  assert.ok(Math.abs(gain("wrn_28_10", "v4") - 2.2) < 0.1);
  for (
    const model of ["darc", "shake_shake_26_2x32d_SSI", "resnext_29_4x64d"]
  ) {
    const { original, v4 } = of(model);
    assert.equal(((100 - v4) / (100 - original)).toFixed(0), "3"); // section 4.1
  }
  const drops = (await readCifarModels()).map(({ model }) =>
    of(model).original - of(model).v4
  );
  assert.equal(Math.min(...drops).toFixed(0), "4"); // section 6
  assert.equal(Math.max(...drops).toFixed(0), "15");
});

Deno.test("readCifarModels() reads a table that says which predictions were counted", async () => {
  const text = await Deno.readTextFile(
    new URL("../../../data/tables/cifar_models.csv", import.meta.url),
  );
  for (const name of ["url", "commit", "sha256", "licence"] as const) {
    assert.ok(text.includes(cifarPredictions[name]), name);
  }
});

Deno.test("cifarModels() skips remarks, and names the line of a count that is none", () => {
  assert.deepEqual(cifarModels(`# a, b\n${HEADER}a,A,9000,1500,1400\n`), [
    {
      model: "a",
      family: "A",
      hits: { original: 9000, v4: 1500, v6: 1400 },
    },
  ]);
  for (const count of ["2022", "-1", "1.5", ""]) {
    assert.throws(
      () => cifarModels(`# a\n# b\n${HEADER}a,A,9000,${count},1400\n`),
      {
        message:
          `Cannot read table "cifar_models.csv": line 4, column "v4" holds "${count}", not a count of 2021 images`,
      },
    );
  }
});

Deno.test("cifarModels() refuses other columns", () => {
  assert.throws(() => cifarModels("model,original\na,1\n"), {
    message:
      'Cannot read table "cifar_models.csv": its columns are model,original, not model,family,original,v4,v6',
  });
});
