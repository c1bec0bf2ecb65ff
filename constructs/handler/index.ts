export { type Bundle, type BundleFile, bundleAll, bundleOf } from "./bundle";
export * from "./handler-function";
