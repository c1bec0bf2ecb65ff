const compile = (syntax) => [
  "@swc/jest",
  { jsc: { parser: { syntax }, target: "es2022" }, module: { type: "commonjs" } },
];

/** Tests mirror the tree; swc compiles them (types are checked by `npm run check`, once, not per test file). */
module.exports = {
  testEnvironment: "node",
  // With two cores the default is one worker.
  maxWorkers: "100%",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "^.+\\.ts$": compile("typescript"),
    // Packages that are ES modules only.
    "/node_modules/hyparquet(-writer)?/.+\\.js$": compile("ecmascript"),
  },
  transformIgnorePatterns: ["/node_modules/(?!hyparquet)"],
};
