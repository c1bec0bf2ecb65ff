/**
 * `States.Format('…{}…', $$.State.EnteredTime)`: text that a state machine puts together. It is known but for what is
 * filled in, and that is known to be harmless only where it comes from the execution itself and not from its input:
 * https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html ("States.Format", "Reserved characters")
 * and https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html.
 */
import type { Value } from "../../configuration/value";

/** What the execution says of itself as a time: no quote or brace can be in it. */
const TIME = /^\$\$\.(?:State\.EnteredTime|Execution\.StartTime)$/;

/** Stands for what is filled in. */
const TIME_OF_RUN = "2000-01-01T00:00:00Z";

/** The text, with a time in the place of each; undefined if it is no such call or says what is not known. */
export function formattedText(value: Value): string | undefined {
  const call =
    typeof value === "string" ? /^States\.Format\('((?:[^'\\]|\\.)*)'((?:\s*,\s*[^,'()]+)*)\)$/s.exec(value) : null;
  if (!call) return undefined;
  const given = call[2].split(",").slice(1);
  if (!given.every((one) => TIME.test(one.trim()))) return undefined;
  const [template] = call.slice(1);
  let places = 0;
  const text = template.replace(/\\(.)|\{\}/gs, (_, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    places++;
    return TIME_OF_RUN;
  });
  return places === given.length ? text : undefined;
}
