import { ConfigAggregateAuthorization } from "@cdktf/provider-aws/lib/config-aggregate-authorization";
import { ConfigConfigurationAggregator } from "@cdktf/provider-aws/lib/config-configuration-aggregator";
import { ConfigConfigurationRecorder } from "@cdktf/provider-aws/lib/config-configuration-recorder";
import { ConfigConfigurationRecorderStatus } from "@cdktf/provider-aws/lib/config-configuration-recorder-status";
import { ConfigDeliveryChannel } from "@cdktf/provider-aws/lib/config-delivery-channel";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { assumedBy } from "../perimeter/documents";
import type { Estate } from "../perimeter/estate";

export interface ConfigurationRecordProps {
  readonly name: string;
  readonly estate: Estate;
  /** Bucket that histories are delivered to. */
  readonly bucketName: string;
  /** Account and region that the histories are gathered in. */
  readonly gatheredIn: { readonly account: string; readonly region: string };
  /** Whether IAM, which is the same in every region, is recorded here; once in an account is enough. */
  readonly globalTypes: boolean;
}

/** AWS Config of one account and region: how everything is set up, whenever it changes. */
export class ConfigurationRecord extends Construct {
  /** @throws OutsideEstateError if histories would be gathered outside the estate. */
  constructor(scope: Construct, id: string, props: ConfigurationRecordProps) {
    super(scope, id);
    const { name, estate, gatheredIn } = props;
    const accountId = estate.requireAccount(gatheredIn.account, `configurations of ${name}`);
    const authorizedAwsRegion = estate.requireRegion(gatheredIn.region, `configurations of ${name}`);
    const role = new IamRole(this, "role", {
      name: `${name}-config`,
      description: "Reads how everything is set up",
      assumeRolePolicy: assumedBy("config.amazonaws.com"),
    });
    new IamRolePolicyAttachment(this, "permissions", {
      role: role.name,
      policyArn: "arn:aws:iam::aws:policy/service-role/AWS_ConfigRole",
    });
    const recorder = new ConfigConfigurationRecorder(this, "recorder", {
      name,
      roleArn: role.arn,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: props.globalTypes },
    });
    // The role can't write to the bucket; AWS Config then delivers as the service, which the bucket's policy knows:
    // https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
    const channel = new ConfigDeliveryChannel(this, "channel", {
      name,
      s3BucketName: props.bucketName,
      dependsOn: [recorder],
    });
    new ConfigConfigurationRecorderStatus(this, "status", {
      name: recorder.name,
      isEnabled: true,
      dependsOn: [channel],
    });
    new ConfigAggregateAuthorization(this, "gathered", { accountId, authorizedAwsRegion });
  }
}

export interface GatheredConfigurationsProps {
  readonly name: string;
  readonly estate: Estate;
  /** Accounts and regions whose histories are gathered: all of them, and no others. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** The histories of the watched accounts in one place. Regions are named one by one, so that none outside is among them. */
export class GatheredConfigurations extends Construct {
  constructor(scope: Construct, id: string, { name, estate, accounts, regions }: GatheredConfigurationsProps) {
    super(scope, id);
    new ConfigConfigurationAggregator(this, "aggregator", {
      name,
      accountAggregationSource: {
        accountIds: [...accounts],
        regions: regions.map((region) => estate.requireRegion(region, `configurations gathered by ${name}`)),
        allRegions: false,
      },
    });
  }
}
