/** Messages to the engine, for Pulumi's display. */
import grpc from "@grpc/grpc-js";
import engineMessages from "@pulumi/pulumi/proto/engine_pb.js";
import engineService from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { Log } from "./protocol.ts";

/** @param address the engine's, from the plug-in's command line. Without it messages are dropped. */
export function engineLog(address: string | undefined): Log {
  if (address === undefined) return () => undefined;
  const engine = new engineService.EngineClient(address, grpc.credentials.createInsecure());
  const { DEBUG, INFO, WARNING, ERROR } = engineMessages.LogSeverity;
  const severities = { debug: DEBUG, info: INFO, warning: WARNING, error: ERROR };
  return (severity, urn, message, status) => {
    const request = new engineMessages.LogRequest()
      .setSeverity(severities[severity])
      .setUrn(urn)
      .setMessage(message)
      .setEphemeral(status === "status");
    // An operation continues even if its message is lost.
    engine.log(request, () => undefined);
  };
}
