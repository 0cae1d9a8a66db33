/// <reference lib="dom" />
/**
 * What a figure tells of the point under the pointer or the focus, as it runs
 * in the browser.
 *
 * @module
 */

/**
 * Shows the title of the nearest point beside it, whether one points, touches
 * or uses the keyboard: each figure is one stop of the tab key, arrow keys go
 * from point to point, Home and End to the first and the last, Escape closes.
 * Uses nothing of this module: its text is what the site serves.
 */
export function hover(document: Document): void {
  const reach = { mouse: 24, touch: 44 };

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
        return { element, text };
      });
    if (points.length === 0) return;
    // What is inside an image cannot be reached.
    drawing.setAttribute("role", "group");
    const [name = "", about = ""] =
      drawing.getAttribute("aria-labelledby")?.split(" ") ?? [];
    drawing.setAttribute("aria-labelledby", name);
    drawing.setAttribute("aria-describedby", about);

    const tip = document.createElement("div");
    tip.className = "tip";
    tip.hidden = true;
    tip.setAttribute("aria-hidden", "true");
    box.append(tip);
    let shown: SVGElement | undefined;

    const middle = (element: Element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    };
    const sorted = (axis: "x" | "y") =>
      points.map((point) => ({ point, at: middle(point.element) }))
        .sort((a, b) => axis === "x" ? a.at.x - b.at.x : b.at.y - a.at.y)
        .map(({ point }) => point);

    const hide = () => {
      tip.hidden = true;
      shown?.classList.remove("on");
      shown = undefined;
    };
    const show = ({ element, text }: typeof points[number], hint = "") => {
      shown?.classList.remove("on");
      shown = element;
      element.classList.add("on");
      const [title = "", ...lines] = text.split("\n");
      const strong = document.createElement("b");
      strong.textContent = title;
      tip.replaceChildren(strong);
      for (const line of [...lines, hint]) {
        if (line === "") continue;
        const row = document.createElement("span");
        row.textContent = line;
        tip.append(row);
      }
      tip.hidden = false;
      const at = middle(element);
      const room = box.getBoundingClientRect();
      const { offsetWidth: width, offsetHeight: height } = tip;
      const left = Math.min(
        Math.max(at.x - room.left - width / 2, 0),
        room.width - width,
      );
      const above = at.y - room.top - height - 14;
      tip.style.left = `${Math.max(left, 0)}px`;
      tip.style.top = `${
        above < 0 && at.y - height < 20 ? at.y - room.top + 14 : above
      }px`;
    };
    const nearest = (event: PointerEvent) => {
      let best: { point: typeof points[number]; distance: number } | undefined;
      for (const point of points) {
        const { x, y } = middle(point.element);
        const distance = Math.hypot(x - event.clientX, y - event.clientY);
        if (distance < (best?.distance ?? Infinity)) best = { point, distance };
      }
      const far = event.pointerType === "mouse" ? reach.mouse : reach.touch;
      return best !== undefined && best.distance <= far
        ? best.point
        : undefined;
    };

    /** The point that the tab key leads to. */
    let stop = sorted("x")[0] ?? points[0];
    stop?.element.setAttribute("tabindex", "0");
    const go = (point: typeof points[number] | undefined) => {
      if (point === undefined) return;
      stop?.element.setAttribute("tabindex", "-1");
      stop = point;
      point.element.setAttribute("tabindex", "0");
      point.element.focus();
    };

    const point = (event: PointerEvent) => {
      const found = nearest(event);
      if (found === undefined) hide();
      else if (found.element !== shown) show(found);
    };
    drawing.addEventListener("pointermove", point);
    drawing.addEventListener("pointerdown", point);
    drawing.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") hide();
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (!drawing.contains(target as Node)) hide();
    });
    drawing.addEventListener("focusin", ({ target }) => {
      const found = points.find(({ element }) => element === target);
      if (found === undefined || found.element === shown) return;
      const place = sorted("x").indexOf(found) + 1;
      show(
        found,
        `${place} of ${points.length}: arrow keys go on, Escape closes`,
      );
    });
    drawing.addEventListener("focusout", hide);
    drawing.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return hide();
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
