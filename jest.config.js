// Every test file loads its modules anew, which takes the longer the longer their text is: comments are left out, and
// the source map, which only a failure reads, lies beside.
const compile = (syntax) => [
  "@swc/jest",
  {
    jsc: {
      parser: { syntax },
      target: "es2022",
      minify: { compress: false, mangle: false, format: { comments: false } },
    },
    minify: true,
    module: { type: "commonjs" },
    sourceMaps: true,
  },
];

/** Tests mirror the tree; swc compiles them (types are checked by `npm run check`, once, not per test file). */
module.exports = {
  testEnvironment: "node",
  // With two cores the default is one worker.
  maxWorkers: "100%",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  globalSetup: "<rootDir>/test/once.ts",
  transform: {
    "^.+\\.ts$": compile("typescript"),
    // Packages that are ES modules only.
    "/node_modules/hyparquet(-writer)?/.+\\.js$": compile("ecmascript"),
  },
  transformIgnorePatterns: ["/node_modules/(?!hyparquet)"],
};
