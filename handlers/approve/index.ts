/** `POST /requests/{id}/approval`: a second person approves or declines. */
import { answering } from "../common/api";
import { Refusal } from "../common/refusal";
import { setting } from "../common/settings";
import { decide } from "./decision";

export const handler = answering(async ({ person, id, body, now }) => {
  if (person.role !== setting("APPROVERS") || person.account !== setting("ACCOUNT")) {
    throw new Refusal("only approvers may approve", 403);
  }
  return decide({ id, person, step: "colleague", body, now });
});
