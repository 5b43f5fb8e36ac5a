import assert from "node:assert/strict";
import { envoy, haproxy } from "../../../../bench/dataPath/proxies.ts";

const way = { listen: "192.0.2.1", target: "10.0.0.10", targetPort: 30080 };

describe("a TCP proxy in place of the load balancer", () => {
  it("forwards TCP to the node port if it is HAProxy", () => {
    const text = haproxy.configuration(way);
    assert.match(text, /^ {2}mode tcp$/m);
    assert.match(text, /^ {2}bind 192\.0\.2\.1:80$/m);
    assert.match(text, /^ {2}server node 10\.0\.0\.10:30080$/m);
  });

  it("forwards TCP to the node port if it is Envoy, with a listener, a filter and a cluster of one", () => {
    const { static_resources: made } = JSON.parse(envoy.configuration(way)) as {
      static_resources: Record<"listeners" | "clusters", Record<string, unknown>[]>;
    };
    assert.deepEqual(made.listeners[0]?.address, {
      socket_address: { address: "192.0.2.1", port_value: 80 },
    });
    assert.match(JSON.stringify(made.listeners), /tcp_proxy/);
    assert.match(JSON.stringify(made.clusters), /"address":"10\.0\.0\.10","port_value":30080/);
  });
});
