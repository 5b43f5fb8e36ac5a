/** Conversion between plain values and the protocol's messages. */
import grpc from "@grpc/grpc-js";
import type * as grpcTypes from "@grpc/grpc-js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import { InitializationError } from "./protocol.ts";
import { fromWire, type Properties } from "./values.ts";

export const fromStruct = (value: Struct | undefined): Properties =>
  value ? (fromWire(value.toJavaScript()) as Properties) : {};

/** The same with the marks of secret values. */
export const marksOf = (value: Struct | undefined): Properties => (value ? value.toJavaScript() : {});

export const toStruct = (properties: Properties): Struct => struct.Struct.fromJavaScript(properties);

/**
 * The gRPC error for a failed operation. If the operation left an object behind, the trailer `grpc-status-details-bin` carries its state, which Go's gRPC reads as
 * the status' details.
 */
export function toServiceError(error: unknown): Partial<grpcTypes.ServiceError> {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof InitializationError)) return { code: grpc.status.UNKNOWN, details: message };
  const { id, inputs, outputs } = error.state;
  const detail = new messages.ErrorResourceInitFailed()
    .setId(id)
    .setProperties(toStruct(outputs))
    .setInputs(toStruct(inputs))
    .setReasonsList([...error.reasons]);
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statuses.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}
