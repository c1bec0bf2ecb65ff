/**
 * Services that hand data to whoever configures them. A policy that lets such a service read without saying for whom
 * lets everybody read who can configure it: the confused deputy,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html. Services that only deliver into a resource
 * (logs, notifications, trails) bring data in and stand here for nothing.
 */

const CLOUDFRONT = "cloudfront.amazonaws.com";

/** By service, what it does for its customer with what others let it; globs of actions. */
const DEPUTIES: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html:
  // the policy names the distribution in aws:SourceArn; also one of EDGES below.
  [CLOUDFRONT]: ["s3:*", "lambda:*", "mediastore:*", "mediapackagev2:*"],
  // To APIs (execute-api) neither of the two comes as a service: their requests are the clients' own.
  "apigateway.amazonaws.com": ["lambda:*"],
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html, functions pull their images
  "lambda.amazonaws.com": ["ecr:*"],
  "codebuild.amazonaws.com": ["ecr:*", "s3:*"],
  "sagemaker.amazonaws.com": ["ecr:*"],
  "apprunner.amazonaws.com": ["ecr:*"],
  "build.apprunner.amazonaws.com": ["ecr:*"],
  "serverlessrepo.amazonaws.com": ["s3:*"],
  "alexa-appkit.amazon.com": ["lambda:*"],
  "alexa-connectedhome.amazon.com": ["lambda:*"],
  "lex.amazonaws.com": ["lambda:*"],
  "lexv2.amazonaws.com": ["lambda:*"],
  "connect.amazonaws.com": ["lambda:*"],
  "bedrock.amazonaws.com": ["lambda:*", "bedrock:*"],
  "cognito-idp.amazonaws.com": ["lambda:*"],
  "vpc-lattice.amazonaws.com": ["lambda:*"],
  "elasticloadbalancing.amazonaws.com": ["lambda:*"],
  "appflow.amazonaws.com": ["s3:*", "secretsmanager:*"],
  "macie.amazonaws.com": ["s3:*"],
  "guardduty.amazonaws.com": ["s3:*"],
  "malware-protection-plan.guardduty.amazonaws.com": ["s3:*"],
  "dataexchange.amazonaws.com": ["s3:*", "lakeformation:*"],
  "redshift.amazonaws.com": ["secretsmanager:*", "glue:*", "dynamodb:*", "redshift:*"],
  "backup.amazonaws.com": ["backup:*"],
  "glue.amazonaws.com": ["glue:*", "s3:*", "redshift:*", "dynamodb:*"],
};

/**
 * Deputies that take what they read to places all over the world, whoever they act for: "CloudFront delivers your
 * content through a worldwide network of data centers called edge locations",
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Introduction.html.
 */
const EDGES = new Set([CLOUDFRONT]);
export const isEdge = (principal: string): boolean => EDGES.has(plainService(principal));

/**
 * The identity by which a distribution reads, written out or of this configuration: CloudFront, whoever it acts for.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html,
 * "Use an origin access identity"
 */
const ORIGIN_ACCESS_IDENTITY =
  /^arn:[^:]*:iam::cloudfront:user\/|\baws_cloudfront_origin_access_identity\.[^.]+\.(?:iam_arn|s3_canonical_user_id)/;

/** The service that a principal stands for that is written as a user. */
export const serviceBehind = (principal: string): string | undefined =>
  ORIGIN_ACCESS_IDENTITY.test(principal) ? CLOUDFRONT : undefined;

/** Services that take messages, files and records into what they may write to, and read nothing for others. */
const DELIVERERS = new Set([
  "cloudtrail.amazonaws.com",
  "config.amazonaws.com",
  "delivery.logs.amazonaws.com",
  "logdelivery.elasticloadbalancing.amazonaws.com",
  "logging.s3.amazonaws.com",
  "s3.amazonaws.com",
  "sns.amazonaws.com",
  "events.amazonaws.com",
  "ses.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
  "cloudwatch.amazonaws.com",
  "budgets.amazonaws.com",
  "costalerts.amazonaws.com",
  "codestar-notifications.amazonaws.com",
  "billingreports.amazonaws.com",
  "bcm-data-exports.amazonaws.com",
  "es.amazonaws.com",
  "route53.amazonaws.com",
  "logs.amazonaws.com",
  "scheduler.amazonaws.com",
  "pipes.amazonaws.com",
  "inspector2.amazonaws.com",
  "ssm.amazonaws.com",
  "rds.amazonaws.com",
  "ec2.amazonaws.com",
  // These hand events to functions and get no answer: https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html,
  // "Asynchronous invocation".
  "iot.amazonaws.com",
  "codecommit.amazonaws.com",
  "codepipeline.amazonaws.com",
  "cloudformation.amazonaws.com",
  "s3-outposts.amazonaws.com",
]);

/** A service's name without the region that some principals carry (`logs.eu-west-1.amazonaws.com`). */
export const plainService = (principal: string): string =>
  principal.toLowerCase().replace(/\.[a-z]{2}(?:-[a-z]+)+-\d+(\.amazonaws\.com)/, "$1");

/** What the service does for others: actions, nothing, or not known. */
export function deputyActions(principal: string): readonly string[] | undefined {
  const service = plainService(principal);
  if (Object.hasOwn(DEPUTIES, service)) return DEPUTIES[service];
  return DELIVERERS.has(service) ? [] : undefined;
}

/** Those that a principal `*` lets in beside everybody else. */
export const KNOWN_DEPUTIES: readonly string[] = Object.keys(DEPUTIES);
