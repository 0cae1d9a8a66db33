/** The search of pages on a document that is no browser: its index is there when it says so. */
import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import {
  search,
  type SearchEntry,
} from "../../../reports/site/script/search.ts";

const INDEX: SearchEntry[] = [
  {
    title: "Shiftline",
    kind: "front page",
    href: "index.html",
    text: "Does pre-training help? Fine-tuning, seen from afar, all in one.",
  },
  {
    title: "Unseen tint",
    kind: "experiment",
    href: "unseen-tint/index.html",
    text: "Photographs tinted with a colour of strength 0.25.",
  },
  {
    title: "Unseen tint, strong, over ResNet-8",
    kind: "figure",
    href: "unseen-tint/strong/index.html",
    text: "Figure 1. Grey dots: networks.",
  },
  {
    title: "ResNet-8",
    kind: "model",
    href: "models/resnet-8/index.html",
    text: "Batch normalisation; the best results <b>of all</b>.",
  },
  {
    title: "Pruned",
    kind: "model",
    href: "models/mobilenet-v3/index.html",
    text: "MobileNetV3 for ImageNet-V2.",
  },
  {
    title: "It stays below 5 points.",
    kind: "claim",
    page: "Unseen tint",
    href: "unseen-tint/index.html#claim-control",
    text: "",
  },
  {
    title: "Weak tint",
    kind: "data",
    href: "data/weak/index.html",
    text: "In stages; a strength of 0.1.",
  },
  {
    title: "Stages",
    kind: "lineage",
    page: "Lineage",
    href: "unseen-tint/lineage/index.html#stages",
    text: "stays/strength 1 s",
  },
];

interface TestElement {
  readonly textContent: string;
  readonly href?: string;
  querySelector(selector: string): TestElement | null;
  querySelectorAll(selector: string): Iterable<TestElement>;
  addEventListener(name: string, act: (event: Event) => void): void;
  dispatchEvent(event: Event): boolean;
}

/** What a page finds: the status, and of each hit title, kind, page and what is marked. */
async function found(
  query: string,
  { event = "load", leaves = false, enters = false, entries = INDEX }: {
    readonly entries?: readonly SearchEntry[];
    /** What comes of the script of the index. */
    readonly event?: "load" | "error";
    /** Whether the focus leaves before that. */
    readonly leaves?: boolean;
    /** Whether Enter is pressed before that. */
    readonly enters?: boolean;
  } = {},
) {
  const { document, Event } = parseHTML(
    `<head></head><form class="search" hidden data-root="../"><input><p role="status"></p><ol></ol></form>`,
  ) as unknown as {
    readonly document: TestElement;
    readonly Event: new (name: string) => Event;
  };
  search(document as unknown as Document);
  const input = document.querySelector("input");
  assert.ok(input);
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  Object.assign(input, { value: query });
  input.dispatchEvent(new Event("input"));
  Object.assign(globalThis, { shiftlineIndex: entries });
  const form = document.querySelector("form");
  if (enters) form?.dispatchEvent(new Event("submit"));
  if (leaves) form?.dispatchEvent(new Event("focusout"));
  let followed: string | undefined;
  document.querySelector("ol")?.addEventListener("click", ({ target }) => {
    followed = (target as unknown as TestElement).href;
  });
  document.querySelector("script")?.dispatchEvent(new Event(event));
  await turn();
  const textOf = (element: TestElement | null) => element?.textContent ?? "";
  return {
    status: textOf(document.querySelector("[role=status]")),
    hits: [...document.querySelectorAll("li")].map((item) =>
      textOf(item.querySelector("b"))
    ),
    kinds: [...document.querySelectorAll("li i")].map(textOf),
    marks: [...document.querySelectorAll("mark")].map(textOf),
    links: [...document.querySelectorAll("li a")].map(({ href }) => href),
    followed,
  };
}

Deno.test("search() finds a compound however its hyphen and its capitals are written", async () => {
  for (const query of ["pretraining", "pre-training", "Pre training"]) {
    const { hits, marks } = await found(query);
    assert.deepEqual(hits, ["Shiftline"], query);
    assert.deepEqual(marks, ["pre-training"], query);
  }
  assert.deepEqual((await found("finetuning")).hits, ["Shiftline"]);
  for (const query of ["mobilenet v3", "mobilenetv3", "MobileNet-V3"]) {
    assert.deepEqual((await found(query)).hits, ["Pruned"], query);
  }
  for (const query of ["resnet8", "res net 8", "ResNet-8"]) {
    assert.equal((await found(query)).hits[0], "ResNet-8", query);
  }
});

Deno.test("search() finds both spellings of English, and a word of which a longer form is asked", async () => {
  for (const query of ["color", "colour", "coloured"]) {
    assert.deepEqual((await found(query)).hits, ["Unseen tint"], query);
  }
  assert.deepEqual((await found("normalization")).hits, ["ResNet-8"]);
  for (const query of ["gray", "grayscale", "greyscale"]) {
    const { marks } = await found(query);
    assert.deepEqual(marks, ["Grey"], query);
  }
});

Deno.test("search() forgives one letter of a word that is nowhere, and says so", async () => {
  for (const query of ["resnt", "resbet", "ersnet", "rresnet", "resnet9"]) {
    const { hits, status } = await found(query);
    assert.equal(hits[0], "ResNet-8", query);
    assert.equal(status, `2 found for words like “${query}”`);
  }
  assert.equal((await found("resn")).status, "2 found");
  // What is there is not taken for something like it.
  assert.deepEqual((await found("seen")).hits, ["Shiftline"]);
  assert.equal((await found("rsnt")).status, "Nothing found.");
});

Deno.test("search() finds a word of four letters of which one was left out", async () => {
  const { hits, status } = await found("tnt");
  assert.deepEqual(hits, [
    "Unseen tint",
    "Weak tint",
    "Unseen tint, strong, over ResNet-8",
    "It stays below 5 points.",
  ]);
  assert.match(status, /for words like “tnt”/);
  // Any other letter wrong would be too much to guess from.
  assert.equal((await found("xnt")).status, "Nothing found.");
});

Deno.test("search() puts claims after pages, and sections that many pages have after all", async () => {
  const entries: SearchEntry[] = [
    {
      title: "A control is trained",
      kind: "claim",
      page: "One",
      href: "one/index.html#claim-a",
      text: "",
    },
    ...[1, 2, 3, 4].map((i): SearchEntry => ({
      title: "How to read the figures",
      kind: "experiment",
      page: `Page ${i}`,
      href: `page-${i}/index.html#reading`,
      text: "Training, and a grey band.",
    })),
    {
      title: "One",
      kind: "experiment",
      href: "one/index.html",
      text: "Of training.",
    },
  ];
  assert.deepEqual((await found("trained", { entries })).hits.slice(0, 3), [
    "One",
    "A control is trained",
    "How to read the figures",
  ]);
});

Deno.test("search() puts pages before their figures and parts, and says what each is", async () => {
  const { hits, kinds, links } = await found("unseen ti");
  assert.deepEqual(hits, [
    "Unseen tint",
    "Unseen tint, strong, over ResNet-8",
    "It stays below 5 points.",
  ]);
  assert.deepEqual(kinds, ["experiment", "figure", "claim"]);
  assert.equal(links[2], "../unseen-tint/index.html#claim-control");
});

Deno.test("search() finds a claim by the beginning of a word of its statement", async () => {
  assert.ok(
    (await found("stay poin")).hits.includes("It stays below 5 points."),
  );
});

Deno.test("search() puts names of stages after whatever is said in words", async () => {
  const { hits } = await found("stages strength");
  assert.deepEqual(hits, ["Weak tint", "Stages"]);
});

Deno.test("search() finds what has all of the words, and numbers as they are", async () => {
  assert.deepEqual((await found("tint 0.25")).hits, ["Unseen tint"]);
  assert.deepEqual((await found("tint 0.5")).hits, []);
  assert.deepEqual((await found("  ")).status, "");
});

Deno.test("search() finds the parts of a compound where the whole is somewhere else, and the whole first", async () => {
  const index = (title: string, text: string): SearchEntry => ({
    title,
    kind: "method",
    href: "method/index.html",
    text,
  });
  INDEX.push(
    index("A", "What lies in support of the data."),
    index("B", "inSupport"),
    index("C", "CIFAR-10.1 in version 6"),
  );
  try {
    for (const query of ["in-support", "in support"]) {
      const { hits } = await found(query);
      assert.deepEqual(hits.toSorted(), ["A", "B"], query);
    }
    assert.deepEqual((await found("in-support")).hits, ["B", "A"]);
    for (const query of ["cifar 10.1", "CIFAR10.1", "cifar-10.1"]) {
      assert.deepEqual((await found(query)).hits, ["C"], query);
    }
  } finally {
    INDEX.splice(-3);
  }
});

Deno.test("search() says that its index could not be loaded, tries again, and stays closed where the reader went on", async () => {
  assert.equal(
    (await found("tint", { event: "error" })).status,
    "The index of the search could not be loaded.",
  );
  assert.equal((await found("tint", { event: "load" })).status, "4 found");
  assert.equal((await found("tint", { leaves: true })).status, "");
});

Deno.test("search() goes to the first hit at Enter, also where the index is still on its way", async () => {
  const { links, followed } = await found("tint", { enters: true });
  assert.equal(followed, links[0]);
  assert.equal((await found("tint")).followed, undefined);
  const gone = await found("tint", { enters: true, leaves: true });
  assert.equal(gone.followed, undefined);
});
