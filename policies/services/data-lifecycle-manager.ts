/** Amazon Data Lifecycle Manager: snapshots and images by schedule, their copies and who they are shared with. */
import { at, harmless, moves, receives, sends, service, shares, stands, uses } from "../flows/vocabulary";

const enabled = at("state", "ENABLED").is("ENABLED");

/** A region, or the ARN of an Outpost. */
const copied = sends("dlm.cross-region-copy", "any", { when: enabled, why: "each snapshot is copied there" });

export default service("Amazon Data Lifecycle Manager", {
  aws_dlm_lifecycle_policy: moves("makes snapshots and images by schedule, copies them and shares them", {
    docs: "https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html",
    attributes: {
      default_policy: harmless("whether volumes or instances are taken by default"),
      execution_role_arn: uses("the role that makes the snapshots"),
      "policy_details.schedule.cross_region_copy_rule.target": copied,
      "policy_details.schedule.cross_region_copy_rule.target_region": copied,
      "policy_details.schedule.cross_region_copy_rule.cmk_arn": uses("the key that encrypts the copies"),
      "policy_details.action.cross_region_copy.target": copied,
      "policy_details.action.cross_region_copy.encryption_configuration.cmk_arn": uses(
        "the key that encrypts the copies",
      ),
      "policy_details.schedule.share_rule.target_accounts": shares("dlm.sharing", "account", {
        when: enabled,
        why: "the account may restore each snapshot, or copy it to any region",
      }),
      "policy_details.schedule.fast_restore_rule.availability_zones": stands("zone"),
      "policy_details.schedule.create_rule.location": harmless(
        "the region, or the Outpost or zone that the volume stands in",
      ),
      "policy_details.schedule.create_rule.scripts.execution_handler": uses(
        "a document that Systems Manager runs on the instance before and after a snapshot",
      ),
      "policy_details.schedule.create_rule.scripts.execution_handler_service": harmless("always Systems Manager"),
      "policy_details.schedule.tags_to_add": harmless("free text"),
      "policy_details.schedule.variable_tags": harmless("free text"),
      "policy_details.resource_locations": harmless("whether volumes of the region or of its Outposts are taken"),
      "policy_details.target_tags": harmless("which volumes are taken"),
      "policy_details.exclusions.exclude_tags": harmless("which volumes are left out"),
      "policy_details.event_source.parameters.snapshot_owner": receives("accounts that share snapshots with this one"),
      "policy_details.event_source.parameters.description_regex": harmless("which shared snapshots are taken"),
    },
  }),
});
