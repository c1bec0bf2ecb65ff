/** One escape, told step by step: what each rests on, where that is written, what to change. */
import { familyOf, remedy } from "../channels";
import { sourceText } from "../markdown";
import { destinationName, type ReportEscape, type ReportStep } from "../report";
import { type Html, h } from "./element";

export function story(escape: ReportEscape, index: number, open: boolean): Html {
  return h(
    "details",
    { class: "story", id: `escape-${index + 1}`, open },
    h(
      "summary",
      {},
      h("code", { class: "who" }, escape.resource),
      h("span", { class: "to", "aria-label": "goes to" }, "→"),
      h("strong", { class: "where" }, destinationName(escape)),
      h("span", { class: "channel" }, escape.channel),
      escape.stack === undefined ? undefined : h("span", { class: "stack" }, escape.stack),
    ),
    h("p", {}, familyOf(escape.channel).about),
    h(
      "button",
      { class: "show-path", type: "button", "data-escape": index, "aria-pressed": "false" },
      "Show the path in the topology",
    ),
    h("ol", { class: "steps" }, escape.path.map(stepItem)),
    h("p", { class: "remedy" }, h("strong", {}, "To close it. "), remedy(escape)),
  );
}

function stepItem(step: ReportStep): Html {
  const attribute = step.attribute === undefined ? undefined : h("span", { class: "attribute" }, `.${step.attribute}`);
  return h(
    "li",
    {},
    h("p", { class: "hop" }, h("code", {}, step.from), " → ", h("code", {}, step.to)),
    h("p", {}, step.why),
    h(
      "p",
      { class: "because" },
      h(
        "code",
        {},
        step.by,
        attribute,
        step.value === undefined ? undefined : h("span", {}, " = ", h("b", {}, step.value)),
      ),
      step.source ? h("span", { class: "source" }, sourceText(step.source)) : undefined,
    ),
  );
}
