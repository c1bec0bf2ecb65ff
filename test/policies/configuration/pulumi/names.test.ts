import {
  attributeName,
  dataSourceType,
  propertyName,
  resourceType,
  tokenOf,
} from "../../../../policies/configuration/pulumi/names";
import { inventoryTypes, schemaOf } from "../../../../policies/configuration/schema/schema";

test.each([
  ["aws:s3/bucket:Bucket", "aws_s3_bucket"],
  ["aws:s3/bucketV2:BucketV2", "aws_s3_bucket"],
  ["aws:s3/bucketObjectv2:BucketObjectv2", "aws_s3_object"],
  ["aws:lb/loadBalancer:LoadBalancer", "aws_lb"],
  ["aws:elb/loadBalancer:LoadBalancer", "aws_elb"],
  ["aws:rds/instance:Instance", "aws_db_instance"],
  ["aws:cloudwatch/eventTarget:EventTarget", "aws_cloudwatch_event_target"],
  ["aws:index/provider:Provider", undefined],
  ["aws-native:s3:Bucket", undefined],
  ["aws:workmail/organization:Organization", undefined],
])("%s is %s", (token, type) => {
  expect(resourceType(token)).toBe(type);
});

test("every type of the inventory is registered under some token, and under no two that are not aliases", () => {
  expect(inventoryTypes("managed").filter((type) => tokenOf(type) === undefined)).toEqual([]);
});

test.each([
  ["aws:index/getRegion:getRegion", "aws_region"],
  ["aws:iam/getPolicyDocument:getPolicyDocument", "aws_iam_policy_document"],
  ["aws:index/getAvailabilityZones:getAvailabilityZones", "aws_availability_zones"],
  ["aws:lb/getLoadBalancer:getLoadBalancer", "aws_lb"],
])("%s asks for %s", (token, type) => {
  expect(dataSourceType(token)).toBe(type);
});

test.each([
  ["aws_subnet", "cidrBlock", "cidr_block"],
  ["aws_security_group", "ingress", "ingress"],
  ["aws_instance", "vpcSecurityGroupIds", "vpc_security_group_ids"],
  ["aws_s3_bucket_replication_configuration", "rules", "rule"],
  ["aws_lambda_permission", "function", "function_name"],
  ["aws_sns_topic_subscription", "topic", "topic_arn"],
  ["aws_s3_bucket_website_configuration", "routingRuleDetails", "routing_rule"],
  ["aws_s3_bucket_website_configuration", "routingRules", "routing_rules"],
  ["aws_subnet", "ipv4IpamPoolId", undefined],
  ["aws_subnet", "__proto__", undefined],
])("%s: %s is %s", (type, property, attribute) => {
  const schema = schemaOf("managed", type)!;
  expect(attributeName(property, schema, type)).toBe(attribute);
  if (attribute !== undefined) expect(propertyName(attribute, schema, type, attribute)).toBe(property);
});
