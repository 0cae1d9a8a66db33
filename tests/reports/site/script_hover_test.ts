/** The script of figures on a document that is no browser: places are those of the drawing. */
import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { hover } from "../../../reports/site/script/hover.ts";

interface TestElement {
  readonly classList: { contains(name: string): boolean };
  readonly textContent: string;
  hidden: boolean;
  getAttribute(name: string): string | null;
  querySelector(selector: string): TestElement | null;
  querySelectorAll(selector: string): Iterable<TestElement>;
  dispatchEvent(event: Event): boolean;
}

const PAGE = `<body><div class="drawing">
<svg class="plot" role="img" aria-labelledby="a b" id="one"><title id="a">A title</title><desc id="b">About</desc>
<g><use x="50" y="10"><title>right\n1%</title></use><use x="10" y="20"><title>left\n2%</title></use></g>
<use x="30" y="90"><title>low\n3%</title></use></svg></div><p id="out"></p></body>`;

/** The page with its script run, and what one does with it. */
function opened() {
  const { document, Event } = parseHTML(PAGE) as unknown as {
    readonly document: TestElement & { readonly activeElement: unknown };
    readonly Event: new (name: string, options: EventInit) => Event;
  };
  const found = (selector: string) => {
    const element = document.querySelector(selector);
    assert.ok(element, selector);
    return element;
  };
  for (const use of document.querySelectorAll("use, div, svg")) {
    const place = (name: string) => Number(use.getAttribute(name) ?? 0) - 1;
    Object.assign(use, {
      getBoundingClientRect: () => ({
        left: place("x"),
        top: place("y"),
        width: 2,
        height: 2,
      }),
      focus: () => fire(use, "focusin"),
    });
  }
  const fire = (on: TestElement, name: string, more: object = {}) => {
    const event = new Event(name, { bubbles: true, cancelable: true });
    on.dispatchEvent(Object.assign(event, more));
    return event;
  };
  hover(document as unknown as Document);
  const drawing = found("svg");
  return {
    drawing,
    tip: found(".tip"),
    stop: () => found('[tabindex="0"]'),
    stops: () => [...document.querySelectorAll('[tabindex="0"]')].length,
    key: (key: string) => fire(found('[tabindex="0"]'), "keydown", { key }),
    focus: () => fire(found('[tabindex="0"]'), "focusin"),
    point: (name: string, x: number, y: number, pointerType = "mouse") =>
      fire(drawing, name, { clientX: x, clientY: y, pointerType }),
    elsewhere: () => fire(found("#out"), "pointerdown"),
  };
}

Deno.test("hover() makes each drawing one stop of the tab key, with a name for every point", () => {
  const { drawing, stops, stop } = opened();
  assert.equal(stops(), 1);
  assert.equal(stop().getAttribute("aria-label"), "left\n2%");
  assert.equal(drawing.getAttribute("role"), "group");
  assert.equal(drawing.getAttribute("aria-labelledby"), "a");
  assert.equal(drawing.getAttribute("aria-describedby"), "b");
  assert.equal(drawing.querySelector("use title"), null);
});

Deno.test("hover() goes from point to point by arrow keys, Home and End", () => {
  const { key, stop, stops, focus, tip } = opened();
  focus();
  assert.match(tip.textContent, /^left2%1 of 3/);
  const labels = ["ArrowRight", "ArrowRight", "ArrowRight", "Home", "End"]
    .map((name) => {
      assert.ok(key(name).defaultPrevented);
      return stop().getAttribute("aria-label")?.split("\n")[0];
    });
  assert.deepEqual(labels, ["low", "right", "right", "left", "right"]);
  key("ArrowDown");
  assert.match(stop().getAttribute("aria-label") ?? "", /^left/);
  key("ArrowDown");
  assert.match(stop().getAttribute("aria-label") ?? "", /^low/);
  assert.equal(stops(), 1);
  assert.ok(!key("a").defaultPrevented);
});

Deno.test("hover() closes at Escape", () => {
  const { key, focus, tip } = opened();
  focus();
  assert.equal(tip.hidden, false);
  key("Escape");
  assert.equal(tip.hidden, true);
});

Deno.test("hover() shows the nearest point to a mouse that is near, and none to one that is far", () => {
  const { point, tip } = opened();
  point("pointermove", 45, 12);
  assert.equal(tip.textContent, "right1%");
  point("pointermove", 30, 55);
  assert.equal(tip.hidden, true);
  point("pointermove", 12, 22);
  point("pointerleave", 0, 0);
  assert.equal(tip.hidden, true);
});

Deno.test("hover() takes a touch from farther away, and keeps it until one touches elsewhere", () => {
  const { point, elsewhere, tip } = opened();
  point("pointerdown", 30, 55, "touch");
  assert.equal(tip.hidden, false);
  point("pointerleave", 30, 55, "touch");
  assert.equal(tip.hidden, false);
  elsewhere();
  assert.equal(tip.hidden, true);
});
