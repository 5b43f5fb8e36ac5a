/** One health check of one target, from the load balancer's address in the target's zone. */
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import { matches } from "./health.ts";

export interface CheckTarget {
  /** The load balancer's own address. */
  readonly from: string;
  /** The listener's port, which an HTTP check names in its Host header. */
  readonly listenerPort: number;
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
  readonly path: string;
  readonly matcher: string;
}

/** Whether the target passed. An answer after `timeoutMs` does not count. */
export function check(target: CheckTarget, timeoutMs: number): Promise<boolean> {
  return target.protocol === "TCP" ? checkTcp(target, timeoutMs) : checkHttp(target, timeoutMs);
}

function checkTcp({ from, address, port }: CheckTarget, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, localAddress: from });
    const finish = (passed: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(passed);
    };
    const timer = setTimeout(finish, timeoutMs, false);
    socket.once("connect", () => {
      finish(true);
    });
    socket.once("error", () => {
      finish(false);
    });
  });
}

function checkHttp(target: CheckTarget, timeoutMs: number): Promise<boolean> {
  const { from, listenerPort, address, port, path } = target;
  return new Promise((resolve) => {
    const options = {
      host: address,
      port,
      path,
      localAddress: from,
      agent: false,
      // The load balancer node's address and the listener's port: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
      headers: {
        host: `${from}:${listenerPort}`,
        "user-agent": "ELB-HealthChecker/2.0",
        connection: "close",
      },
    };
    // Certificates of targets are not validated. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
    const request =
      target.protocol === "HTTPS"
        ? httpsRequest({ ...options, rejectUnauthorized: false })
        : httpRequest(options);
    const finish = (passed: boolean): void => {
      clearTimeout(timer);
      request.destroy();
      resolve(passed);
    };
    const timer = setTimeout(finish, timeoutMs, false);
    request.once("response", ({ statusCode }) => {
      finish(matches(target.matcher, statusCode ?? 0));
    });
    request.on("error", () => {
      finish(false);
    });
    request.end();
  });
}
