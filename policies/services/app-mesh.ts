import { type Entry, harmless, inert, service } from "../flows/vocabulary";
import { lookups, resourcePage } from "./pages";

/**
 * A mesh is configuration for proxies that run beside the owner's own tasks and machines: whatever they call, they call
 * through those tasks' interfaces, which are judged with the network
 * (https://docs.aws.amazon.com/app-mesh/latest/userguide/what-is-app-mesh.html).
 */
const forProxies = (what: string, name: string): Entry =>
  inert(what, resourcePage(name), {
    spec: harmless("what proxies listen to and call, through interfaces that are judged"),
    mesh_owner: harmless("the account that the mesh is of; it is told names and paths only"),
  });

export default service("AWS App Mesh", {
  aws_appmesh_mesh: inert("a set of proxies", resourcePage("appmesh_mesh"), {
    spec: harmless("whether proxies call what the mesh does not name"),
  }),
  aws_appmesh_gateway_route: forProxies("which requests go to which service", "appmesh_gateway_route"),
  aws_appmesh_route: forProxies("which requests go to which nodes", "appmesh_route"),
  aws_appmesh_virtual_gateway: forProxies("a proxy at the mesh's edge", "appmesh_virtual_gateway"),
  aws_appmesh_virtual_node: forProxies("a proxy beside a task", "appmesh_virtual_node"),
  aws_appmesh_virtual_router: forProxies("a set of routes", "appmesh_virtual_router"),
  aws_appmesh_virtual_service: forProxies("a name that proxies know", "appmesh_virtual_service"),
  ...lookups({
    appmesh_gateway_route: "a route",
    appmesh_mesh: "a mesh",
    appmesh_route: "a route",
    appmesh_virtual_gateway: "a gateway",
    appmesh_virtual_node: "a node",
    appmesh_virtual_router: "a router",
    appmesh_virtual_service: "a service",
  }),
});
