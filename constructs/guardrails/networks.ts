import type { Guardrail } from "./quotas";
import { controlPolicy, exceptDelivery, type GuardrailScope } from "./scope";

/** Ways out of a network that nobody makes, proved plans included. */
const waysOut = [
  "ec2:CreateInternetGateway",
  "ec2:AttachInternetGateway",
  "ec2:CreateEgressOnlyInternetGateway",
  "ec2:CreateCarrierGateway",
  "ec2:CreateNatGateway",
  "ec2:AllocateAddress",
  "ec2:AssociateAddress",
  "ec2:CreateDefaultVpc",
  "ec2:CreateDefaultSubnet",
  "ec2:CreateVpcPeeringConnection",
  "ec2:AcceptVpcPeeringConnection",
  "ec2:CreateVpnGateway",
  "ec2:AttachVpnGateway",
  "ec2:CreateVpnConnection",
  "ec2:CreateCustomerGateway",
  "ec2:CreateClientVpnEndpoint",
  "ec2:CreateTransitGatewayConnect",
  "ec2:CreateLocalGatewayRoute",
  "ec2:CreateVpcEndpointServiceConfiguration",
  "ec2:CreateVpcBlockPublicAccessExclusion",
  "ec2:ModifyVpcBlockPublicAccessExclusion",
  "ec2:CreateTrafficMirrorSession",
  "directconnect:Create*",
  "directconnect:Confirm*",
  "directconnect:Allocate*",
  "networkmanager:Create*",
  "globalaccelerator:Create*",
  "cloudfront:Create*",
  "vpc-lattice:Create*",
  "lightsail:*",
  "apprunner:Create*",
];

/** No way out of the networks: no gateway to the internet, no peering, no VPN, no public address. */
export const networkGuardrail = (scope: GuardrailScope): Guardrail => ({
  name: `${scope.name}-networks`,
  type: "SERVICE_CONTROL_POLICY",
  description: "No way out of the networks of the enclave",
  document: controlPolicy(
    { Sid: "WaysOut", Effect: "Deny", Action: waysOut, Resource: "*" },
    {
      Sid: "PublicAddresses",
      Effect: "Deny",
      Action: "ec2:RunInstances",
      Resource: "arn:aws:ec2:*:*:network-interface/*",
      Condition: { Bool: { "ec2:AssociatePublicIpAddress": "true" } },
    },
    {
      Sid: "Hubs",
      Effect: "Deny",
      Action: [
        "ec2:CreateTransitGatewayPeeringAttachment",
        "ec2:AcceptTransitGatewayPeeringAttachment",
        "ec2:AcceptTransitGatewayVpcAttachment",
        "ec2:CreateVpcEndpoint",
      ],
      Resource: "*",
      Condition: exceptDelivery(scope),
    },
    {
      Sid: "Functions",
      Effect: "Deny",
      Action: "lambda:CreateFunction",
      Resource: "*",
      Condition: { Null: { "lambda:VpcIds": "true" } },
    },
    {
      Sid: "FunctionUrls",
      Effect: "Deny",
      Action: ["lambda:CreateFunctionUrlConfig", "lambda:UpdateFunctionUrlConfig"],
      Resource: "*",
    },
    {
      Sid: "Databases",
      Effect: "Deny",
      Action: "rds:CreateDBInstance",
      Resource: "*",
      Condition: { Bool: { "rds:PubliclyAccessible": "true" } },
    },
  ),
});
