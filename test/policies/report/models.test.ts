import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderModels } from "../../../policies/report/models";
import { services } from "../../../policies/services";

test("policies/services/README.md lists what is modelled (enclave models --write)", () => {
  const page = readFileSync(join(__dirname, "../../../policies/services/README.md"), "utf8");
  expect(page === renderModels(services)).toBe(true);
});

test("every type of every service is on the page, with its documentation", () => {
  const page = renderModels(services);
  for (const { entries } of services) {
    for (const [type, { docs }] of Object.entries(entries)) expect(page).toContain(`[\`${type}\`](${docs})`);
  }
});
