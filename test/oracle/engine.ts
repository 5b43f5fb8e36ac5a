/** As much of the engine as a plug-in talks to: it takes what the plug-in logs. */
import * as grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import engine from "@pulumi/pulumi/proto/engine_grpc_pb.js";

export interface Engine {
  /** A plug-in gets it as its first argument. */
  readonly address: string;
  close(): void;
}

export async function listeningEngine(): Promise<Engine> {
  const server = new grpc.Server();
  const log: grpc.handleUnaryCall<unknown, unknown> = (_, answer) => {
    answer(null, new empty.Empty());
  };
  server.addService(engine.EngineService, { log });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    close: () => {
      server.forceShutdown();
    },
  };
}
