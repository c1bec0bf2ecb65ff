import { at, filters, harmless, moves, opens, service, uses } from "../flows/vocabulary";
import { resourcePage } from "./pages";

const global = {
  placement: { global: "domains are kept by their registries, which are where the top-level domain is managed" },
};

/** "… contact information … is shared with registrars and registries" (Privacy protection for a domain's contacts). */
const contact = (path: string) =>
  opens("route53domains.registry", at(path).isSet(), {
    why: "contact details are given to the domain's registrar and registry, wherever they are",
  });

const contacts = {
  admin_contact: contact("admin_contact"),
  billing_contact: contact("billing_contact"),
  registrant_contact: contact("registrant_contact"),
  tech_contact: contact("tech_contact"),
  domain_name: harmless("the name that is registered"),
  "name_server.name": harmless("who answers for the name; the zone there is judged itself"),
  "name_server.glue_ips": harmless("addresses of the name servers; the zone there is judged itself"),
};

const docs = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/domain-privacy-protection.html";

export default service("Amazon Route 53 Domains", {
  aws_route53domains_domain: moves("registers a name with the details of its owner", {
    docs,
    ...global,
    attributes: contacts,
  }),
  aws_route53domains_registered_domain: moves("settings of a registered name, with the details of its owner", {
    docs,
    ...global,
    attributes: contacts,
  }),
  aws_route53domains_delegation_signer_record: filters("a public key at the registry, which proves answers", {
    docs: resourcePage("route53domains_delegation_signer_record"),
    ...global,
    attributes: { domain_name: uses("the name whose answers are proved") },
  }),
});
