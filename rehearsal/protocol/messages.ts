/**
 * The messages of Terraform's plugin protocol, version 6, as far as a provider without functions and ephemeral
 * resources needs them. Written down from HashiCorp's documentation of the protocol
 * (https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol) and of go-plugin's own services.
 * Version 5 has the same messages under the names of `version5` below; only the measurement of a real provider speaks it.
 */
import type { ServiceDefinition } from "@grpc/grpc-js";
import { parse, type Root, type Service } from "protobufjs";

const messages = `
syntax = "proto3";
package tfplugin6;

message DynamicValue { bytes msgpack = 1; bytes json = 2; }

message Diagnostic {
  enum Severity { INVALID = 0; ERROR = 1; WARNING = 2; }
  Severity severity = 1;
  string summary = 2;
  string detail = 3;
  AttributePath attribute = 4;
}

message AttributePath {
  message Step {
    oneof selector { string attribute_name = 1; string element_key_string = 2; int64 element_key_int = 3; }
  }
  repeated Step steps = 1;
}

message RawState { bytes json = 1; map<string, string> flatmap = 2; }

message Schema {
  message Block {
    int64 version = 1;
    repeated Attribute attributes = 2;
    repeated NestedBlock block_types = 3;
  }
  message Attribute {
    string name = 1;
    bytes type = 2;
    bool required = 4;
    bool optional = 5;
    bool computed = 6;
    bool sensitive = 7;
    bool write_only = 11;
  }
  message NestedBlock {
    enum NestingMode { INVALID = 0; SINGLE = 1; LIST = 2; SET = 3; MAP = 4; GROUP = 5; }
    string type_name = 1;
    Block block = 2;
    NestingMode nesting = 3;
    int64 min_items = 4;
    int64 max_items = 5;
  }
  int64 version = 1;
  Block block = 2;
}

message ServerCapabilities { bool plan_destroy = 1; bool get_provider_schema_optional = 2; bool move_resource_state = 3; }

message GetProviderSchema {
  message Request {}
  message Response {
    Schema provider = 1;
    map<string, Schema> resource_schemas = 2;
    map<string, Schema> data_source_schemas = 3;
    repeated Diagnostic diagnostics = 4;
    Schema provider_meta = 5;
    ServerCapabilities server_capabilities = 6;
  }
}

message ValidateProviderConfig {
  message Request { DynamicValue config = 1; }
  message Response { DynamicValue prepared_config = 1; repeated Diagnostic diagnostics = 2; }
}

message UpgradeResourceState {
  message Request { string type_name = 1; int64 version = 2; RawState raw_state = 3; }
  message Response { DynamicValue upgraded_state = 1; repeated Diagnostic diagnostics = 2; }
}

message ValidateConfig {
  message Request { string type_name = 1; DynamicValue config = 2; }
  message Response { repeated Diagnostic diagnostics = 1; }
}

message ConfigureProvider {
  message Request { string terraform_version = 1; DynamicValue config = 2; }
  message Response { repeated Diagnostic diagnostics = 1; }
}

message ReadResource {
  message Request { string type_name = 1; DynamicValue current_state = 2; bytes private = 3; DynamicValue provider_meta = 4; }
  message Response { DynamicValue new_state = 1; repeated Diagnostic diagnostics = 2; bytes private = 3; }
}

message PlanResourceChange {
  message Request {
    string type_name = 1;
    DynamicValue prior_state = 2;
    DynamicValue proposed_new_state = 3;
    DynamicValue config = 4;
    bytes prior_private = 5;
    DynamicValue provider_meta = 6;
  }
  message Response {
    DynamicValue planned_state = 1;
    repeated AttributePath requires_replace = 2;
    bytes planned_private = 3;
    repeated Diagnostic diagnostics = 4;
    bool legacy_type_system = 5;
  }
}

message ApplyResourceChange {
  message Request {
    string type_name = 1;
    DynamicValue prior_state = 2;
    DynamicValue planned_state = 3;
    DynamicValue config = 4;
    bytes planned_private = 5;
    DynamicValue provider_meta = 6;
  }
  message Response {
    DynamicValue new_state = 1;
    bytes private = 2;
    repeated Diagnostic diagnostics = 3;
    bool legacy_type_system = 4;
  }
}

message ImportResourceState {
  message Request { string type_name = 1; string id = 2; }
  message ImportedResource { string type_name = 1; DynamicValue state = 2; bytes private = 3; }
  message Response { repeated ImportedResource imported_resources = 1; repeated Diagnostic diagnostics = 2; }
}

message ReadDataSource {
  message Request { string type_name = 1; DynamicValue config = 2; DynamicValue provider_meta = 3; }
  message Response { DynamicValue state = 1; repeated Diagnostic diagnostics = 2; }
}

message StopProvider {
  message Request {}
  message Response { string Error = 1; }
}

service Provider {
  rpc GetProviderSchema(GetProviderSchema.Request) returns (GetProviderSchema.Response);
  rpc ValidateProviderConfig(ValidateProviderConfig.Request) returns (ValidateProviderConfig.Response);
  rpc ValidateResourceConfig(ValidateConfig.Request) returns (ValidateConfig.Response);
  rpc ValidateDataResourceConfig(ValidateConfig.Request) returns (ValidateConfig.Response);
  rpc UpgradeResourceState(UpgradeResourceState.Request) returns (UpgradeResourceState.Response);
  rpc ConfigureProvider(ConfigureProvider.Request) returns (ConfigureProvider.Response);
  rpc ReadResource(ReadResource.Request) returns (ReadResource.Response);
  rpc PlanResourceChange(PlanResourceChange.Request) returns (PlanResourceChange.Response);
  rpc ApplyResourceChange(ApplyResourceChange.Request) returns (ApplyResourceChange.Response);
  rpc ImportResourceState(ImportResourceState.Request) returns (ImportResourceState.Response);
  rpc ReadDataSource(ReadDataSource.Request) returns (ReadDataSource.Response);
  rpc StopProvider(StopProvider.Request) returns (StopProvider.Response);
}
`;

/** What version 5 calls the methods whose names version 6 changed. */
const version5: Readonly<Record<string, string>> = {
  GetProviderSchema: "GetSchema",
  ValidateProviderConfig: "PrepareProviderConfig",
  ValidateResourceConfig: "ValidateResourceTypeConfig",
  ValidateDataResourceConfig: "ValidateDataSourceConfig",
  ConfigureProvider: "Configure",
  StopProvider: "Stop",
};

export type MethodName =
  | "GetProviderSchema"
  | "ValidateProviderConfig"
  | "ValidateResourceConfig"
  | "ValidateDataResourceConfig"
  | "UpgradeResourceState"
  | "ConfigureProvider"
  | "ReadResource"
  | "PlanResourceChange"
  | "ApplyResourceChange"
  | "ImportResourceState"
  | "ReadDataSource"
  | "StopProvider";

let parsed: Root | undefined;
const root = (): Root => {
  parsed ??= parse(messages, { keepCase: true }).root;
  return parsed;
};

/** A response that was encoded before: the schema of all types is encoded once and sent many times. */
export class Encoded {
  constructor(readonly bytes: Buffer) {}
}

/** The provider's service as gRPC wants it, keyed by the names of version 6. */
export function providerService(version: 5 | 6 = 6): ServiceDefinition {
  const service = root().lookupService("tfplugin6.Provider") as Service;
  const definition: Record<string, ServiceDefinition[string]> = {};
  for (const method of service.methodsArray) {
    const request = root().lookupType(`tfplugin6.${method.requestType}`);
    const response = root().lookupType(`tfplugin6.${method.responseType}`);
    const name = version === 6 ? method.name : (version5[method.name] ?? method.name);
    definition[method.name] = {
      path: `/tfplugin${version}.Provider/${name}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: (message: object) => Buffer.from(request.encode(request.fromObject(message)).finish()),
      requestDeserialize: (bytes: Buffer) => request.toObject(request.decode(bytes), { defaults: true, longs: Number }),
      responseSerialize: (message: object) =>
        message instanceof Encoded
          ? message.bytes
          : Buffer.from(response.encode(response.fromObject(message)).finish()),
      responseDeserialize: (bytes: Buffer) =>
        response.toObject(response.decode(bytes), { defaults: true, longs: Number, oneofs: true }),
    };
  }
  return definition;
}

/** Encodes a response ahead of sending it. */
export function encodeResponse(method: MethodName, message: object): Encoded {
  const type = root().lookupType(`tfplugin6.${method}.Response`);
  return new Encoded(Buffer.from(type.encode(type.fromObject(message)).finish()));
}

/** One step into a value: the name of an attribute, the key of a map, the index of a list. */
export type Step =
  | { readonly attribute_name: string }
  | { readonly element_key_string: string }
  | { readonly element_key_int: number };

export interface Diagnostic {
  readonly severity: "ERROR" | "WARNING";
  readonly summary: string;
  readonly detail?: string;
  readonly attribute?: { readonly steps: readonly Step[] };
}

export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}
