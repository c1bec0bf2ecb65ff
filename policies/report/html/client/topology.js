/**
 * Draws the estate: groups within groups, laid out level by level with dagre, foldable; over it, when one is chosen, a
 * path. Everything that comes from a configuration is set as text, never as markup.
 */

/** @typedef {{id: number, kind: string, name: string, note?: string, parent?: number}} Group */
/** @typedef {{id: number, name: string, type: string, kind: string, parent: number, count: number, escaping?: true}} Thing */
/** @typedef {{from: number, to: number, kind: string, label: string}} Link */
/** @typedef {{x: number, y: number}} Point */
/** @typedef {{id: number, x: number, y: number, width: number, height: number, inner?: Layout}} Box */
/** @typedef {{width: number, height: number, boxes: Box[], edges: {points: Point[], count: number, kind: string, label: string}[]}} Layout */
/** @typedef {{from: number, to: number, index: number}} Hop */

/** The layout library, which stands in front of this script. @type {typeof import("@dagrejs/dagre")} */
const dagreLibrary = Reflect.get(globalThis, "dagre");

const SVG = "http://www.w3.org/2000/svg";
const NODE = { width: 190, height: 44 };
const PAD = { side: 14, top: 38, gap: 12 };
/** As many boxes as are shown at first; groups beyond are folded. */
const AT_FIRST = 70;

/** @param {string} name @param {Record<string, string | number>} attributes @param {...(SVGElement | string)} children */
const svg = (name, attributes, ...children) => {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, name));
  for (const key of Object.keys(attributes)) element.setAttribute(key, String(attributes[key]));
  element.append(...children);
  return element;
};

/** Of a path, the end tells more than the beginning. @param {string} text @param {number} length */
const cutFront = (text, length) => (text.length <= length ? text : `…${text.slice(1 - length)}`);

/** @param {string} text @param {number} length */
const cut = (text, length) => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

// biome-ignore lint/correctness/noUnusedVariables: main.js, which follows in the same script, uses it
class Topology {
  /** @param {HTMLElement} frame @param {{groups: Group[], nodes: Thing[], links: Link[]}} data */
  constructor(frame, data) {
    this.frame = frame;
    this.data = data;
    /** @type {Map<number, Group>} */
    this.groups = new Map(data.groups.map((group) => [group.id, group]));
    /** @type {Map<number, Thing>} */
    this.nodes = new Map(data.nodes.map((node) => [node.id, node]));
    /** @type {Map<number | undefined, number[]>} */
    this.children = new Map();
    for (const one of [...data.groups, ...data.nodes]) {
      const siblings = this.children.get(one.parent) ?? [];
      siblings.push(one.id);
      this.children.set(one.parent, siblings);
    }
    /** @type {Set<number>} */
    this.open = new Set();
    /** @type {Hop[]} */
    this.path = [];
    this.zoom = 0;
    this.unfoldSome();
  }

  /** Unfolds level by level as long as everything can be seen at once. */
  unfoldSome() {
    /** @type {number[]} */
    let level = (this.children.get(undefined) ?? []).filter((id) => this.groups.has(id));
    let shown = level.length;
    while (level.length > 0) {
      /** @type {number[]} */
      const next = [];
      for (const id of level) {
        const inner = this.children.get(id) ?? [];
        if (shown + inner.length > AT_FIRST) continue;
        shown += inner.length;
        this.open.add(id);
        next.push(...inner.filter((one) => this.groups.has(one)));
      }
      level = next;
    }
  }

  /** @param {boolean} open */
  unfoldAll(open) {
    this.open = new Set(open ? this.groups.keys() : []);
    this.draw();
  }

  /** @param {number} id @returns {number | undefined} */
  parentOf(id) {
    return (this.groups.get(id) ?? this.nodes.get(id))?.parent;
  }

  /** From the outermost group to the thing itself. @param {number} id @returns {number[]} */
  lineage(id) {
    const line = [id];
    for (let at = this.parentOf(id); at !== undefined; at = this.parentOf(at)) line.unshift(at);
    return line;
  }

  /** What is seen of a thing: itself, or the folded group that hides it. @param {number} id */
  seen(id) {
    const line = this.lineage(id);
    return line.find((one, i) => i === line.length - 1 || !this.open.has(one)) ?? id;
  }

  /** @param {Hop[]} path */
  show(path) {
    this.path = path;
    for (const { from, to } of path) {
      for (const end of [from, to]) for (const group of this.lineage(end).slice(0, -1)) this.open.add(group);
    }
    this.draw();
    const first = this.frame.querySelector(".trail");
    if (path.length > 0 && first) first.scrollIntoView({ block: "nearest", inline: "center" });
  }

  /** @param {number | undefined} group @returns {Layout} */
  layout(group) {
    const ids = this.children.get(group) ?? [];
    /** @type {Box[]} */
    const boxes = ids.map((id) => {
      if (this.groups.has(id) && this.open.has(id) && (this.children.get(id)?.length ?? 0) > 0) {
        const inner = this.layout(id);
        return {
          id,
          x: 0,
          y: 0,
          width: Math.max(inner.width + 2 * PAD.side, NODE.width),
          height: inner.height + PAD.top + PAD.side,
          inner,
        };
      }
      return { id, x: 0, y: 0, ...NODE };
    });
    const edges = this.between(group, new Set(ids));
    const linked = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
    const placed = this.ranked(
      boxes.filter((box) => linked.has(box.id)),
      edges,
    );
    const shelf = this.shelved(
      boxes.filter((box) => !linked.has(box.id)),
      placed.width,
    );
    const below = placed.height > 0 && shelf.height > 0 ? placed.height + PAD.gap : placed.height;
    for (const box of boxes) if (!linked.has(box.id)) box.y += below;
    return {
      width: Math.max(placed.width, shelf.width),
      height: below + shelf.height,
      boxes,
      edges: placed.edges,
    };
  }

  /** The links whose ends lie in two different children of a group. @param {number | undefined} group @param {Set<number>} ids */
  between(group, ids) {
    /** @type {Map<string, {from: number, to: number, count: number, kind: string, labels: Set<string>}>} */
    const found = new Map();
    for (const link of this.data.links) {
      const [from, to] = [this.childOn(link.from, group), this.childOn(link.to, group)];
      if (from === undefined || to === undefined || from === to || !ids.has(from) || !ids.has(to)) continue;
      const key = `${from} ${to} ${link.kind}`;
      const edge = found.get(key) ?? { from, to, count: 0, kind: link.kind, labels: new Set() };
      edge.count++;
      edge.labels.add(link.label);
      found.set(key, edge);
    }
    return [...found.values()];
  }

  /** @param {number} id @param {number | undefined} group */
  childOn(id, group) {
    const line = this.lineage(id);
    if (group === undefined) return line[0];
    const at = line.indexOf(group);
    return at < 0 ? undefined : line[at + 1];
  }

  /** @param {Box[]} boxes @param {{from: number, to: number, count: number, kind: string, labels: Set<string>}[]} edges */
  ranked(boxes, edges) {
    if (boxes.length === 0) return { width: 0, height: 0, edges: [] };
    const graph = new dagreLibrary.graphlib.Graph({ multigraph: true });
    graph.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 44, edgesep: 8 });
    for (const box of boxes) graph.setNode(String(box.id), { width: box.width, height: box.height });
    for (const edge of edges) graph.setEdge(String(edge.from), String(edge.to), {}, edge.kind);
    dagreLibrary.layout(graph);
    for (const box of boxes) {
      const { x, y } = graph.node(String(box.id));
      box.x = x - box.width / 2;
      box.y = y - box.height / 2;
    }
    const { width, height } = graph.graph();
    return {
      width,
      height,
      edges: edges.map((edge) => ({
        points: /** @type {Point[]} */ (graph.edge(String(edge.from), String(edge.to), edge.kind).points),
        count: edge.count,
        kind: edge.kind,
        label: [...edge.labels].sort().join(", "),
      })),
    };
  }

  /** Boxes without links, in rows; the tall ones first. @param {Box[]} boxes @param {number} least */
  shelved(boxes, least) {
    const area = boxes.reduce((sum, box) => sum + (box.width + PAD.gap) * (box.height + PAD.gap), 0);
    const wide = Math.max(least, Math.sqrt(area * 1.9), ...boxes.map((box) => box.width));
    let [x, y, row, width] = [0, 0, 0, 0];
    for (const box of [...boxes].sort((a, b) => b.height - a.height || a.id - b.id)) {
      if (x > 0 && x + box.width > wide) {
        y += row + PAD.gap;
        x = 0;
        row = 0;
      }
      box.x = x;
      box.y = y;
      x += box.width + PAD.gap;
      row = Math.max(row, box.height);
      width = Math.max(width, x - PAD.gap);
    }
    return { width, height: boxes.length === 0 ? 0 : y + row };
  }

  draw() {
    const layout = this.layout(undefined);
    /** @type {Map<number, Box>} */
    this.placed = new Map();
    const [width, height] = [layout.width + 2 * PAD.side, layout.height + 2 * PAD.side];
    const fit = Math.min(1, Math.max(0.35, (this.frame.clientWidth - 4) / width));
    const scale = fit * 1.25 ** this.zoom;
    const root = svg("svg", {
      viewBox: `0 0 ${width} ${height}`,
      width: Math.round(width * scale),
      height: Math.round(height * scale),
      role: "group",
      "aria-label": "Topology: places, networks and what stands in them",
    });
    root.append(this.arrowheads(), this.drawLayout(layout, PAD.side, PAD.side), this.drawPath());
    this.frame.replaceChildren(root);
  }

  arrowheads() {
    const heads = ["network", "flow", "trail"].map((kind) =>
      svg(
        "marker",
        {
          id: `head-${kind}`,
          viewBox: "0 0 10 10",
          refX: 9,
          refY: 5,
          markerWidth: kind === "trail" ? 14 : 8,
          markerHeight: kind === "trail" ? 14 : 8,
          markerUnits: "userSpaceOnUse",
          orient: "auto-start-reverse",
        },
        svg("path", { class: `head head-${kind}`, d: "M0 0L10 5L0 10z" }),
      ),
    );
    return svg("defs", {}, ...heads);
  }

  /** @param {Layout} layout @param {number} dx @param {number} dy @returns {SVGElement} */
  drawLayout(layout, dx, dy) {
    const layer = svg("g", {});
    for (const box of layout.boxes) {
      const at = { ...box, x: box.x + dx, y: box.y + dy };
      this.placed?.set(box.id, at);
      const group = this.groups.get(box.id);
      layer.append(
        group ? this.drawGroup(group, at) : this.drawNode(/** @type {Thing} */ (this.nodes.get(box.id)), at),
      );
    }
    for (const edge of layout.edges) {
      const [first, ...rest] = edge.points.map(({ x, y }) => `${Math.round(x + dx)} ${Math.round(y + dy)}`);
      layer.append(
        svg(
          "path",
          { class: `edge ${edge.kind}`, d: `M${first}L${rest.join(" ")}`, "marker-end": `url(#head-${edge.kind})` },
          svg("title", {}, `${edge.label}${edge.count > 1 ? ` (${edge.count})` : ""}`),
        ),
      );
    }
    return layer;
  }

  /** @param {Group} group @param {Box} box */
  drawGroup(group, box) {
    const isOpen = box.inner !== undefined;
    const size = this.sizeOf(group.id);
    const note = [group.note, isOpen ? undefined : `${size} inside`].filter(Boolean).join(" · ");
    const head = svg(
      "g",
      {
        class: "fold",
        role: "button",
        tabindex: 0,
        "aria-expanded": String(isOpen),
        "aria-description": `${group.kind} ${group.name}${note ? `, ${note}` : ""}`,
      },
      svg("rect", { class: "grip", x: box.x, y: box.y, width: box.width, height: isOpen ? 30 : box.height, rx: 8 }),
      svg("text", { class: "caret", "aria-hidden": "true", x: box.x + 10, y: box.y + 20 }, isOpen ? "▾" : "▸"),
      svg(
        "text",
        { class: "title", x: box.x + 26, y: box.y + 20 },
        (group.kind === "stack" ? cutFront : cut)(
          isOpen && note ? `${group.name} · ${note}` : group.name,
          Math.floor((box.width - 30) / 8.2),
        ),
      ),
    );
    if (!isOpen) head.append(svg("text", { class: "type", x: box.x + 26, y: box.y + 36 }, cut(note, 24)));
    const toggle = () => {
      if (isOpen) this.open.delete(group.id);
      else this.open.add(group.id);
      this.draw();
      /** @type {HTMLElement | null} */ (this.frame.querySelector(`[data-group="${group.id}"] > .fold`))?.focus();
    };
    head.addEventListener("click", toggle);
    head.addEventListener("keydown", (event) => {
      const { key } = /** @type {KeyboardEvent} */ (event);
      if (key !== "Enter" && key !== " ") return;
      event.preventDefault();
      toggle();
    });
    const frame = svg("rect", { class: "frame", x: box.x, y: box.y, width: box.width, height: box.height, rx: 8 });
    frame.append(svg("title", {}, `${group.kind} ${group.name}`));
    const element = svg("g", { class: `group ${group.kind}`, "data-group": group.id }, frame, head);
    if (box.inner) {
      const slack = (box.width - 2 * PAD.side - box.inner.width) / 2;
      element.append(this.drawLayout(box.inner, box.x + PAD.side + Math.max(0, slack), box.y + PAD.top));
    }
    return element;
  }

  /** How many resources a group holds. @param {number} id @returns {number} */
  sizeOf(id) {
    const node = this.nodes.get(id);
    return node ? node.count : (this.children.get(id) ?? []).reduce((sum, one) => sum + this.sizeOf(one), 0);
  }

  /** @param {Thing} node @param {Box} box */
  drawNode(node, box) {
    return svg(
      "g",
      { class: `node ${node.kind}${node.escaping ? " escaping" : ""}`, "data-node": node.id },
      svg("title", {}, `${node.type} ${node.name}`),
      svg("rect", { class: "card", x: box.x, y: box.y, width: box.width, height: box.height, rx: 6 }),
      svg("rect", { class: "stripe", x: box.x, y: box.y + 6, width: 4, height: box.height - 12, rx: 2 }),
      svg("text", { class: "title", x: box.x + 12, y: box.y + 19 }, cut(node.name, 22)),
      svg("text", { class: "type", x: box.x + 12, y: box.y + 35 }, cut(node.type.replace(/^aws_/, ""), 26)),
    );
  }

  drawPath() {
    const layer = svg("g", { class: "trails" });
    let number = 0;
    for (const hop of this.path) {
      const [from, to] = [this.placed?.get(this.seen(hop.from)), this.placed?.get(this.seen(hop.to))];
      if (!from || !to) continue;
      for (const box of [from, to]) {
        layer.append(
          svg("rect", {
            class: "ring",
            x: box.x - 3,
            y: box.y - 3,
            width: box.width + 6,
            height: box.height + 6,
            rx: 9,
          }),
        );
      }
      if (from.id === to.id) continue;
      number++;
      layer.append(...this.drawHop(this.curve(from, to), number));
    }
    return layer;
  }

  /** @param {Point[]} curve start, both control points, end @param {number} number */
  drawHop([start, out, back, end], number) {
    // The middle of the curve (de Casteljau at one half).
    const x = (start.x + 3 * out.x + 3 * back.x + end.x) / 8;
    const y = (start.y + 3 * out.y + 3 * back.y + end.y) / 8;
    const [, ...rest] = [start, out, back, end].map((point) => `${point.x} ${point.y}`);
    return [
      svg("path", {
        class: "trail",
        d: `M${start.x} ${start.y}C${rest.join(" ")}`,
        "marker-end": "url(#head-trail)",
      }),
      svg("circle", { class: "step", cx: x, cy: y, r: 11 }),
      svg("text", { class: "number", x, y: y + 4, "text-anchor": "middle" }, String(number)),
    ];
  }

  /** From side to side where the boxes stand beside each other, else around the right of both. @param {Box} from @param {Box} to */
  curve(from, to) {
    const middle = (/** @type {Box} */ box) => box.y + (box.inner ? 15 : box.height / 2);
    const [left, right] = [(/** @type {Box} */ box) => box.x, (/** @type {Box} */ box) => box.x + box.width];
    const [y, ty] = [middle(from), middle(to)];
    const beside = right(from) <= left(to) || right(to) <= left(from);
    if (!beside) {
      const x = Math.max(right(from), right(to)) + 46;
      return [
        { x: right(from), y },
        { x, y },
        { x, y: ty },
        { x: right(to), y: ty },
      ];
    }
    const forth = right(from) <= left(to);
    const [start, end] = forth ? [right(from), left(to)] : [left(from), right(to)];
    const bend = (forth ? 1 : -1) * Math.max(30, Math.abs(end - start) / 2);
    return [
      { x: start, y },
      { x: start + bend, y },
      { x: end - bend, y: ty },
      { x: end, y: ty },
    ];
  }
}
