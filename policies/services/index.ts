/** All models, by the key of the thing they are about. */
import type { Entry, Service } from "../flows/vocabulary";
import accountManagement from "./account-management";
import amplify from "./amplify";
import apiGateway from "./api-gateway";
import appMesh from "./app-mesh";
import appRunner from "./app-runner";
import appconfig from "./appconfig";
import appfabric from "./appfabric";
import appflow from "./appflow";
import appintegrations from "./appintegrations";
import applicationAutoScaling from "./application-auto-scaling";
import applicationRecoveryController from "./application-recovery-controller";
import appstream from "./appstream";
import appsync from "./appsync";
import athena from "./athena";
import auditManager from "./audit-manager";
import auroraDsql from "./aurora-dsql";
import autoScaling from "./auto-scaling";
import backup from "./backup";
import batch from "./batch";
import bedrock from "./bedrock";
import bedrockAgentcore from "./bedrock-agentcore";
import bedrockAgents from "./bedrock-agents";
import billing from "./billing";
import certificateManager from "./certificate-manager";
import chatbot from "./chatbot";
import chime from "./chime";
import cleanRooms from "./clean-rooms";
import cloudControl from "./cloud-control";
import cloudMap from "./cloud-map";
import cloudWan from "./cloud-wan";
import cloud9 from "./cloud9";
import cloudformation from "./cloudformation";
import cloudfront from "./cloudfront";
import cloudhsm from "./cloudhsm";
import cloudsearch from "./cloudsearch";
import cloudtrail from "./cloudtrail";
import cloudwatch from "./cloudwatch";
import cloudwatchLogs from "./cloudwatch-logs";
import codeartifact from "./codeartifact";
import codebuild from "./codebuild";
import codecatalyst from "./codecatalyst";
import codecommit from "./codecommit";
import codedeploy from "./codedeploy";
import codeguru from "./codeguru";
import codepipeline from "./codepipeline";
import cognito from "./cognito";
import comprehend from "./comprehend";
import config from "./config";
import connect from "./connect";
import controlTower from "./control-tower";
import customerProfiles from "./customer-profiles";
import dataExchange from "./data-exchange";
import dataFirehose from "./data-firehose";
import dataLifecycleManager from "./data-lifecycle-manager";
import dataPipeline from "./data-pipeline";
import dataSources from "./data-sources";
import databaseMigrationService from "./database-migration-service";
import datasync from "./datasync";
import datazone from "./datazone";
import detective from "./detective";
import developerConnections from "./developer-connections";
import deviceFarm from "./device-farm";
import devopsGuru from "./devops-guru";
import directConnect from "./direct-connect";
import directoryService from "./directory-service";
import documentdb from "./documentdb";
import dynamodb from "./dynamodb";
import dynamodbAccelerator from "./dynamodb-accelerator";
import ebs from "./ebs";
import ec2 from "./ec2";
import ecr from "./ecr";
import ecrPublic from "./ecr-public";
import ecs from "./ecs";
import efs from "./efs";
import eks from "./eks";
import elasticBeanstalk from "./elastic-beanstalk";
import elasticDisasterRecovery from "./elastic-disaster-recovery";
import elasticLoadBalancing from "./elastic-load-balancing";
import elasticTranscoder from "./elastic-transcoder";
import elasticache from "./elasticache";
import elasticsearch from "./elasticsearch";
import emr from "./emr";
import eventbridge from "./eventbridge";
import eventbridgePipes from "./eventbridge-pipes";
import eventbridgeScheduler from "./eventbridge-scheduler";
import faultInjection from "./fault-injection";
import finspace from "./finspace";
import firewallManager from "./firewall-manager";
import fsx from "./fsx";
import gamelift from "./gamelift";
import globalAccelerator from "./global-accelerator";
import glue from "./glue";
import grafana from "./grafana";
import guardduty from "./guardduty";
import iam from "./iam";
import iamAccessAnalyzer from "./iam-access-analyzer";
import identityCenter from "./identity-center";
import imageBuilder from "./image-builder";
import incidentManager from "./incident-manager";
import inspector from "./inspector";
import iot from "./iot";
import iotRules from "./iot-rules";
import ipam from "./ipam";
import ivs from "./ivs";
import kendra from "./kendra";
import keyspaces from "./keyspaces";
import kinesisDataStreams from "./kinesis-data-streams";
import kinesisVideoStreams from "./kinesis-video-streams";
import kms from "./kms";
import lakeFormation from "./lake-formation";
import lambda from "./lambda";
import lex from "./lex";
import licenseManager from "./license-manager";
import lightsail from "./lightsail";
import location from "./location";
import macie from "./macie";
import mainframeModernization from "./mainframe-modernization";
import managedAirflow from "./managed-airflow";
import managedFlink from "./managed-flink";
import media from "./media";
import medialive from "./medialive";
import memorydb from "./memorydb";
import mq from "./mq";
import msk from "./msk";
import neptune from "./neptune";
import networkFirewall from "./network-firewall";
import opensearch from "./opensearch";
import opensearchIngestion from "./opensearch-ingestion";
import opensearchServerless from "./opensearch-serverless";
import oracleDatabase from "./oracle-database";
import organizations from "./organizations";
import outpostsLocalGateway from "./outposts-local-gateway";
import paymentCryptography from "./payment-cryptography";
import pinpoint from "./pinpoint";
import privateCa from "./private-ca";
import prometheus from "./prometheus";
import qBusiness from "./q-business";
import qldb from "./qldb";
import quicksight from "./quicksight";
import ram from "./ram";
import rds from "./rds";
import rdsCopies from "./rds-copies";
import recycleBin from "./recycle-bin";
import redshift from "./redshift";
import redshiftServerless from "./redshift-serverless";
import rekognition from "./rekognition";
import resourceGroups from "./resource-groups";
import rolesAnywhere from "./roles-anywhere";
import route53 from "./route53";
import route53Domains from "./route53-domains";
import route53Profiles from "./route53-profiles";
import route53Resolver from "./route53-resolver";
import s3 from "./s3";
import s3Control from "./s3-control";
import s3Glacier from "./s3-glacier";
import s3OnOutposts from "./s3-on-outposts";
import s3Tables from "./s3-tables";
import s3Vectors from "./s3-vectors";
import sagemaker from "./sagemaker";
import secretsManager from "./secrets-manager";
import securityHub from "./security-hub";
import securityLake from "./security-lake";
import serviceCatalog from "./service-catalog";
import ses from "./ses";
import shield from "./shield";
import signer from "./signer";
import sns from "./sns";
import sqs from "./sqs";
import stepFunctions from "./step-functions";
import storageGateway from "./storage-gateway";
import sts from "./sts";
import swf from "./swf";
import systemsManager from "./systems-manager";
import terraform from "./terraform";
import terraformBackends from "./terraform-backends";
import timestream from "./timestream";
import transcribe from "./transcribe";
import transferFamily from "./transfer-family";
import transitGateway from "./transit-gateway";
import userNotifications from "./user-notifications";
import utilityProviders from "./utility-providers";
import verifiedAccess from "./verified-access";
import verifiedPermissions from "./verified-permissions";
import vpc from "./vpc";
import vpcEndpoints from "./vpc-endpoints";
import vpcFlowLogs from "./vpc-flow-logs";
import vpcLattice from "./vpc-lattice";
import vpn from "./vpn";
import waf from "./waf";
import workspaces from "./workspaces";
import workspacesWeb from "./workspaces-web";
import xRay from "./x-ray";

/** One per AWS service, by file name. */
export const services: readonly Service[] = [
  accountManagement,
  amplify,
  apiGateway,
  appconfig,
  appfabric,
  appflow,
  appintegrations,
  applicationAutoScaling,
  applicationRecoveryController,
  appMesh,
  appRunner,
  appstream,
  appsync,
  athena,
  auditManager,
  auroraDsql,
  autoScaling,
  backup,
  batch,
  bedrock,
  bedrockAgentcore,
  bedrockAgents,
  billing,
  certificateManager,
  chatbot,
  chime,
  cleanRooms,
  cloud9,
  cloudControl,
  cloudMap,
  cloudformation,
  cloudfront,
  cloudhsm,
  cloudsearch,
  cloudtrail,
  cloudWan,
  cloudwatch,
  cloudwatchLogs,
  codeartifact,
  codebuild,
  codecatalyst,
  codecommit,
  codedeploy,
  codeguru,
  codepipeline,
  cognito,
  comprehend,
  config,
  connect,
  controlTower,
  customerProfiles,
  databaseMigrationService,
  dataExchange,
  dataFirehose,
  dataLifecycleManager,
  dataPipeline,
  dataSources,
  datasync,
  datazone,
  detective,
  developerConnections,
  deviceFarm,
  devopsGuru,
  directConnect,
  directoryService,
  documentdb,
  dynamodb,
  dynamodbAccelerator,
  ebs,
  ec2,
  ecr,
  ecrPublic,
  ecs,
  efs,
  eks,
  elasticBeanstalk,
  elasticache,
  elasticDisasterRecovery,
  elasticLoadBalancing,
  elasticsearch,
  elasticTranscoder,
  emr,
  eventbridge,
  eventbridgePipes,
  eventbridgeScheduler,
  faultInjection,
  finspace,
  firewallManager,
  fsx,
  gamelift,
  globalAccelerator,
  glue,
  grafana,
  guardduty,
  iam,
  iamAccessAnalyzer,
  identityCenter,
  imageBuilder,
  incidentManager,
  inspector,
  iot,
  iotRules,
  ipam,
  ivs,
  kendra,
  keyspaces,
  kinesisDataStreams,
  kinesisVideoStreams,
  kms,
  lakeFormation,
  lambda,
  lex,
  licenseManager,
  lightsail,
  location,
  macie,
  mainframeModernization,
  managedAirflow,
  managedFlink,
  media,
  medialive,
  memorydb,
  mq,
  msk,
  neptune,
  networkFirewall,
  opensearch,
  opensearchIngestion,
  opensearchServerless,
  oracleDatabase,
  organizations,
  outpostsLocalGateway,
  paymentCryptography,
  pinpoint,
  privateCa,
  prometheus,
  qBusiness,
  qldb,
  quicksight,
  ram,
  rds,
  rdsCopies,
  recycleBin,
  redshift,
  redshiftServerless,
  rekognition,
  resourceGroups,
  rolesAnywhere,
  route53,
  route53Domains,
  route53Profiles,
  route53Resolver,
  s3,
  s3Control,
  s3Glacier,
  s3OnOutposts,
  s3Tables,
  s3Vectors,
  sagemaker,
  secretsManager,
  securityHub,
  securityLake,
  serviceCatalog,
  ses,
  shield,
  signer,
  sns,
  sqs,
  stepFunctions,
  storageGateway,
  sts,
  swf,
  systemsManager,
  terraform,
  terraformBackends,
  timestream,
  transcribe,
  transferFamily,
  transitGateway,
  userNotifications,
  utilityProviders,
  verifiedAccess,
  verifiedPermissions,
  vpc,
  vpcEndpoints,
  vpcFlowLogs,
  vpcLattice,
  vpn,
  waf,
  workspaces,
  workspacesWeb,
  xRay,
];

const entries = indexed(services);

/**
 * The model of a type: `aws_s3_bucket`, `data.aws_lambda_invocation`, `action.aws_sns_publish`, `backend.s3`,
 * `provisioner.local-exec`, `provider.aws`; undefined if there is none.
 */
export function entryFor(key: string): Entry | undefined {
  return entries.get(key)?.entry;
}

/** The service that models a type. */
export function serviceOf(key: string): Service | undefined {
  return entries.get(key)?.service;
}

function indexed(all: readonly Service[]): ReadonlyMap<string, { readonly entry: Entry; readonly service: Service }> {
  const index = new Map<string, { entry: Entry; service: Service }>();
  for (const service of all) {
    for (const [key, entry] of Object.entries(service.entries)) {
      const earlier = index.get(key);
      if (earlier) throw new Error(`${key} is modelled twice: in ${earlier.service.name} and in ${service.name}`);
      index.set(key, { entry, service });
    }
  }
  return index;
}
