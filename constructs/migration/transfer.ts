import { DatasyncLocationS3 } from "@cdktf/provider-aws/lib/datasync-location-s3";
import { DatasyncTask } from "@cdktf/provider-aws/lib/datasync-task";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { assumedBy, policyDocument, type Statement } from "../perimeter/documents";

/** A bucket, or a part of it. */
export interface TransferEnd {
  readonly bucketArn: string;
  /** Beginning of the keys: `/data/`. */
  readonly prefix: string;
  /**
   * ARN of the key that its objects are encrypted with.
   * @default none that permission is needed for
   */
  readonly keyArn?: string;
}

export interface TransferProps {
  /** Name of the task, and beginning of the names of its roles: `NAME-reader`, `NAME-writer`. */
  readonly name: string;
  readonly from: TransferEnd;
  readonly to: TransferEnd;
  /**
   * When the task runs, as EventBridge writes it.
   * @default when somebody starts it
   */
  readonly schedule?: string;
}

/**
 * Copies objects from one bucket to another with AWS DataSync, and compares every byte of what was copied. Two roles, so
 * that who reads can't write: https://docs.aws.amazon.com/datasync/latest/userguide/create-s3-location.html,
 * "Required permissions".
 */
export class Transfer extends Construct {
  readonly task: DatasyncTask;

  constructor(scope: Construct, id: string, props: TransferProps) {
    super(scope, id);
    const { name, from, to, schedule } = props;
    const source = this.location("source", from, this.role("reader", name, reading(from)));
    const destination = this.location("destination", to, this.role("writer", name, writing(to)));
    this.task = new DatasyncTask(this, "task", {
      name,
      sourceLocationArn: source.arn,
      destinationLocationArn: destination.arn,
      options: {
        // Nothing is taken away here because it is gone there.
        preserveDeletedFiles: "PRESERVE",
        overwriteMode: "ALWAYS",
        transferMode: "CHANGED",
        verifyMode: "ONLY_FILES_TRANSFERRED",
        objectTags: "PRESERVE",
        logLevel: "OFF",
        posixPermissions: "NONE",
        uid: "NONE",
        gid: "NONE",
      },
      schedule: schedule === undefined ? undefined : { scheduleExpression: schedule },
    });
  }

  private location(id: string, { bucketArn, prefix }: TransferEnd, role: IamRole): DatasyncLocationS3 {
    return new DatasyncLocationS3(this, id, {
      s3BucketArn: bucketArn,
      subdirectory: prefix,
      s3Config: { bucketAccessRoleArn: role.arn },
    });
  }

  private role(part: "reader" | "writer", name: string, statements: readonly Statement[]): IamRole {
    const role = new IamRole(this, part, {
      name: `${name}-${part}`,
      description: `AWS DataSync as ${part} of ${name}`,
      assumeRolePolicy: assumedBy("datasync.amazonaws.com"),
    });
    new IamRolePolicy(this, `${part}-permissions`, {
      name: part,
      role: role.id,
      policy: policyDocument(...statements),
    });
    return role;
  }
}

const reading = ({ bucketArn, prefix, keyArn }: TransferEnd): Statement[] => [
  listing(bucketArn),
  {
    Sid: "Objects",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionTagging"],
    Resource: `${bucketArn}${prefix}*`,
  },
  ...using(keyArn, ["kms:Decrypt"]),
];

const writing = ({ bucketArn, prefix, keyArn }: TransferEnd): Statement[] => [
  listing(bucketArn),
  {
    Sid: "Objects",
    Effect: "Allow",
    Action: [
      "s3:PutObject",
      "s3:PutObjectTagging",
      "s3:GetObject",
      "s3:GetObjectTagging",
      "s3:AbortMultipartUpload",
      "s3:ListMultipartUploadParts",
    ],
    Resource: `${bucketArn}${prefix}*`,
  },
  ...using(keyArn, ["kms:Decrypt", "kms:GenerateDataKey"]),
];

const listing = (bucketArn: string): Statement => ({
  Sid: "Bucket",
  Effect: "Allow",
  Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
  Resource: bucketArn,
});

const using = (keyArn: string | undefined, actions: readonly string[]): Statement[] =>
  keyArn === undefined ? [] : [{ Sid: "Key", Effect: "Allow", Action: actions, Resource: keyArn }];
