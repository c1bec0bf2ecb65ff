/** Brings the page to life: without this script it is all there to read, but for the topology. */

/** @typedef {{from: string, to: string, by: string}} Step */
/** @typedef {{stack: string, resource: string, steps: Step[]}} Escape */
/** @typedef {{from: string, to: string, channel: string, possible?: true}} Flow */
/**
 * @typedef {{
 *   groups: any[], nodes: any[], links: any[], at: Record<string, number>,
 *   escapes: Escape[], flows: Flow[], names: string[],
 * }} View
 */

{
  const view = /** @type {View} */ (JSON.parse(document.getElementById("view")?.textContent ?? "{}"));
  const at = new Map(Object.entries(view.at));
  const frame = document.getElementById("topology-frame");
  const topology = frame ? new Topology(frame, view) : undefined;

  /** By address alone, for steps, which name no stack: the first that has it. @type {Map<string, number>} */
  const byAddress = new Map();
  for (const [key, id] of at) {
    const address = key.slice(key.indexOf("\u0000") + 1);
    if (!byAddress.has(address)) byAddress.set(address, id);
  }

  /** @param {string} stack @param {string} name */
  const find = (stack, name) => at.get(`${stack}\u0000${name}`) ?? byAddress.get(name);

  /**
   * Where a path goes: from drawn thing to drawn thing. Names that are not drawn are passed over, and so is what only
   * holds the thing that the path is at.
   * @param {Step[]} steps @param {string} stack
   */
  const hops = (steps, stack) => {
    /** @type {{from: number, to: number, index: number}[]} */
    const found = [];
    let here = steps.length > 0 ? find(stack, steps[0].from) : undefined;
    steps.forEach((step, index) => {
      const next = find(stack, step.to) ?? find(stack, step.by);
      if (next === undefined || (here !== undefined && topology?.lineage(here).includes(next))) return;
      if (here !== undefined) found.push({ from: here, to: next, index });
      here = next;
    });
    return found;
  };

  const announce = document.getElementById("announce");
  const clear = document.getElementById("clear-path");

  /** @param {number | undefined} chosen */
  const choose = (chosen) => {
    const escape = chosen === undefined ? undefined : view.escapes[chosen];
    topology?.show(escape ? hops(escape.steps, escape.stack) : []);
    for (const arc of document.querySelectorAll(".map path.leak")) {
      const mine = (arc.getAttribute("data-escapes") ?? "").split(" ").includes(String(chosen));
      arc.classList.toggle("chosen", mine);
      arc.classList.toggle("faded", chosen !== undefined && !mine);
    }
    for (const button of document.querySelectorAll("button.show-path")) {
      button.setAttribute(
        "aria-pressed",
        String(/** @type {HTMLElement} */ (button).dataset.escape === String(chosen)),
      );
    }
    clear?.toggleAttribute("hidden", chosen === undefined);
    if (announce) announce.textContent = escape ? `The path of ${escape.resource} is drawn in the topology.` : "";
  };

  for (const button of document.querySelectorAll("button.show-path")) {
    button.addEventListener("click", () => {
      const { escape } = /** @type {HTMLElement} */ (button).dataset;
      const pressed = button.getAttribute("aria-pressed") === "true";
      choose(pressed ? undefined : Number(escape));
      if (!pressed) document.getElementById("topology")?.scrollIntoView({ block: "start" });
    });
  }
  clear?.addEventListener("click", () => {
    choose(undefined);
    if (answer) answer.textContent = "";
  });

  const answer = document.getElementById("answer");
  const question = /** @type {HTMLFormElement | null} */ (document.getElementById("question"));
  const names = document.getElementById("names");
  if (names) for (const name of view.names) names.append(new Option(name, name));

  /** The shortest chain of flows between two things. @param {string} from @param {string} to */
  const way = (from, to) => {
    /** @type {Map<string, Flow | undefined>} */
    const reached = new Map([[from, undefined]]);
    const queue = [from];
    for (const name of queue) {
      if (name === to && name !== from) break;
      for (const flow of view.flows) {
        if (flow.from !== name || reached.has(flow.to)) continue;
        reached.set(flow.to, flow);
        queue.push(flow.to);
      }
    }
    if (!reached.has(to) || from === to) return undefined;
    /** @type {Flow[]} */
    const chain = [];
    for (let flow = reached.get(to); flow; flow = reached.get(flow.from)) chain.unshift(flow);
    return chain;
  };

  question?.addEventListener("submit", (event) => {
    event.preventDefault();
    const [from, to] = ["from", "to"].map((name) =>
      /** @type {HTMLInputElement} */ (question.elements.namedItem(name)).value.trim(),
    );
    const chain = way(from, to);
    choose(undefined);
    if (chain)
      topology?.show(
        hops(
          chain.map((flow) => ({ from: bare(flow.from), to: bare(flow.to), by: bare(flow.from) })),
          stackOf(from),
        ),
      );
    clear?.toggleAttribute("hidden", !chain);
    if (!answer) return;
    const unknown = [from, to].filter((name) => !view.names.includes(name));
    answer.textContent =
      unknown.length > 0
        ? `Nothing here is called ${unknown.join(" or ")}.`
        : chain
          ? `Yes, by ${chain.map((flow) => flow.channel + (flow.possible ? " (possibly)" : "")).join(", then ")}.`
          : "No flow of data leads from there to there.";
  });

  /** Names of the question are `stack: address` where there are several stacks. @param {string} name */
  const bare = (name) => (name.includes(": ") ? name.slice(name.indexOf(": ") + 2) : name);
  /** @param {string} name */
  const stackOf = (name) => (name.includes(": ") ? name.slice(0, name.indexOf(": ")) : (view.escapes[0]?.stack ?? ""));

  /** @param {string} id @param {() => void} action */
  const onClick = (id, action) => document.getElementById(id)?.addEventListener("click", action);
  onClick("unfold", () => topology?.unfoldAll(true));
  onClick("fold", () => topology?.unfoldAll(false));
  onClick("larger", () => {
    if (topology) topology.zoom++;
    topology?.draw();
  });
  onClick("smaller", () => {
    if (topology) topology.zoom--;
    topology?.draw();
  });

  const stories = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".story")]);
  const wanted = /** @type {HTMLInputElement | null} */ (document.getElementById("find-escape"));
  const moreStories = document.getElementById("more-escapes");
  let mostStories = 20;
  const listStories = () => {
    const words = (wanted?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    let left = 0;
    for (const one of stories) {
      const matches = words.every((word) => (one.textContent ?? "").toLowerCase().includes(word));
      const hide = !matches || shown >= mostStories;
      one.toggleAttribute("hidden", hide);
      if (!hide) shown++;
      else if (matches) left++;
    }
    moreStories?.toggleAttribute("hidden", left === 0);
    if (moreStories) moreStories.textContent = `Show ${left} more`;
  };
  const listAllStories = () => {
    mostStories = Number.POSITIVE_INFINITY;
    listStories();
  };
  wanted?.addEventListener("input", listStories);
  moreStories?.addEventListener("click", listAllStories);
  listStories();

  for (const section of document.querySelectorAll("section.listing"))
    enhanceTable(/** @type {HTMLElement} */ (section));

  /** @type {boolean[]} */
  let wereOpen = [];
  addEventListener("beforeprint", () => {
    listAllStories();
    const all = [...document.querySelectorAll("details")];
    wereOpen = all.map((one) => one.open);
    for (const one of all) one.open = true;
  });
  addEventListener("afterprint", () => {
    document.querySelectorAll("details").forEach((one, i) => {
      one.open = wereOpen[i] ?? one.open;
    });
  });

  document.documentElement.classList.add("alive");
  topology?.draw();
}
