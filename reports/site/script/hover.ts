/// <reference lib="dom" />
/**
 * What a figure tells of the mark under the pointer or the focus, or chosen
 * from its list, as it runs in the browser.
 *
 * @module
 */

/**
 * Shows the title of a mark outside of the drawing, raises the mark above those
 * that hide it, and draws an arrow to it from the line, where there is one. The
 * nearest mark is that of a mouse or a touch; a click goes on among those that
 * overlap. Each figure is one stop of the tab key, arrow keys go from mark to
 * mark, Home and End to the first and the last, Escape closes; a list below the
 * drawing has all of them. Uses nothing of this module: its text is what the
 * site serves.
 */
export function hover(document: Document): void {
  const reach = { mouse: 24, touch: 44 };
  /** Pixels between the middles of marks that overlap. */
  const close = 8;

  const enhance = (drawing: SVGSVGElement, box: HTMLElement) => {
    const points = [...drawing.querySelectorAll<SVGElement>(":scope * > title")]
      .map((title) => {
        const element = title.parentElement as unknown as SVGElement;
        const text = title.textContent ?? "";
        // The browser would show it a second time.
        title.remove();
        element.setAttribute("role", "img");
        element.setAttribute("aria-label", text);
        element.setAttribute("tabindex", "-1");
        const [name = "", ...lines] = text.split("\n");
        return { element, name, lines };
      });
    type Point = typeof points[number];
    if (points.length === 0) return;
    // What is inside an image cannot be reached.
    drawing.setAttribute("role", "group");
    const [name = "", about = ""] =
      drawing.getAttribute("aria-labelledby")?.split(" ") ?? [];
    drawing.setAttribute("aria-labelledby", name);
    drawing.setAttribute("aria-describedby", about);

    const make = (tag: string, text: string, parent: Element) => {
      const made = document.createElement(tag);
      made.textContent = text;
      parent.append(made);
      return made;
    };
    const list = document.createElement("select");
    list.className = "marks";
    const title = drawing.querySelector("title")?.textContent ?? "";
    list.setAttribute("aria-label", `Marks of the figure: ${title}`);
    make("option", `Go to a point (${points.length})`, list);
    for (const { name } of points) make("option", name, list);
    // Of so few each is in sight, and the arrow keys are there.
    if (points.length >= 5) (drawing.closest(".scroll") ?? drawing).after(list);

    const tip = make("div", "", box);
    tip.className = "tip";
    tip.hidden = true;
    tip.setAttribute("aria-hidden", "true");
    /** What was chosen from the list, for those who do not see the tip. */
    const said = make("span", "", box);
    said.className = "said";
    said.setAttribute("role", "status");
    const over = document.createElementNS(
      "http://www.w3.org/2000/svg",
      "g",
    );
    over.setAttribute("class", "over");
    over.setAttribute("aria-hidden", "true");
    drawing.append(over);
    let shown: Point | undefined;

    const middle = ({ element }: Point) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    };
    const sorted = (axis: "x" | "y") =>
      points.map((point) => ({ point, at: middle(point) }))
        .sort((a, b) => axis === "x" ? a.at.x - b.at.x : b.at.y - a.at.y)
        .map(({ point }) => point);
    /** The marks of a place, those that are hidden too. */
    const around = (point: Point) => {
      const at = middle(point);
      return points.filter((other) => {
        const { x, y } = middle(other);
        return Math.hypot(x - at.x, y - at.y) <= close;
      });
    };

    /** The mark once more, above all others. */
    const raise = ({ element }: Point) => {
      const copy = element.cloneNode(true) as SVGElement;
      for (const name of ["role", "aria-label", "tabindex"]) {
        copy.removeAttribute(name);
      }
      const group = element.parentElement as Element | null;
      if (group === null || group === drawing) over.append(copy);
      else {
        const look = group.cloneNode(false) as Element;
        look.append(copy);
        over.append(look);
      }
    };
    /** An arrow from the line straight up or down to the mark. */
    const point = ({ element }: Point) => {
      const [x1, y1, x2, y2 = y1] =
        (drawing.querySelector(".line")?.getAttribute("d") ?? "")
          .match(/-?[\d.]+/g)?.map(Number) ?? [];
      if (x1 === undefined || y1 === undefined) return;
      const [x, y] = ["x", "y"].map((name) =>
        Number(element.getAttribute(name))
      ) as [number, number];
      const from = y1 + (x - x1) / ((x2 ?? 0) - x1) * ((y2 ?? 0) - y1);
      const up = Math.sign(y - from);
      const arrow = document.createElementNS(
        "http://www.w3.org/2000/svg",
        "path",
      );
      // The mark itself hides a shorter one.
      const head = Math.abs(y - from) < 10
        ? ""
        : `m-3,${-4 * up}l3,${4 * up} 3,${-4 * up}`;
      arrow.setAttribute(
        "d",
        `M${x},${from}V${y - (head === "" ? 0 : 5 * up)}${head}`,
      );
      over.append(arrow);
    };
    /** Puts the words where no mark is: right of the drawing, below it or above it. */
    const place = (shown: Point) => {
      const at = middle(shown);
      const room = box.getBoundingClientRect();
      const area = drawing.getBoundingClientRect();
      const { clientWidth, clientHeight } = document.documentElement;
      const free = clientWidth - room.right - 24;
      const beside = free >= 200 && box.closest(".panels, .beside") === null;
      tip.style.maxWidth = beside ? `${Math.min(free, 352)}px` : "";
      const { offsetWidth: width, offsetHeight: height } = tip;
      const within = (value: number, low: number, high: number) =>
        Math.max(Math.min(value, high), low);
      const below = 4 + Math.max(
        area.bottom,
        list.isConnected ? list.getBoundingClientRect().bottom : 0,
      );
      const last = clientHeight - height - 8;
      const top = beside
        ? within(
          at.y - height / 2,
          Math.max(area.top, 8),
          Math.min(area.bottom - height, last),
        )
        : below <= last
        ? below
        : area.top - height - 4 >= 8
        ? area.top - height - 4
        // The drawing is taller than the window.
        : at.y < last - 12
        ? last
        : 8;
      tip.style.left = `${
        beside
          ? room.width + 8
          : within(at.x - room.left - width / 2, 0, room.width - width)
      }px`;
      tip.style.top = `${top - room.top}px`;
    };

    const hide = () => {
      tip.hidden = true;
      over.replaceChildren();
      said.textContent = "";
      shown = undefined;
    };
    const show = (found: Point, hint = "") => {
      shown = found;
      over.replaceChildren();
      point(found);
      raise(found);
      tip.replaceChildren();
      make("b", found.name, tip);
      const others = around(found).filter((other) => other !== found);
      const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
      const names = others.slice(0, 3).map(({ name }) => name).join("; ");
      for (
        const line of [
          ...found.lines,
          others.length > 0
            ? `Also here: ${names}${more} (click to go on)`
            : "",
          hint,
        ]
      ) if (line !== "") make("span", line, tip);
      tip.hidden = false;
      place(found);
    };
    const nearest = (event: PointerEvent) => {
      let best: { point: Point; distance: number } | undefined;
      for (const point of points) {
        const { x, y } = middle(point);
        const distance = Math.hypot(x - event.clientX, y - event.clientY);
        if (distance < (best?.distance ?? Infinity)) best = { point, distance };
      }
      const far = event.pointerType === "mouse" ? reach.mouse : reach.touch;
      return best !== undefined && best.distance <= far
        ? best.point
        : undefined;
    };

    /** The mark that the tab key leads to. */
    let stop = sorted("x")[0] ?? points[0];
    stop?.element.setAttribute("tabindex", "0");
    const go = (point: Point | undefined) => {
      if (point === undefined) return;
      stop?.element.setAttribute("tabindex", "-1");
      stop = point;
      point.element.setAttribute("tabindex", "0");
      // The mark that has the focus already hears nothing of it.
      if (document.activeElement === point.element) show(point);
      else point.element.focus();
    };

    drawing.addEventListener("pointermove", (event) => {
      const found = nearest(event);
      if (found === undefined) hide();
      else if (shown === undefined || !around(found).includes(shown)) {
        show(found);
      }
    });
    drawing.addEventListener("pointerdown", (event) => {
      const found = nearest(event);
      if (found === undefined) return hide();
      const here = around(found);
      const at = shown === undefined ? -1 : here.indexOf(shown);
      go(at < 0 ? found : here[(at + 1) % here.length]);
    });
    // The topmost mark would get the focus, whichever is shown.
    drawing.addEventListener("mousedown", (event) => event.preventDefault());
    drawing.addEventListener("pointerleave", ({ pointerType }) => {
      const stays = stop?.element === document.activeElement;
      if (pointerType === "mouse" && !stays) hide();
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (!box.contains(target as Node)) hide();
    });
    list.addEventListener("change", () => {
      const chosen = points[list.selectedIndex - 1];
      if (chosen === undefined) hide();
      else {
        show(chosen);
        said.textContent = chosen.lines.join("; ");
      }
    });
    // A drawing that listens for the focus would itself be a stop in Chromium.
    box.addEventListener("focusin", ({ target }) => {
      const found = points.find(({ element }) => element === target);
      if (found === undefined) return;
      const place = sorted("x").indexOf(found) + 1;
      show(
        found,
        `${place} of ${points.length}: arrow keys go on, Escape closes`,
      );
    });
    box.addEventListener("focusout", hide);
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && shown !== undefined) hide();
    });
    drawing.addEventListener("keydown", (event) => {
      const step = {
        ArrowLeft: -1,
        ArrowRight: 1,
        ArrowDown: -1,
        ArrowUp: 1,
        Home: -Infinity,
        End: Infinity,
      }[event.key];
      if (
        step === undefined || event.ctrlKey || event.metaKey || event.altKey
      ) {
        return;
      }
      event.preventDefault();
      const upright = event.key === "ArrowUp" || event.key === "ArrowDown";
      const order = sorted(upright ? "y" : "x");
      const here = order.findIndex(({ element }) => element === stop?.element);
      go(order[Math.min(Math.max(here + step, 0), order.length - 1)]);
    });
  };

  for (
    const drawing of document.querySelectorAll<SVGSVGElement>(
      ".drawing svg.plot",
    )
  ) {
    const box = drawing.closest<HTMLElement>(".drawing");
    if (box !== null) enhance(drawing, box);
  }
}
