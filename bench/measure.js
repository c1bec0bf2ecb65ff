/**
 * Measures one plan in this process and prints the CPU seconds as JSON. Plain JavaScript on purpose: a compiler in the
 * same process would have grown the heap before anything is measured, which makes JSON.parse look cheaper than it is
 * for anybody who runs it.
 */
const { readFileSync } = require("node:fs");
const { verify } = require("../dist/policies/index.js");

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

async function measure(file) {
  const start = cpu();
  JSON.parse(readFileSync(file, "utf8"));
  const parsed = cpu();
  const report = await verify([file], { trust: undefined });
  return { parse: parsed - start, verify: cpu() - parsed, verdict: report.verdict };
}

void measure(process.argv[2]).then((cost) => console.log(JSON.stringify(cost)));
