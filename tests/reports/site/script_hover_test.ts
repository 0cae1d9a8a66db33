/** The script of figures on a document that is no browser: places are those of the drawing. */
import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import { hover } from "../../../reports/site/script/hover.ts";

interface TestElement {
  readonly textContent: string;
  readonly style: { readonly left: string; readonly top: string };
  hidden: boolean;
  selectedIndex: number;
  offsetWidth: number;
  offsetHeight: number;
  getAttribute(name: string): string | null;
  querySelector(selector: string): TestElement | null;
  querySelectorAll(selector: string): Iterable<TestElement>;
  dispatchEvent(event: Event): boolean;
}

const MARKS = `<path class="line" d="M0,40L100,60"/>
<g fill="red"><use x="50" y="10"><title>right\n1%</title></use><use x="10" y="20"><title>left\n2%</title></use></g>
<use x="30" y="90"><title>low\n3%</title></use>`;

/** As many marks as have a list. */
const MANY = `${MARKS}${
  ["four", "five"].map((name, i) =>
    `<use x="${80 + i}" y="90"><title>${name}\n${4 + i}%</title></use>`
  ).join("")
}`;

/** A page with its script run, and what one does with it. */
function opened({ marks = MARKS, width = 300, height = 800 } = {}) {
  const { document, Event } = parseHTML(
    `<body><div class="drawing" x="101" width="100" height="100">
<svg class="plot" role="img" aria-labelledby="a b" id="one" x="101" width="100" height="100"><title id="a">A title</title><desc id="b">About</desc>
${marks}</svg></div><p id="out"></p></body>`,
  ) as unknown as {
    readonly document: TestElement & {
      readonly activeElement: unknown;
      readonly documentElement: object;
    };
    readonly Event: new (name: string, options: EventInit) => Event;
  };
  const found = (selector: string) => {
    const element = document.querySelector(selector);
    assert.ok(element, selector);
    return element;
  };
  Object.assign(document.documentElement, {
    clientWidth: width,
    clientHeight: height,
  });
  for (const element of document.querySelectorAll("use, div, svg")) {
    const of = (name: string, otherwise: number) =>
      Number(element.getAttribute(name) ?? otherwise);
    const [left, top] = [of("x", 0) - 1, of("y", 1) - 1];
    const [w, h] = [of("width", 2), of("height", 2)];
    Object.assign(element, {
      getBoundingClientRect: () => ({
        left,
        top,
        width: w,
        height: h,
        right: left + w,
        bottom: top + h,
      }),
      focus: () => fire(element, "focusin"),
    });
  }
  const fire = (on: TestElement, name: string, more: object = {}) => {
    const event = new Event(name, { bubbles: true, cancelable: true });
    on.dispatchEvent(Object.assign(event, more));
    return event;
  };
  hover(document as unknown as Document);
  const drawing = found("svg");
  const list = document.querySelector("select");
  if (list !== null) {
    Object.assign(list, { getBoundingClientRect: () => ({ bottom: 120 }) });
  }
  const tip = found(".tip");
  Object.assign(tip, { offsetWidth: 60, offsetHeight: 40 });
  return {
    drawing,
    list,
    tip,
    said: found(".said"),
    escape: () => fire(found("#out"), "keydown", { key: "Escape" }),
    over: () => found(".over"),
    choose: (index: number) => {
      assert.ok(list);
      list.selectedIndex = index;
      fire(list, "change");
    },
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

Deno.test("hover() closes at Escape whatever opened it, and says what is chosen from the list", () => {
  const { point, escape, choose, said, tip } = opened({ marks: MANY });
  point("pointermove", 45, 12);
  assert.equal(tip.hidden, false);
  escape();
  assert.equal(tip.hidden, true);
  choose(2);
  assert.equal(tip.hidden, false);
  assert.equal(said.textContent, "2%");
  escape();
  assert.equal(tip.hidden, true);
  assert.equal(said.textContent, "");
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

Deno.test("hover() draws an arrow from the line to the mark, and the mark above all others in the look of its group", () => {
  const { point, over, tip } = opened();
  point("pointermove", 50, 10);
  assert.equal(
    over().querySelector("path")?.getAttribute("d"),
    "M50,50V15m-3,4l3,-4 3,4",
  );
  const raised = over().querySelector("g use");
  assert.equal(raised?.getAttribute("x"), "50");
  assert.equal(raised?.getAttribute("tabindex"), null);
  assert.equal(over().querySelector("g")?.getAttribute("fill"), "red");
  point("pointermove", 30, 90);
  assert.match(
    over().querySelector("path")?.getAttribute("d") ?? "",
    /^M30,46V85m-3,-4l/,
  );
  point("pointermove", 0, 300);
  assert.equal(tip.hidden, true);
  assert.equal(over().querySelector("use, path"), null);
});

Deno.test("hover() draws no arrow in a figure without a line, and one without a head to a mark on it", () => {
  const use = (y: number) => `<use x="40" y="${y}"><title>one</title></use>`;
  const arrow = (marks: string) => {
    const { focus, over } = opened({ marks });
    focus();
    return over().querySelector("path")?.getAttribute("d") ?? null;
  };
  assert.equal(arrow(use(20)), null);
  assert.equal(
    arrow(`<path class="line" d="M0,24H90"/>${use(20)}`),
    "M40,24V20",
  );
});

Deno.test("hover() puts the words right of the drawing where the window has room, else below its list, else above it", () => {
  const at = (
    window: { width?: number; height?: number; marks?: string },
  ) => {
    const { point, tip } = opened({ marks: MANY, ...window });
    point("pointermove", 50, 10);
    return [tip.style.left, tip.style.top];
  };
  // The drawing is at x = 100, 100 wide and high; its list ends at y = 120.
  assert.deepEqual(at({ width: 424 }), ["108px", "8px"]);
  assert.deepEqual(at({ width: 423 }), ["0px", "124px"]);
  // So few marks have none.
  assert.deepEqual(at({ width: 423, marks: MARKS }), ["0px", "104px"]);
  // A window that the drawing fills has them at its lower end.
  assert.deepEqual(at({ height: 120 }), ["0px", "72px"]);
});

Deno.test("hover() names the marks that one mark hides, and goes on among them at a click", () => {
  const { point, tip } = opened({
    marks: ["one", "two", "three"].map((name, i) =>
      `<use x="${40 + i}" y="20"><title>${name}\n${i}%</title></use>`
    ).join(""),
  });
  point("pointermove", 40, 20);
  assert.equal(tip.textContent, "one0%Also here: two; three (click to go on)");
  point("pointerdown", 40, 20);
  assert.match(tip.textContent, /^two1%Also here: one; three/);
  // A hand that trembles does not go back.
  point("pointermove", 41, 20);
  assert.match(tip.textContent, /^two/);
  point("pointerdown", 40, 20);
  point("pointerdown", 40, 20);
  assert.match(tip.textContent, /^one/);
});

Deno.test("hover() lists no marks where there are few", () => {
  assert.equal(opened().list, null);
});

Deno.test("hover() lists every mark below its drawing, and shows the one that is chosen", () => {
  const { list, choose, tip } = opened({ marks: MANY });
  assert.ok(list);
  assert.equal(list.getAttribute("aria-label"), "Marks of the figure: A title");
  assert.deepEqual(
    [...list.querySelectorAll("option")].map((one) => one.textContent),
    ["Go to a point (5)", "right", "left", "low", "four", "five"],
  );
  choose(3);
  assert.equal(tip.textContent, "low3%");
  choose(0);
  assert.equal(tip.hidden, true);
});
