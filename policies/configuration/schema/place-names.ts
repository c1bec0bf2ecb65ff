/**
 * When an attribute's own name says that it can name a place or a party. A model must have looked at each such
 * attribute; the test of the models' completeness asks for them through `placeNamingAttributes` in schema.ts.
 *
 * A name is split at its underscores (`destination_bucket_arn`); one telling word is enough, unless the last word says
 * that the value is something else (`endpoint_type`, `bucket_prefix`).
 */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Telling wherever it stands in the name. */
const anywhere = words(`
  region regions zone zones az azs border outpost outposts location locations
  arn arns url urls uri uris endpoint endpoints host hosts hostname hostnames fqdn domain domains dns website
  address addresses ip ips ipv4 ipv6 cidr cidrs nameserver nameservers proxy remote peer peers
  bucket buckets destination destinations target targets
  account accounts owner owners principal principals grantee organization organizations ou
  recipient recipients subscriber subscribers partner email emails phone
`);

/** Telling as the last word: what reads differently in front of others (`server_side_encryption`, `policy_name`). */
const atTheEnd = words(`
  server servers broker brokers topic queue contact contacts member members to cc bcc acl
  policy policies definition definitions document body json content
`);

/** Names that hold accounts, groups of accounts or connection strings under a word of their service. */
const whole = words("catalog_id table_catalog_id registry_id user_ids user_groups connection_properties");

/** A last word that makes the value a kind, a measure, a secret or a label, whatever stands in front of it. */
const harmlessEnd = words(`
  type types class family mode status state format version versions count limit size weight priority protocol protocols
  algorithm encoding behavior behaviour strategy support preference preferences tenancy scope permission permissions
  prefix prefixes suffix delimiter header expression regex comparison operator filter attribute attributes field
  column label labels description comment title tag tags language timezone schedule window interval unit enabled
  key keys password secret token hash sha256 md5 etag fingerprint thumbprint action actions
`);

export function namesPlace(name: string): boolean {
  const parts = name.split("_");
  const last = parts[parts.length - 1];
  if (whole.has(name) || atTheEnd.has(last)) return true;
  return !harmlessEnd.has(last) && parts.some((part) => anywhere.has(part));
}
